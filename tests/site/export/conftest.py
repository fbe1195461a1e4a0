"""The real plans as a folder, exported once, with figures beside them that nobody may ever read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from indicators.models import AnnualTarget, QuarterlyActual
from projects.models import AnnualTask, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast
from tests.pages.conftest import year_over
from tests.pages.plans import row
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.workflow import actions
from wanzhou.site.dashboard.sitemap import addresses
from wanzhou.site.export.exporting import Exported, export

__all__ = ["year_over"]

ADDRESS = "https://portal.example.cn/plan"
DRAFTED, APPROVED, HELD, INTERNAL = "98765.4321", "87654.3219", "虚构未到公开时候", "虚构内部困难"
SECRETS = (DRAFTED, APPROVED, HELD, INTERNAL)


@dataclass(frozen=True)
class Written:
    """What one export wrote, twice, and what was listed as public then."""

    folder: Path
    again: Path
    exported: Exported
    listed: tuple[str, ...]


_written: list[Written] = []


def plant(cast: Cast) -> None:
    """A draft, an approved figure, an internal word and a publication that must wait, all of them for 2023."""
    period = ReportingPeriod.objects.get(plan__last_year=2023, period="first_half")
    first, second, *_ = AnnualTarget.objects.filter(plan=period.plan).exclude(actuals__period=period)
    _, checked = (
        QuarterlyActual.objects.create(
            target=target, period=period, wording=wording, value=wording, entered_by=cast.clerk
        )
        for target, wording in ((first, DRAFTED), (second, APPROVED))
    )
    actions.approve(actions.submit([checked], by=cast.clerk), by=cast.reviewer)
    task = AnnualTask.objects.filter(plan=period.plan)[0]
    words = {"progress": INTERNAL, "difficulty": INTERNAL}
    StatusUpdate.objects.create(task=task, reached_stage=Stage.STARTED, entered_by=cast.clerk, **words)
    held = Publication.objects.create(
        plan=period.plan,
        period=period,
        by=cast.publisher,
        why=HELD,
        rule_set=period.plan.rule_set,
        not_before=timezone.now() + datetime.timedelta(days=2),
    )
    row(held, None, code="gdp-growth", name=HELD, sentence=HELD)


@pytest.fixture
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> Written:
    """The real plans, exported below an address with a path; made by the first test that asks."""
    if not _written:
        request.getfixturevalue("loaded_plans")
        plant(request.getfixturevalue("cast"))
        settings.SITE_ADDRESS = ADDRESS
        folder = tmp_path_factory.mktemp("export")
        today = as_of("")
        exported = export(folder / "plan", today)
        export(folder / "again", as_of(""))
        listed = tuple(address.path for address in addresses(today.moment))
        _written.append(Written(folder / "plan", folder / "again", exported, listed))
    return _written[0]
