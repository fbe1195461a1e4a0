"""`manage.py load_plans`: the plans as files, into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanzhou.site.reports.loading import FixtureError, LoadRefused, LoadReport, load


class Command(BaseCommand):
    """Insert and publish what is missing; say what differs and leave it."""

    help = "载入年度计划：库中没有的写入并发布，不同的只报告，不修改、不删除；可反复执行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查和报告，不写入")
        default = settings.BASE_DIR / "fixtures"
        parser.add_argument("--from", dest="folder", type=Path, default=default, help="数据文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say on lines of its own what is wrong."""
        try:
            report = load(options["folder"], only_check=options["check"])
        except (FixtureError, LoadRefused) as error:
            raise CommandError(str(error)) from error
        for line in told(report, only_check=options["check"]):
            self.stdout.write(line)


def told(report: LoadReport, *, only_check: bool) -> list[str]:
    """The report as people read it."""
    will = "将" if only_check else "已"
    lines = list(report.differences)
    if report.differences:
        lines.append(f"库中与文件不同的有 {len(report.differences)} 处，未改动。")
    if not report.inserted:
        return [*lines, f"文件共 {report.rows} 行，库中都有，没有需要载入的内容。"]
    counts = "、".join(f"{name} {count}" for name, count in report.inserted.items())
    lines.append(f"{will}载入 {sum(report.inserted.values())} 行：{counts}。")
    if report.published:
        lines.append(f"{will}发布 {len(report.published)} 次：{'、'.join(report.published)}。")
    return lines
