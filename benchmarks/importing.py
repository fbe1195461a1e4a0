"""How long a whole import of 5,000 rows takes, against bare openpyxl reading of the same file (at most 6 times).

Run: ``python -m benchmarks.importing [ROWS]``, after ``./run --setup``. On a database of its own: a plan of that many
rows, each of whose names stands once in the workbook. Opened, read, matched with its row, compared with what is stored,
checked and foreseen as the preview shows it; the queries are made before, as for any grid. Printed for each step: the
best of seven rounds in CPU time and its ratio to openpyxl alone, measured in turn; and the memory at its peak.
"""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from collections.abc import Callable
from time import process_time
from typing import Any

import django
from openpyxl import Workbook

ROWS = 5_000


def workbook(rows: int) -> bytes:
    """A quarter's columns; every row says a figure."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(
        ["序号", "指标名称", "单位", "年度目标", "一季度", "上年同期", "完成情况", "填报情况", "备注"]
    )
    for number in range(rows):
        sheet.append([number, f"指标{number}增速（%）", "%", "6左右", 1.2, 3.4, number / 100, "", "快报数"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def best(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least CPU seconds of each in seven rounds, turn by turn: what else the machine does hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(7):
        for name, act in acts.items():
            start = process_time()
            act()
            times[name].append(process_time() - start)
    return {name: min(taken) for name, taken in times.items()}


def plan_of(rows: int) -> Any:
    """The full year of a plan with so many rows, and a person who sees them all; in the current database."""
    from django.contrib.auth.models import Permission

    from indicators.models import AnnualTarget, Indicator
    from wanzhou.kernel.accounts.models import Department, User
    from wanzhou.kernel.plans.models import Plan, ReportingPeriod, RuleSet

    reader = User.objects.create_user("benchmark")
    reader.user_permissions.set(Permission.objects.filter(content_type__app_label="indicators"))
    rules = RuleSet.objects.latest("version")
    plan = Plan.objects.create(first_year=1999, last_year=1999, title="测试计划", rule_set=rules)
    department = Department.objects.create(code="benchmark", name="测试单位")
    indicators = Indicator.objects.bulk_create(
        Indicator(
            code=f"benchmark-{n}", name=f"指标{n}增速", short_name=f"指标{n}", accrual="rate", favourable="higher",
            frequency="quarterly",
        )
        for n in range(rows)
    )  # fmt: skip
    AnnualTarget.objects.bulk_create(
        AnnualTarget(
            plan=plan, indicator=one, order=n + 1, ordinal=n + 1, name=one.name, unit="%", nature="anticipatory",
            wording="6左右", department=department,
        )
        for n, one in enumerate(indicators)
    )  # fmt: skip
    return ReportingPeriod.objects.create(plan=plan, period="full_year"), reader


def measure(rows: int) -> None:
    """Every step alone, and the whole."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from benchmarks.opening import bare
    from indicators.entry.exchanging import uploaded
    from indicators.entry.grid import grid_for
    from indicators.entry.previews import ledger_of
    from indicators.workbooks.headings import Asked
    from indicators.workbooks.reading import lines_told
    from wanzhou.kernel.workbooks.opening import open_sheets

    content = workbook(rows)
    period, reader = plan_of(rows)
    grid = grid_for(period, reader)
    ledger = ledger_of(grid, reader)
    asked = Asked(1999, grid.own_period, grid.own_label)

    def whole() -> Any:
        return uploaded([SimpleUploadedFile("a.xlsx", content)], grid=grid, ledger=ledger, now={})

    found = whole().found
    assert (len(found.fillings), found.unclear) == (rows, ()), found.unclear[:3]
    opened = open_sheets("a.xlsx", content)
    acts: dict[str, Callable[[], object]] = {
        "openpyxl alone": lambda: bare(content),
        "open": lambda: open_sheets("a.xlsx", content),
        "read": lambda: list(lines_told("a.xlsx", opened, asked=asked)),
        "whole import": whole,
    }
    taken = best(acts)
    for name, seconds in taken.items():
        print(f"{name:16} {seconds:7.3f} s {seconds / taken['openpyxl alone']:6.2f} ×")
    tracemalloc.start()
    whole()
    print(f"memory at its peak {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB for {rows} rows")


def main(rows: int) -> None:
    """Measure on a database of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanzhou.settings")
    django.setup()
    from benchmarks.many_years import database
    from wanzhou.kernel import localpg

    if not os.environ.get("DATABASE_URL"):
        localpg.ensure()
    with database():
        measure(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
