"""List what would differ if the published rows were judged again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.models import PublishedRow
from indicators.rejudging import Difference, rejudge
from wanzhou.kernel.plans.models import Plan, RuleSet


class Command(BaseCommand):
    """`manage.py rejudge [YEAR] [--rule-set N]`."""

    help = "按现行代码和规则重新判定已发布的数据，列出与公开页面不同之处；不改动任何内容。"

    def add_arguments(self, parser: CommandParser) -> None:
        """A year, and another rule version to try."""
        parser.add_argument("year", nargs="?", type=int, help="只看这一年的计划")
        parser.add_argument("--rule-set", type=int, metavar="版本", help="试用另一版判定规则")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per difference, then how many there are."""
        rules = self._rules(options["rule_set"])
        count = 0
        for plan in self._plans(options["year"]):
            for difference in rejudge(plan, rule_set=rules):
                self.stdout.write(_line(difference))
                count += 1
        self.stdout.write(f"共 {count} 处不同，公开页面未改动。" if count else "没有不同。")

    def _rules(self, version: int | None) -> RuleSet | None:
        if version is None:
            return None
        rules = RuleSet.objects.filter(version=version).first()
        if rules is None:
            known = "、".join(str(v) for v in RuleSet.objects.values_list("version", flat=True)) or "无"
            raise CommandError(f"没有第{version}版判定规则，现有版本：{known}。")
        return rules

    def _plans(self, year: int | None) -> list[Plan]:
        plans = list(Plan.objects.filter(last_year=year) if year else Plan.objects.all())
        if year and not plans:
            raise CommandError(f"没有{year}年的计划。")
        return plans


def _line(difference: Difference) -> str:
    label = PublishedRow._meta.get_field(difference.column).verbose_name  # type: ignore[union-attr]
    row = difference.row
    return f"{difference.period} {row.name}：{label} 已发布“{difference.published}”，现判“{difference.now}”"
