"""`manage.py create_demo_accounts`: one account for each role, or the administrator alone."""

import os
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.roles import Role

OF_A_DEPARTMENT = {Role.CLERK, Role.HEAD}


class Command(BaseCommand):
    """Make what is missing and print each new password once; accounts that exist are left as they are."""

    help = "建立演示账号：每个角色一个；密码随机生成、只显示一次，也可由环境变量给定。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-administrator", action="store_true", help="只建立系统管理员")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        roles = [Role.ADMINISTRATOR] if options["only_administrator"] else list(Role)
        department = Department.objects.order_by("order", "id").first()
        known = set(User.objects.values_list("username", flat=True))
        made = [(role, create(role, department)) for role in roles if role.value not in known]
        # Printed before the transaction ends: a kill in between costs accounts that the next start makes
        # again, never a password that nobody has seen.
        if made:
            self.stdout.write("新建账号（密码只显示这一次）：")
        for role, password in made:
            self.stdout.write(f"  {role.value:<14} {password}  {role.label}")
        self.stdout.flush()


def create(role: Role, department: Department | None) -> str:
    """Make the account of a role; returns its password."""
    group = Group.objects.filter(name=role.label).first()
    if group is None:
        raise CommandError(f"没有角色“{role.label}”；请先运行 manage.py apply_roles。")
    given = os.environ.get(f"WANZHOU_DEMO_PASSWORD_{role.name}") or os.environ.get("WANZHOU_DEMO_PASSWORD")
    password = given or secrets.token_urlsafe(12)
    account = User.objects.create_user(
        username=role.value,
        password=password,
        first_name=role.label,
        is_staff=True,
        department=department if role in OF_A_DEPARTMENT else None,
    )
    account.groups.add(group)
    return password
