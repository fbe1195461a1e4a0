"""Figures of other regions on one screen: what is known, what is changed, what is refused, what it does."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from indicators.models import AnnualTarget, PublishedRow, ReferenceFigure
from tests.admin.conftest import SignIn
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db
PLACE = "/admin/references/1999/full_year/"


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def figure(target: AnnualTarget, region: str, **facts: Any) -> ReferenceFigure:
    about = {"indicator": target.indicator, "year": 1999, "period": Period.FULL_YEAR, "region": region}
    return ReferenceFigure.objects.create(**about, **facts)


def typed(
    target: AnnualTarget, column: str, value: str = "", seen: str = "||", **more: str
) -> dict[str, str]:
    key = f"{target.pk}-{column}"
    return {f"{key}-value": value, f"{key}-seen": seen} | {
        f"{key}-{part}": said for part, said in more.items()
    }


def sent(
    *cells: dict[str, str], step: str = "do", place: str = "统计公报第2页", region: str = ""
) -> dict[str, str]:
    facts = {"step": step, "place": place, "source": "", "region": region}
    for cell in cells:
        facts |= cell
    return facts


def test_a_period_on_one_screen(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    first, second = small.target("高于全市平均"), small.target("5左右")
    small.approved(first, "6.1")
    figure(first, "全国", value="5.50")
    figure(first, "测试区", value=0)
    client = sign_in(cast.reviewer)
    assert client.get("/admin/references/")["Location"] == PLACE
    page = client.get(PLACE).content.decode()
    for words in ("测试指标1", "测试指标2", "6.1", 'value="5.5"', "测试区", 'value="0"', "高于全市平均"):
        assert words in page, words
    facts = sent(
        typed(first, "city", "4.6", rank="3", of="38"),
        typed(first, "nation", "5.5", seen="5.5||"),
        typed(second, "new", "−1.25"),
        region="另一测试区",
    )
    assert "已保存 2 条" in client.post(PLACE, facts, follow=True).content.decode()
    city = ReferenceFigure.objects.get(region="全市")
    assert (city.value, city.rank, city.of, city.place) == (Decimal("4.6"), 3, 38, "统计公报第2页")
    assert ReferenceFigure.objects.get(region="另一测试区").value == Decimal("-1.25")
    assert ReferenceFigure.objects.get(region="全国").place == ""
    assert "没有改动" in client.post(PLACE, sent(), follow=True).content.decode()


def test_a_target_relative_to_the_city_resolves(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("高于全市平均")
    small.approved(target, "6.1")
    client = sign_in(cast.publisher)
    looked = client.post(PLACE, sent(typed(target, "city", "4.6"), step="look")).content.decode()
    words = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", looked))
    assert "1行的结论改变" in words
    assert "达到或超过0→1" in words
    assert not ReferenceFigure.objects.exists()
    client.post(PLACE, sent(typed(target, "city", "4.6")))
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    told = PublishedRow.objects.current(small.plan, small.period).get()
    assert (told.verdict, told.references[0]["value"]) == ("met", "4.6")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ({"value": "高五成"}, "“高五成”不是数"),
        ({"value": "1e400"}, "不是数"),
        ({"value": "NaN"}, "不是数"),
        ({"value": "1.2345678"}, "不是数"),
        ({"value": "5", "of": "38"}, "填了总数，还要填位次"),
        ({"rank": "39", "of": "38"}, "位次不能大于总数"),
        ({"rank": "0"}, "位次和总数须是正整数"),
        ({"rank": "99999"}, "位次和总数须是正整数"),
        ({"rank": "第三"}, "位次和总数须是正整数"),
    ],
)
def test_a_cell_filled_in_badly_refuses_all(
    small: SmallPlan, cast: Cast, sign_in: SignIn, cell: dict[str, str], says: str
) -> None:
    first, second = small.target("5"), small.target("6")
    facts = sent(typed(first, "city", **cell), typed(second, "nation", "7.25"))
    page = sign_in(cast.reviewer).post(PLACE, facts).content.decode()
    assert says in page
    assert 'value="7.25"' in page
    assert "什么也没有保存" in page
    assert not ReferenceFigure.objects.exists()


def test_full_width_digits_and_percents_are_understood(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("5")
    sign_in(cast.reviewer).post(PLACE, sent(typed(target, "city", "５．５％", rank="３", of="３８")))
    city = ReferenceFigure.objects.get()
    assert (city.value, city.rank, city.of) == (Decimal("5.5"), 3, 38)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"place": ""}, "须写明来源"),
        ({"region": ""}, "请在它的表头写明是哪个地区"),
        ({"region": "全国"}, "“全国”已经有一列"),
    ],
)
def test_the_screen_needs_its_source_and_its_region(
    small: SmallPlan, cast: Cast, sign_in: SignIn, more: dict[str, str], says: str
) -> None:
    facts = sent(typed(small.target("5"), "new", "7.25"), **({"region": "测试区"} | more))
    page = sign_in(cast.reviewer).post(PLACE, facts).content.decode()
    assert says in page
    assert 'value="7.25"' in page
    assert not ReferenceFigure.objects.exists()


def test_nothing_is_overwritten_unseen(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target, other = small.target("5"), small.target("6")
    known = figure(target, "全市", value="4.6", wording="高1.4个百分点")
    untouched = figure(other, "全市", value="3")
    client = sign_in(cast.reviewer)
    stale = sent(typed(target, "city", "4.9", seen="4.5||"), typed(other, "city", "2", seen="2||"))
    page = client.post(PLACE, stale).content.decode()
    assert "别人刚填了 4.6" in page
    assert 'value="4.9"' in page
    assert 'value="3"' in page  # what the person did not touch shows what is there by now
    known.refresh_from_db()
    assert str(known.value) == "4.600000"
    assert (
        "已有的数据不能清空"
        in client.post(PLACE, sent(typed(target, "city", "", seen="4.6||"))).content.decode()
    )
    client.post(PLACE, sent(typed(target, "city", "4.9", seen="4.6||")))
    known.refresh_from_db()
    untouched.refresh_from_db()
    assert (str(known.value), known.wording, str(untouched.value)) == ("4.900000", "", "3.000000")


def test_the_auditor_reads_and_writes_nothing(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    target = small.target("5")
    figure(target, "全市", value="4.6", rank=3, of=38)
    client = sign_in(cast.auditor)
    page = client.get(PLACE).content.decode()
    assert "4.6，第 3 位 / 共 38" in re.sub(r"\s*\n\s*", "", page)
    assert f'name="{target.pk}-city-value"' not in page
    client.post(PLACE, sent(typed(target, "nation", "5")))
    assert ReferenceFigure.objects.count() == 1


def test_no_such_period(small: SmallPlan, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reviewer)
    for place in ("/admin/references/1998/full_year/", "/admin/references/1999/monthly/"):
        assert client.get(place).status_code == 404


def test_without_any_period(cast: Cast, sign_in: SignIn) -> None:
    assert "还没有填报期" in sign_in(cast.reviewer).get("/admin/references/").content.decode()


def test_the_screen_asks_as_much_for_many_rows(
    small: SmallPlan, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        figure(small.target("5"), "全市", value=4)
    client = sign_in(cast.reviewer)
    with django_assert_max_num_queries(16):
        client.get(PLACE)
