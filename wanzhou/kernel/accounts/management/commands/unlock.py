"""`manage.py unlock`: let people in again who have erred too often."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanzhou.kernel.accounts.lockouts import unlock


class Command(BaseCommand):
    """End the pause of one account or of all of them; passwords and second factors stay as they are."""

    help = "解除因多次登录失败而暂停登录的账号。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", nargs="?", metavar="USER", help="用户名")
        parser.add_argument("--all", action="store_true", dest="everybody", help="全部账号")

    def handle(self, *args: Any, **options: Any) -> None:
        """Unlock, and say what was found; an account that has none to clear is no error."""
        if options["everybody"] == bool(options["username"]):
            raise CommandError("请写一个用户名，或写 --all。")
        count = unlock(options["username"])
        self.stdout.write(f"已解除 {count} 个账号。" if count else "没有登录失败的记录，不需要解除。")
