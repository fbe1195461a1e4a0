"""The grid as it is shown: what stands beside a cell, how far one has come, and in how many queries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.entry.grid import grid_for
from indicators.judging.terms import Accrual
from indicators.models import AnnualTarget, Indicator, Tier
from tests.cast import Cast
from tests.entry.desk import PROVIDED, EntryDesk, address, form, many_rows, signed_in
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as steps

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def queries_of_page(cast: Cast, period: ReportingPeriod) -> int:
    client = signed_in(cast.reviewer)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address(period))
    assert page.status_code == 200
    return len(seen)


def test_the_real_half_year_takes_few_queries(half_year: ReportingPeriod, cast: Cast) -> None:
    assert len(grid_for(half_year, cast.reviewer).rows) == 27
    assert queries_of_page(cast, half_year) <= MOST_QUERIES


def test_three_hundred_rows_take_as_many(cast: Cast) -> None:
    counts = []
    for year, number in ((1998, 3), (1999, 300)):
        small = many_rows(cast, year, number)
        for target in small.plan.targets.order_by("pk"):
            small.draft(target)
        counts.append(queries_of_page(cast, small.period))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_what_stands_beside_a_cell(half_year: ReportingPeriod, cast: Cast) -> None:
    grid = grid_for(half_year, cast.reviewer)
    rows = {row.name: row for row in grid.rows}
    assert grid.columns == ("一季度", "上年同期", "上年全年")
    assert rows["地区生产总值增速"].beside == ("—", "2.8", "3.5")
    assert rows["社会消费品零售总额增速"].beside == ("—", "−3.7", "−0.9")
    assert rows["实际使用外资"].beside == ("—", "不可比", "不可比")
    assert rows["长江干流水质"].beside == ("—", "—", "II类")
    assert rows["城镇调查失业率"].beside == ("—", "—", "不高于5.5")
    assert rows["数字经济增加值增速"].wording == "15以上"
    assert rows["税收收入增速"].is_sub
    assert rows["长江干流水质"].binding
    assert [row.ordinal for row in grid.rows[:3]] == ["1", "2", "3"]


def test_the_full_year_stands_beside_the_year_before(loaded_plans: None, cast: Cast) -> None:
    period = ReportingPeriod.objects.create(
        plan=ReportingPeriod.objects.filter(plan__last_year=2023).latest("id").plan, period=Period.FULL_YEAR
    )
    grid = grid_for(period, cast.reviewer)
    assert grid.columns == ("一季度", "上半年", "前三季度", "上年同期")
    assert grid.rows[0].beside == ("—", "6", "—", "3.5")
    assert not grid.is_open


def test_a_department_sees_its_rows_and_the_commission_all(desk: EntryDesk) -> None:
    assert [row.name for row in grid_for(desk.period, desk.cast.clerk).rows] == [t.name for t in desk.own]
    assert len(grid_for(desk.period, desk.cast.reviewer).rows) == 4
    assert [row.name for row in grid_for(desk.period, desk.other_clerk).rows] == [desk.theirs.name]
    chosen = grid_for(desk.period, desk.cast.reviewer, department="elsewhere")
    assert [row.name for row in chosen.rows] == [desk.theirs.name]


def test_work_targets_come_last(desk: EntryDesk) -> None:
    desk.small.target(name="重点工作", tier=Tier.WORK, ordinal=None, order=1)
    assert grid_for(desk.period, desk.cast.clerk).rows[-1].name == "重点工作"


def test_a_part_above_its_total_is_seen_across_rows(desk: EntryDesk) -> None:
    whole, part = desk.own[:2]
    AnnualTarget.objects.filter(pk=part.pk).update(parent=whole, ordinal=None)
    AnnualTarget.objects.filter(pk__in=[whole.pk, part.pk]).update(unit="万人")
    Indicator.objects.filter(targets__in=[whole, part]).update(accrual=Accrual.CUMULATIVE)
    client = signed_in(desk.cast.clerk)
    client.post(desk.url("save/"), form(desk.cast.clerk, (whole, "2"), (part, "3")))
    told = client.post(desk.url("save/"), form(desk.cast.clerk, (whole, "2.5"))).json()["rows"]
    assert "其中项大于所属" in told[str(part.pk)]["remarks"][0]["says"]
    assert not told[str(part.pk)]["saved"]


def test_how_far_one_has_come(desk: EntryDesk) -> None:
    cells = (desk.own[0], "6"), (desk.own[1], "市级暂未反馈"), (desk.own[2], "看不懂的")
    signed_in(desk.cast.clerk).post(desk.url(), form(desk.cast.clerk, *cells))
    grid = grid_for(desk.period, desk.cast.clerk)
    assert (grid.dealt_with, grid.figures, grid.reasons) == (3, 2, 1)
    assert [row.name for row in grid.errors] == [desk.own[2].name]


def test_the_reviewers_note_stands_beside_the_cell(desk: EntryDesk) -> None:
    draft = desk.small.draft(desk.own[0])
    steps.send_back(steps.submit([draft], by=desk.cast.clerk), by=desk.cast.reviewer, note="与快报不符")
    page = signed_in(desk.cast.clerk).get(desk.url()).content.decode()
    assert "1 条被退回" in page
    assert page.count("与快报不符") == 2
    assert f'name="cell-{desk.own[0].pk}"' in page


def test_what_was_handed_in_is_shown_and_not_asked(desk: EntryDesk) -> None:
    steps.submit([desk.small.draft(desk.own[0])], by=desk.cast.clerk)
    page = signed_in(desk.cast.clerk).get(desk.url()).content.decode()
    assert f'name="cell-{desk.own[0].pk}"' not in page
    assert "已报送" in page


def test_who_provided_a_figure_is_said(desk: EntryDesk) -> None:
    reviewer = desk.cast.reviewer
    signed_in(reviewer).post(desk.url(), form(reviewer, (desk.theirs, "6"), **PROVIDED))
    page = signed_in(desk.other_clerk).get(desk.url()).content.decode()
    assert "代填：张三 电话 07-05 10:30 · 待单位确认" in page
    assert Decimal("6") == desk.theirs.actuals.get().value


def test_a_period_that_is_not_open_is_only_read(desk: EntryDesk) -> None:
    desk.close()
    page = signed_in(desk.cast.clerk).get(desk.url()).content.decode()
    assert "已关闭填报" in page
    assert "cell-" not in page
    assert 'value="submit"' not in page


def test_the_list_of_periods(desk: EntryDesk) -> None:
    page = signed_in(desk.cast.clerk).get("/admin/indicators/quarterlyactual/entry/").content.decode()
    assert desk.url() in page
    assert "正在填报" in page
    changelist = signed_in(desk.cast.clerk).get("/admin/indicators/quarterlyactual/").content.decode()
    assert "/admin/indicators/quarterlyactual/entry/" in changelist
