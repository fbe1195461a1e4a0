"""`manage.py reset_password`: a new password for one account, when nobody at the desks can help."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanzhou.kernel.accounts.lockouts import unlock
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.passwords import give_password
from wanzhou.kernel.accounts.roles import SystemAccount


def account(username: str) -> User:
    """The person of this name; built-in accounts are nobody's."""
    user = User.objects.filter(username=username).exclude(username__in=list(SystemAccount)).first()
    if user is None:
        raise CommandError(f"没有用户“{username}”。")
    return user


class Command(BaseCommand):
    """Print a random password once; it must be changed at the next sign-in."""

    help = "重置一个账号的密码：随机生成、只显示一次，登录后须先修改；同时解除暂停登录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USER", help="用户名")
        parser.add_argument("--activate", action="store_true", help="已停用的账号同时恢复使用")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset, unlock, and where it is asked for activate."""
        user = account(options["username"])
        if not (user.is_active and user.is_staff) and not options["activate"]:
            raise CommandError(f"“{user.username}”已停用；要恢复使用，请加 --activate。")
        user.is_active = user.is_staff = True
        password = give_password(user)
        changed = ["password", "must_change_password", "password_set_at", "is_active", "is_staff"]
        user.save(update_fields=changed)
        unlock(user.username)
        self.stdout.write(f"{user.username} 的一次性密码（只显示这一次）：{password}")
