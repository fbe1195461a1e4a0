"""Which names may mean one project: a table of pairs, both ways, and the pairs of the published report."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.counting import count_words, planned_count
from projects.likeness import alike, pairs_of
from tests.acceptance.printed_report import YEARS, read


@dataclass(frozen=True)
class Named:
    key: int
    year: int
    name: str


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("大滩口水库扩建", "大滩口水库扩建工程", "除“工程”“项目”等字外，名称相同"),
        ("新田港二期工程", "新田港二期", "除“工程”“项目”等字外，名称相同"),
        ("德康年产50万吨饲料", "年产50万吨饲料", "一个名称包含另一个，多出“德康”"),
        ("三峡医学中心一期", "三峡医学中心", "一个名称包含另一个，多出“一期”"),
        ("恒泰河流域治理", "恒泰河和苎溪河流域治理一期", "一个名称像是另一个的简称，各字依次出现"),
        ("天星大道道路改造", "天星大道道路改建", "名称的用字有 85% 相同"),
        # Look-alikes that are not one: other phases, other ends of a railway, a word that many names have.
        ("二中高峰校区建设工程一期", "二中高峰校区建设工程二期", ""),
        ("郑万高铁", "渝万高铁", ""),
        ("经开大道延伸段", "高峰大道延伸段", ""),
        ("饲料加工", "三峡生物微生物饲料加工中心", ""),
        ("", "大滩口水库扩建", ""),
    ],
)
def test_names(one: str, other: str, why: str) -> None:
    assert alike(one, other) == why
    assert bool(alike(other, one)) is bool(why)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_are_compared(one: str, other: str) -> None:
    assert isinstance(alike(one, other), str)


def test_projects_of_one_year_are_two() -> None:
    entries = [Named(1, 2023, "新能源开发利用"), Named(2, 2023, "新能源开发利用"), Named(3, 2022, "其他")]
    assert list(pairs_of(entries)) == []


def test_the_report_has_ten_pairs_for_a_person_to_rule_on() -> None:
    keys: dict[str, int] = {}
    entries = [
        Named(keys.setdefault(task["slug"], len(keys)), int(year), task["name"])
        for year in YEARS
        for task in read(f"{year}/tasks.csv")
    ]
    pairs = list(pairs_of(entries))
    assert len(pairs) == 10
    assert all((pair.before.year, pair.after.year) == (2022, 2023) for pair in pairs)
    assert {pair.before.name for pair in pairs} >= {"疏港大道拓宽", "重庆三峡医专扩建工程"}
    assert "新能源开发" not in {name for pair in pairs for name in (pair.before.name, pair.after.name)}


@pytest.mark.parametrize(
    ("quantity", "count"), [("17个", 17), ("20个以上", 20), ("4个", 4), ("若干", None), ("", None)]
)
def test_a_group_is_counted_by_its_printed_quantity(quantity: str, count: int | None) -> None:
    assert planned_count(quantity) == count


def test_every_group_of_the_report_can_be_counted() -> None:
    groups = [task for year in YEARS for task in read(f"{year}/tasks.csv") if task["group"] == "yes"]
    assert sorted(planned_count(group["quantity"]) or 0 for group in groups) == [4, 4, 17, 20, 20, 35]


def test_how_far_a_group_came() -> None:
    assert count_words(12, "20个以上") == "已完成12个，计划20个以上，还差8个"
    assert count_words(20, "20个以上") == "已完成20个，计划20个以上，已达到"
    assert count_words(0, "4个") == "已完成0个，计划4个，还差4个"
    assert count_words(None, "4个") == "计划4个，未填已完成个数"
    assert count_words(3, "若干") == "已完成3个，计划若干"
