"""The desks over both real plans: every page opens within a fixed number of queries, every wording is understood."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.admin.understanding import target_understood
from indicators.models import AnnualTarget, PublishedRow
from tests.admin.conftest import SignIn
from tests.admin.office import DESKS, address
from wanzhou.kernel.accounts.models import User

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25
MOST_FOR_A_ROW = 40  # its choices and the names of what it belongs to


def test_every_desk_opens(loaded_plans: None, superuser: User, sign_in: SignIn) -> None:
    client = sign_in(superuser)
    for label, model in DESKS.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(model, "changelist")).status_code == 200, label
        assert len(queries) <= MOST_QUERIES, label
        row = model._default_manager.order_by("pk").last()
        if row is None:
            continue
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(model, "change", row.pk)).status_code == 200, label
        assert len(queries) <= MOST_FOR_A_ROW, label
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(model, "add")).status_code in (200, 403), label
        assert len(queries) <= MOST_FOR_A_ROW, label


def test_searching_finds_a_target_by_its_alias(loaded_plans: None, superuser: User, sign_in: SignIn) -> None:
    target = AnnualTarget.objects.headline().get(
        plan__last_year=2023, indicator__code="fixed-investment-growth"
    )
    alias = target.indicator.aliases.split("；")[0] or target.name
    page = sign_in(superuser).get(address(AnnualTarget, "changelist"), {"q": alias}).content.decode()
    assert address(AnnualTarget, "change", target.pk) in page


@pytest.mark.parametrize(
    ("year", "code", "understood"),
    [
        (2022, "gdp-growth", "6 左右（≥ 5.9）"),
        (2023, "gdp-growth", "≥ 6.5"),
        (2023, "surveyed-unemployment", "≤ 5.5"),
        (2023, "yangtze-water-quality", "不差于Ⅱ类"),
        (2023, "energy-emission-carbon", "由上级下达，待录入"),
    ],
)
def test_the_printed_wordings_are_understood(
    year: int, code: str, understood: str, loaded_plans: None
) -> None:
    rows = AnnualTarget.objects.headline().select_related("plan__rule_set", "indicator")
    target = rows.get(plan__last_year=year, indicator__code=code)
    assert target_understood(target, target.wording) == understood


def test_what_was_published_is_shown_as_it_was_understood(
    loaded_plans: None, superuser: User, sign_in: SignIn
) -> None:
    client = sign_in(superuser)
    row = PublishedRow.objects.filter(code="gdp-growth", publication__plan__last_year=2023).latest("id")
    page = client.get(address(PublishedRow, "change", row.pk)).content.decode()
    assert re.search(r"系统理解为.*?≥ 6\.5", page, re.S)
    assert "at_least" not in page
