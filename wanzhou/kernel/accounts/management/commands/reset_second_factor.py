"""`manage.py reset_second_factor`: for whoever has lost the phone and the recovery codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wanzhou.kernel.accounts.second_factor import remove

from .reset_password import account


class Command(BaseCommand):
    """Forget one account's phone and recovery codes; where the policy demands them they are enrolled anew."""

    help = "取消一个账号的两步验证；按规定必须启用的，下次登录时重新启用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USER", help="用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, and say whether there was one."""
        user = account(options["username"])
        self.stdout.write("已重置两步验证。" if remove(user) else "本来就没有启用两步验证。")
