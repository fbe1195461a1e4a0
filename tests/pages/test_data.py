"""The JSON twins of the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from .plans import publish, row

INDICATOR_KEYS = [
    "ordinal",
    "code",
    "parent",
    "name",
    "unit",
    "nature",
    "wording",
    "reading",
    "outcome",
    "verdict",
    "computed_verdict",
    "ruling",
    "pace",
    "gap",
    "reason",
    "counted",
    "department",
    "source",
    "cause",
    "cause_source",
    "adjustment",
    "first_wording",
    "basis",
    "series_break",
    "section",
    "accrual",
    "favourable",
    "expected",
    "reachability",
    "published_on",
    "source_url",
    "source_published_on",
    "files",
    "files_named",
]
TASK_KEYS = [
    "box",
    "section",
    "name",
    "slug",
    "planned_stage",
    "reached_stage",
    "wording",
    "group",
    "quantity",
    "box_title",
    "stage",
    "department",
    "as_of",
    "percent",
    "progress",
    "source",
    "published_on",
    "light",
    "light_reason",
]


def data_at(client: Client, address: str, status: int = 200) -> Any:
    """The data at an address."""
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_a_year_that_is_over_has_a_tally_and_no_pace(client: Client, year_over: int) -> None:
    data = data_at(client, f"/{year_over}/indicators.json")
    assert list(data) == ["year", "period", "published_on", "tally", "pace_tally", "indicators"]
    assert (data["year"], data["period"], data["pace_tally"]) == (year_over, "full_year", None)
    assert data["tally"] == {
        "numbered": 8,
        "met": 1,
        "missed": 2,
        "awaiting_city": 1,
        "redefined": 1,
        "review": 1,
        "not_judged": 1,
        "unreported": 1,
        "not_collected": 0,
    }
    assert all(list(row) == INDICATOR_KEYS for row in data["indicators"])
    assert {row["pace"] for row in data["indicators"]} == {None}


def test_numbers_are_decimal_strings(client: Client, year_over: int) -> None:
    missed = data_at(client, f"/{year_over}/indicators.json")["indicators"][1]
    assert (missed["gap"], missed["outcome"]["value"], missed["verdict"]) == ("-2.5", "4.5", "missed")
    assert missed["outcome"]["period"] == "full_year"
    assert (missed["cause"], missed["cause_source"]) == ("虚构的原因。", "虚构的出处")


def test_a_figure_on_another_basis_stands_beside_the_outcome(client: Client, year_over: int) -> None:
    redefined = data_at(client, f"/{year_over}/indicators.json")["indicators"][5]
    assert redefined["basis"] == {"value": "780", "unit": "万美元", "note": "另一口径"}
    assert redefined["outcome"]["value"] is None


def test_what_is_not_stated_is_null(client: Client, db: None) -> None:
    row(publish(2033), 1, outcome_state="", wording="")
    only = data_at(client, "/2033/indicators.json")["indicators"][0]
    unknown = (
        "wording",
        "first_wording",
        "cause",
        "adjustment",
        "basis",
        "expected",
        "section",
        "source_url",
    )
    assert {only[key] for key in unknown} == {None}
    assert only["outcome"]["state"] is None


def test_a_sub_row_names_its_parent_and_is_not_counted(client: Client, year_over: int) -> None:
    below = data_at(client, f"/{year_over}/indicators.json")["indicators"][3]
    assert (below["ordinal"], below["parent"], below["counted"]) == (None, "invented-3", False)


def test_a_year_under_way_has_a_pace_tally_and_no_verdicts(client: Client, year_under_way: int) -> None:
    data = data_at(client, f"/{year_under_way}/indicators.json")
    assert data["tally"] is None
    assert list(data["pace_tally"]) == (
        [
            "on_pace",
            "behind",
            "in_progress",
            "awaiting_city",
            "redefined",
            "not_judged",
            "unreported",
            "not_collected",
        ]
    )
    assert set(data["pace_tally"].values()) == {1}
    assert {row["verdict"] for row in data["indicators"]} == {None}


def test_targets_alone_have_neither_tally(client: Client, db: None) -> None:
    row(publish(2033), 1, outcome_state="unreported")
    data = data_at(client, "/2033/indicators.json")
    assert (data["period"], data["tally"], data["pace_tally"]) == (None, None, None)
    assert data["indicators"][0]["outcome"] == {
        "state": "unreported",
        "value": None,
        "wording": None,
        "period": None,
        "version": None,
    }


def test_tasks_as_printed(client: Client, year_over: int, year_under_way: int) -> None:
    reached = data_at(client, f"/{year_over}/projects.json")
    assert list(reached) == ["year", "tasks"]
    assert all(list(task) == TASK_KEYS for task in reached["tasks"])
    assert (reached["tasks"][0]["planned_stage"], reached["tasks"][0]["reached_stage"]) == (None, "completed")
    group = data_at(client, f"/{year_under_way}/projects.json")["tasks"][1]
    assert (group["planned_stage"], group["reached_stage"], group["quantity"]) == (
        "started",
        None,
        "20个以上",
    )
    assert group["group"] is True
    assert (group["stage"], reached["tasks"][1]["stage"]) == ("started", "suspended")
    assert (group["as_of"], group["percent"], group["progress"]) == (None, None, None)


def test_chinese_stays_readable(client: Client, year_over: int) -> None:
    assert "虚构指标1".encode() in client.get(f"/{year_over}/indicators.json").content


@pytest.mark.parametrize(
    "address", ["/2050/indicators.json", "/2050/projects.json", "/2031/indicators.json?period=first_half"]
)
def test_what_was_never_published_is_a_404_in_chinese(client: Client, year_over: int, address: str) -> None:
    assert "没有" in data_at(client, address, 404)["detail"]


def test_an_unknown_period_is_a_400_that_names_the_periods(client: Client, year_over: int) -> None:
    detail = data_at(client, f"/{year_over}/indicators.json?period=第五季度", 400)["detail"]
    assert "第五季度" in detail
    assert "first_half（上半年）" in detail
