"""The pages of the real plans say what the printed report says."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from .reading import page_at

pytestmark = pytest.mark.usefixtures("loaded_plans")

BEHIND = {
    "地区生产总值增速": "低 0.5 个百分点",
    "固定资产投资增速": "低 3.7 个百分点",
    "社会消费品零售总额增速": "低 0.9 个百分点",
    "空气质量优良天数": "应达 170，低 9 天",
    "全体居民人均可支配收入增速": "低 1.5 个百分点",
}


def fixture(name: str) -> list[dict[str, str]]:
    """The rows of a fixture file."""
    with (settings.BASE_DIR / "fixtures" / name).open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def indicators(client: Client, address: str) -> dict[str, Any]:
    """The rows of a year's data by name."""
    return {row["name"]: row for row in client.get(address).json()["indicators"]}


@pytest.mark.parametrize("address", ["/", "/2022/"])
def test_2022_opens_with_the_reports_own_sentence(client: Client, address: str) -> None:
    words = page_at(client, address)
    assert "22 项年度目标，14 项达到或超过，3 项未完成" in words
    assert "另有 4 项市级暂未反馈数据，1 项口径调整、不作比较。可以判定的 17 项中，14 项" in words


def test_2022_quotes_the_cause_verbatim_and_once(client: Client) -> None:
    cause = fixture("2022/causes.csv")[0]["text"]
    assert page_at(client, "/2022/").count(cause) == 1


def test_2022_names_what_is_missed_waiting_and_redefined(client: Client) -> None:
    words = page_at(client, "/2022/")
    for text in (
        "未完成的 3 项都是预期性指标",
        "待市级反馈的 4 项",
        "口径调整的 1 项",
        "实际使用外资 780万美元",
        "农村居民人均可支配收入增速 7.6%，目标 8%，低 0.4 个百分点",
        "批准日期：报告未载",
        "扣除留抵退税因素后：一般公共预算收入增速 6%，税收收入增速 0.7%（不作为判定依据）",
    ):
        assert text in words


def test_every_named_project_stands_on_its_years_page(client: Client) -> None:
    for year, count in ((2022, 41), (2023, 167)):
        words = page_at(client, f"/{year}/")
        tasks = fixture(f"{year}/tasks.csv")
        assert [task["name"] for task in tasks if task["name"] not in words] == []
        assert f"点名 {count} 条" in words


def test_2023_reads_as_a_year_under_way_from_public_sources(client: Client) -> None:
    words = page_at(client, "/2023/")
    assert "时间过半，25 项目标中 3 项序时达标，5 项滞后" in words
    assert "5 项年末才核算、年中不判，1 项待市级反馈或待基数，1 项不考核，10 项公开资料中未收录" in words
    assert "填报来源：公开资料" in words
    assert "未填报" not in words
    for name, gap in BEHIND.items():
        assert name in words
        assert gap in words


def test_2023_data_equals_the_row_by_row_list(client: Client) -> None:
    data = client.get("/2023/indicators.json").json()
    assert data["period"] == "first_half"
    assert data["tally"] is None
    assert data["pace_tally"] == {
        "on_pace": 3,
        "behind": 5,
        "in_progress": 5,
        "awaiting_city": 1,
        "redefined": 0,
        "not_judged": 1,
        "unreported": 0,
        "not_collected": 10,
    }
    behind = {row["name"] for row in data["indicators"] if row["pace"] == "behind"}
    assert behind == set(BEHIND)


def test_the_half_year_of_2022_does_not_judge_by_a_target_of_unknown_date(client: Client) -> None:
    words = page_at(client, "/2022/?period=first_half")
    assert "调整日期报告未载，本期适用哪个目标不明，不作判定" in words
    revenue = indicators(client, "/2022/indicators.json?period=first_half")["一般公共预算收入增速"]
    assert (revenue["wording"], revenue["pace"], revenue["gap"]) == (None, "not_judged", None)


def test_a_class_or_a_relation_makes_no_picture(client: Client) -> None:
    html = client.get("/2023/").content.decode()
    for ordinal in (11, 16, 18):
        line = html[html.index(f'id="r{ordinal}"') :].split("</tr>")[0]
        assert '<svg class="bul' not in line
