"""`manage.py prune_signins`: delete what is older than the sign-in log must be kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wanzhou.kernel.accounts.sign_in_log import prune


class Command(BaseCommand):
    """Run it daily; it deletes only what is older than WANZHOU_SIGN_IN_LOG_DAYS says."""

    help = "删除超过保存天数（WANZHOU_SIGN_IN_LOG_DAYS，至少 180 天）的登录记录。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much."""
        self.stdout.write(f"已删除 {prune()} 条；最近 {settings.SIGN_IN_LOG_DAYS} 天的登录记录都保留。")
