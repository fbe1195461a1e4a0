"""Write the role policy into the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanzhou.kernel.accounts.policy import PolicyError, apply_policy


class Command(BaseCommand):
    """`manage.py apply_roles`."""

    help = "按 roles.toml 设置六个角色的权限；多余的收回，可反复执行。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply it, or say in one line what is wrong with it."""
        try:
            counts = apply_policy(settings.ROLES_FILE)
        except PolicyError as error:
            raise CommandError(str(error)) from error
        for role, count in counts.items():
            self.stdout.write(f"{role.label}：{count} 项权限")
