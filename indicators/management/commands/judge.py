"""`manage.py judge`: targets and outcomes as JSON Lines in, judgements out."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from indicators.judging.bulk import judge_lines


class Command(BaseCommand):
    """Judge targets in bulk, line by line, without a database."""

    help = "从标准输入逐行读取 JSON（目标、完成情况等），逐行输出判定结果。"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        lines: Iterable[bytes | str] = getattr(sys.stdin, "buffer", sys.stdin)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            for line in judge_lines(lines):
                self.stdout.write(line)
                self.stdout.flush()
        except BrokenPipeError:
            sys.stderr.close()  # the reader has gone; nothing is left to say
