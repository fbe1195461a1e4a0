"""An open period to enter, small and invented, or the real half-year of 2023."""

from __future__ import annotations

import pytest

from indicators.models import AnnualTarget
from tests.cast import Cast
from tests.entry.desk import EntryDesk, empty_half_year
from wanzhou.kernel.plans.models import ReportingPeriod


@pytest.fixture
def desk(cast: Cast) -> EntryDesk:
    return EntryDesk.of(cast)


@pytest.fixture
def half_year(loaded_plans: None, cast: Cast) -> ReportingPeriod:
    return empty_half_year(cast)


@pytest.fixture
def whole_table(half_year: ReportingPeriod, cast: Cast) -> ReportingPeriod:
    """The half-year of 2023, all of it the clerk's."""
    AnnualTarget.objects.filter(plan=half_year.plan).update(department=cast.department)
    return half_year
