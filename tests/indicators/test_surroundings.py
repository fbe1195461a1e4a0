"""What stands around a row reaches the public with the next publication, and nothing internal with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from indicators.judging.terms import Accrual, OutcomeState
from indicators.models import (
    AnnualTarget,
    Chase,
    CityRequest,
    Indicator,
    PublishedRow,
    ReferenceFigure,
    Replacement,
)
from indicators.surroundings import Surroundings, digits
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Publication, Source
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db

UNKNOWN: dict[str, Any] = {"bureau": None, "since": None, "expected": None, "chases": []}


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def act(small: SmallPlan, **options: Any) -> Publication | None:
    facts = {"plan": small.plan, "period": small.period, "by": small.cast.publisher, "why": "测试"}
    return publish(**(facts | options))  # type: ignore[arg-type]


def public(small: SmallPlan) -> PublishedRow:
    (row,) = PublishedRow.objects.current(small.plan, small.period)
    return row


def waits(publication: Publication) -> list[Any]:
    return [row.waiting for row in publication.rows.all()]


def awaited(small: SmallPlan) -> AnnualTarget:
    target = small.target()
    small.approved(target, None, outcome_state=OutcomeState.AWAITING_CITY)
    return target


def request(small: SmallPlan, target: AnnualTarget, **facts: Any) -> CityRequest:
    return CityRequest.objects.create(target=target, period=small.period, note="内部备注", **facts)


def chase(small: SmallPlan, of: CityRequest, day: int) -> None:
    on = date(2000, 2, day)
    Chase.objects.create(request=of, on=on, channel="电话", note="内部经过", by=small.cast.publisher)


def test_what_is_not_known_of_a_wait_stays_null(small: SmallPlan) -> None:
    awaited(small)
    act(small)
    assert public(small).waiting == UNKNOWN


def test_a_wait_is_told_without_people_and_notes(small: SmallPlan) -> None:
    asked = request(small, awaited(small), bureau="测试局", since=date(2000, 1, 5))
    chase(small, asked, 9)
    chase(small, asked, 3)
    act(small)
    assert public(small).waiting == {
        "bureau": "测试局",
        "since": "2000-01-05",
        "expected": None,
        "chases": [{"on": "2000-02-03", "channel": "电话"}, {"on": "2000-02-09", "channel": "电话"}],
    }
    assert not {"内部备注", "内部经过"} & {str(value) for value in vars(public(small)).values()}


def test_a_row_that_does_not_wait_tells_of_no_wait(small: SmallPlan) -> None:
    target = small.target()
    small.approved(target)
    act(small)
    request(small, target, bureau="测试局")
    assert act(small) is None
    assert public(small).waiting is None


def test_a_date_and_a_chase_touch_the_row_and_no_other(small: SmallPlan) -> None:
    asked = request(small, awaited(small))
    small.approved(small.target())
    act(small)
    assert act(small) is None
    asked.expected = date(2000, 3, 1)
    asked.save()
    second = act(small)
    assert second is not None
    assert [waiting["expected"] for waiting in waits(second)] == ["2000-03-01"]
    chase(small, asked, 3)
    third = act(small)
    assert third is not None
    assert [waiting["chases"] for waiting in waits(third)] == [[{"on": "2000-02-03", "channel": "电话"}]]
    asked.note = "只是备注"
    asked.save()
    Chase.objects.update(note="只是经过")
    assert act(small) is None


def test_an_arrival_ends_the_wait_and_says_so(small: SmallPlan) -> None:
    target = awaited(small)
    act(small)
    small.approved(target, replaces=target.actuals.get(), replaced_because=Replacement.ARRIVAL)
    act(small)
    row = public(small)
    assert (row.waiting, row.verdict, row.replaced_because) == (None, "met", "arrival")


def test_another_regions_figure_touches_the_row(small: SmallPlan) -> None:
    target = small.target()
    small.approved(target)
    act(small)
    assert public(small).references == []
    facts = {"indicator": target.indicator, "year": 1999, "period": Period.FULL_YEAR}
    source = Source.objects.create(
        code="s", title="测试文件", url="https://example.org/s", published_on=date(2000, 1, 2)
    )
    ReferenceFigure.objects.create(
        **facts, region="全市", value="4.60", wording="高1.4个百分点", source=source
    )
    ReferenceFigure.objects.create(**facts, region="全国", rank=3, of=38, note="内部备注")
    ReferenceFigure.objects.create(**(facts | {"year": 1998}), region="全国", value="9")
    act(small)
    assert public(small).references == [
        {
            "region": "全国",
            "value": None,
            "rank": 3,
            "of": 38,
            "wording": "",
            "source_title": "",
            "source_url": "",
            "source_published_on": None,
        },
        {
            "region": "全市",
            "value": "4.6",
            "rank": None,
            "of": None,
            "wording": "高1.4个百分点",
            "source_title": "测试文件",
            "source_url": "https://example.org/s",
            "source_published_on": "2000-01-02",
        },
    ]
    assert act(small) is None


class TestBase:
    """A target that leans on another figure says on which, and resolves when that figure arrives."""

    @pytest.fixture
    def later(self, small: SmallPlan) -> SmallPlan:
        return SmallPlan.of(small.cast, year=2000)

    def base(self, **known: Any) -> dict[str, Any]:
        unknown = {"code": "shared", "year": 1999, "period": "full_year", "value": None, "state": None}
        return unknown | known

    def test_a_year_that_is_awaited_and_then_arrives(self, small: SmallPlan, later: SmallPlan) -> None:
        target = small.target("1.7左右", code="shared")
        small.approved(target, None, outcome_state=OutcomeState.AWAITING_CITY)
        later.approved(later.target("较1999年提升0.2个百分点", code="shared"), "1.9")
        act(later)
        assert (public(later).base, public(later).waiting) == (self.base(), UNKNOWN)
        act(small)
        act(later)
        assert public(later).base == self.base(state="awaiting_city")
        small.approved(target, "1.6", replaces=target.actuals.get(), replaced_because=Replacement.ARRIVAL)
        assert act(later) is None  # approved is not yet published
        act(small)
        act(later)
        row = public(later)
        assert (row.base, row.verdict) == (self.base(value="1.6", state="reported"), "met")
        assert act(later) is None

    def test_the_plan_itself_says_it_too(self, small: SmallPlan, later: SmallPlan) -> None:
        later.target("比上年提高0.2个百分点", code="shared")
        act(later, period=None)
        (row,) = PublishedRow.objects.current(later.plan, None)
        assert (row.base, row.waiting, row.references) == (self.base(), None, [])
        small.approved(small.target("1.7左右", code="shared"), "1.7")
        act(small)
        act(later, period=None)
        (row,) = PublishedRow.objects.current(later.plan, None)
        assert row.base == self.base(value="1.7", state="reported")
        assert act(later, period=None) is None

    def test_a_base_across_a_series_break_is_named_and_not_used(
        self, small: SmallPlan, later: SmallPlan
    ) -> None:
        small.approved(small.target("1.7左右", code="shared"), "1.7")
        act(small)
        later.approved(later.target("比上年提高0.2个百分点", code="shared", series_break=True), "1.9")
        act(later)
        assert (public(later).base, public(later).verdict) == (self.base(), "awaiting_city")

    def test_another_indicator(self, small: SmallPlan) -> None:
        small.approved(small.target("与经济增长同步"), "6")
        act(small)
        own = {"year": 1999, "period": "full_year", "value": None, "state": None}
        assert public(small).base == {"code": None, **own}
        gdp = small.target("6", code="gdp")
        Indicator.objects.filter(code="gdp").update(aliases="GDP；经济增长")
        act(small)
        rows = {row.code: row for row in PublishedRow.objects.current(small.plan, small.period)}
        assert rows["invented-1999-1"].base == {"code": "gdp", **own}
        assert rows["gdp"].base is None
        small.approved(gdp, "5.25")
        small.cause(gdp)
        act(small)
        rows = {row.code: row for row in PublishedRow.objects.current(small.plan, small.period)}
        row = rows["invented-1999-1"]
        assert row.base == {"code": "gdp", **own, "value": "5.25", "state": "reported"}

    def test_another_indicator_in_the_plan_alone(self, small: SmallPlan) -> None:
        small.target("6", code="gdp")
        Indicator.objects.filter(code="gdp").update(aliases="经济增长")
        small.target("与经济增长同步")
        act(small, period=None)
        _, row = PublishedRow.objects.current(small.plan, None)
        assert row.base == {"code": "gdp", "year": 1999, "period": None, "value": None, "state": None}


def test_a_change_of_the_reading_alone_touches_nothing(small: SmallPlan) -> None:
    """What a release of the code understands otherwise must not reach the public by itself."""
    target = awaited(small)
    small.approved(small.target("比上年提高0.2个百分点"), "1.9")
    act(small)
    Indicator.objects.filter(pk=target.indicator_id).update(accrual=Accrual.LEVEL, definition="新的定义")
    assert act(small) is None


def test_what_finds_a_row(small: SmallPlan) -> None:
    target = small.target(name="长江水质", code="water")
    indicator = target.indicator
    indicator.aliases, indicator.definition = "断面水质；DM", "测试定义"
    indicator.save()
    act(small, period=None)
    (row,) = PublishedRow.objects.current(small.plan, None)
    for found in ("changjiang", "cjsz", "duanmian", "dm", "water", "ceshizhibiao1"):
        assert found in row.search_key
    assert (row.frequency, row.definition) == ("quarterly", "测试定义")


def test_eight_queries_for_any_number_of_rows(
    small: SmallPlan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    targets = [small.target() for _ in range(3)]
    for target in targets:
        chase(small, request(small, target), 1)
    with django_assert_num_queries(8):
        around = Surroundings.gather(small.period)
        assert all(around.waiting(target)["chases"] for target in targets)
        assert not any(around.references(target) for target in targets)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5.500000", "5.5"),
        ("100", "100"),
        ("0.000000", "0"),
        ("-3.70", "-3.7"),
        ("1E+3", "1000"),
        (None, None),
    ],
)
def test_digits(value: str | None, text: str | None) -> None:
    assert digits(Decimal(value) if value is not None else None) == text
