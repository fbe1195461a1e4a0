"""Work targets and cited figures: published apart, judged by the same rules, counted by nobody."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from indicators.entry.grid import targets_for
from indicators.judging.terms import Pace, Verdict
from indicators.models import AnnualTarget, CitedFact, Indicator, PublishedRow, PublishedWorkTarget, Tier
from indicators.scoreboard import Scoreboard
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Publication, Source
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.publishing import propose, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def pledge(small: SmallPlan, wording: str = "25家以上", **facts: object) -> AnnualTarget:
    """A commitment of the prose."""
    own = {"tier": Tier.WORK, "ordinal": None, "order": 1, "in_grid": False, "quoted": "新培育企业25家以上。"}
    return small.target(wording, **({"unit": "家", "name": "新培育企业"} | own | facts))


def fact(small: SmallPlan, **facts: object) -> CitedFact:
    source, _ = Source.objects.get_or_create(code="invented", defaults={"title": "虚构的报告"})
    words = {
        "name": "工业投资",
        "wording": "同比增长10.7%",
        "unit": "%",
        "sentence": "工业投资同比增长10.7%。",
    }
    return CitedFact.objects.create(**({"plan": small.plan, "order": 1, "source": source} | words | facts))


def act(small: SmallPlan, *, period: bool = True, **recorded: Any) -> Publication | None:
    return publish(
        plan=small.plan,
        period=small.period if period else None,
        by=small.cast.publisher,
        why="测试",
        **recorded,
    )


def test_the_plan_itself_tells_every_work_target_once(small: SmallPlan) -> None:
    small.target("6以上")
    target = pledge(small)
    act(small, period=False)
    (row,) = PublishedWorkTarget.objects.current(small.plan)
    assert (row.name, row.wording, row.quoted, row.verdict, row.pace) == (
        "新培育企业",
        "25家以上",
        target.quoted,
        "",
        "",
    )
    assert row.reading["kind"] == "at_least"
    assert row.department == small.cast.department.name
    assert act(small, period=False) is None
    AnnualTarget.objects.filter(pk=target.pk).update(wording="30家以上")
    act(small, period=False)
    assert [row.wording for row in PublishedWorkTarget.objects.order_by("pk")] == ["25家以上", "30家以上"]


def test_no_tally_and_no_row_of_the_table_knows_them(small: SmallPlan) -> None:
    small.approved(small.target("6以上"))
    pledge(small)
    board = Scoreboard.for_period(small.period)
    assert len(board.rows) == 1
    act(small, period=False)
    act(small)
    assert PublishedRow.objects.filter(publication__period=None).count() == 1
    assert Scoreboard.for_period(small.period).tally().numbered == 1


def test_without_a_figure_nothing_is_said_of_a_period(small: SmallPlan) -> None:
    small.approved(small.target("6以上"))
    pledge(small)
    act(small, period=False)
    act(small)
    assert not PublishedWorkTarget.objects.filter(publication__period=small.period).exists()


def test_a_figure_of_its_own_is_judged_by_the_same_rules(small: SmallPlan) -> None:
    small.approved(small.target("6以上"))
    target = pledge(small, in_grid=True)
    small.approved(target, "24")
    act(small)
    (row,) = PublishedWorkTarget.objects.current(small.plan)
    assert (row.verdict, row.outcome_value) == (Verdict.MISSED.value, Decimal(24))
    assert "低1家" in row.sentence
    assert act(small) is None


def test_the_figure_of_the_tables_row_serves_both(small: SmallPlan) -> None:
    half = SmallPlan.of(small.cast, year=2001, period=Period.FIRST_HALF)
    row = half.target("11", code="shared")
    pledge(half, "力争同比增长11%", code="shared", unit="%")
    half.approved(row, "7.3")
    act(half)
    (told,) = PublishedWorkTarget.objects.current(half.plan)
    assert (told.pace, told.outcome_value) == (Pace.BEHIND, told.actual.value if told.actual else None)
    assert told.actual is not None
    assert told.actual.target == row


def test_a_figure_that_must_wait_is_not_told_before(small: SmallPlan) -> None:
    row = small.target("11", code="shared")
    small.approved(row, "12")
    later = timezone.now() + datetime.timedelta(days=3)
    act(small, not_before=later)
    pledge(small, "同比增长11%", code="shared", unit="%")
    small.approved(small.target("5"), "6")
    act(small)
    now = PublishedWorkTarget.objects.current(small.plan, as_of=timezone.now())
    assert [row.outcome_value for row in now] == []


def test_cited_figures_go_out_with_the_plan_and_then_stay(small: SmallPlan) -> None:
    small.target("6以上")
    told = fact(small)
    assert not CitedFact.objects.visible(timezone.now()).exists()
    act(small, period=False)
    (kept,) = CitedFact.objects.of_plan(small.plan, as_of=timezone.now())
    assert (kept.source_title, kept.publication) == ("虚构的报告", Publication.objects.get())
    assert "gongyetouzi" in kept.search_key
    for change in (told.delete, lambda: CitedFact.objects.update(wording="同比增长99%")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert act(small, period=False) is None
    fact(small, order=2, name="用电量")
    act(small, period=False)
    assert CitedFact.objects.visible(timezone.now()).count() == 2


def test_a_preview_tells_and_takes_back(small: SmallPlan) -> None:
    small.target("6以上")
    pledge(small)
    fact(small)
    prose = propose(plan=small.plan, period=None, by=small.cast.publisher, look=lambda act: act.prose)
    assert (len(prose.targets), len(prose.facts)) == (1, 1)
    assert not PublishedWorkTarget.objects.exists()
    assert CitedFact.objects.get().publication is None


def test_the_database_refuses_what_must_not_be(small: SmallPlan) -> None:
    headline = small.target("6以上")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualTarget.objects.filter(pk=headline.pk).update(in_grid=False)
    published = act(small, period=False)
    assert published is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedWorkTarget.objects.create(
            publication=published, target=headline, order=1, code="x", name="x", reading={}
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        fact(small, sentence="")
    pledge(small)
    act(small, period=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedWorkTarget.objects.update(wording="1家")


def test_the_grid_does_not_grow_unless_somebody_chooses(small: SmallPlan) -> None:
    small.target("6以上")
    target = pledge(small)
    assert len(targets_for(small.period, small.cast.reviewer)) == 1
    AnnualTarget.objects.filter(pk=target.pk).update(in_grid=True)
    assert [one.name for one in targets_for(small.period, small.cast.reviewer)][-1] == "新培育企业"


def test_indicators_of_work_targets_alone_are_offered_to_no_table(small: SmallPlan) -> None:
    row = small.target("6以上")
    target = pledge(small)
    unused = Indicator.objects.create(
        code="unused",
        name="未用",
        short_name="未 用",
        accrual="rate",
        favourable="higher",
        frequency="annual",
    )
    assert set(Indicator.objects.for_tables()) == {row.indicator, unused}
    assert target.indicator not in Indicator.objects.for_tables()


def test_the_real_plans_stay_at_22_and_25(loaded_plans: None, cast: Cast) -> None:
    for period in (
        act.period for act in Publication.objects.exclude(period=None).select_related("period__plan")
    ):
        assert period is not None
        board = Scoreboard.for_period(period)
        assert sum(row.counted for row in board.rows) == {2022: 22, 2023: 25}[period.plan.year]
        assert len(targets_for(period, cast.reviewer)) == {2022: 24, 2023: 27}[period.plan.year]
    told = PublishedWorkTarget.objects.current(Publication.objects.latest("pk").plan)
    assert len(told) == 107
    assert {row.code: row.pace for row in told if row.pace} == {
        "fixed-investment-growth": Pace.BEHIND,
        "retail-sales-growth": Pace.BEHIND,
        "yangtze-water-quality": Pace.ON_PACE,
        "good-air-days": Pace.BEHIND,
    }
    assert CitedFact.objects.visible(timezone.now()).count() == 228
