"""`manage.py read_report FILE`: what a plan report says, without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanzhou.site.reports.intake import NotReadError, open_report, read_report
from wanzhou.site.reports.intake.opening import MOST_BYTES
from wanzhou.site.reports.intake.printed import as_json, as_lines

NOTHING_FOUND = 3


class Command(BaseCommand):
    """Exit code 0: read, with problems listed; 1: the file is not read; 3: read, and no plan report in it."""

    help = "读一份计划报告（.docx、.txt、.xlsx；- 为标准输入）：指标表、专栏、点数、有数的目标，以及需要核对的地方。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="文件", help="计划报告；- 为标准输入")
        parser.add_argument("--json", action="store_true", help="输出 JSON，供程序使用")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the file says; never touches the database."""
        name, content = _content(options["file"])
        try:
            report = read_report(open_report(name, content))
        except NotReadError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_lines(report)))
        if report.says_nothing:
            sys.exit(NOTHING_FOUND)


def _content(given: str) -> tuple[str, bytes]:
    """The file's name and no more of it than is needed to know that it is too large."""
    try:
        if given == "-":
            return "标准输入", sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(given).open("rb") as opened:
            return Path(given).name, opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise CommandError(f"《{given}》找不到，或不能读取。") from fault
