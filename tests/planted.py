"""Words and figures that nobody may ever read in public, planted where they could leak from."""

from __future__ import annotations

import datetime

from django.utils import timezone

from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, Cause, Chase, CityRequest, QuarterlyActual, Ruling
from projects.models import AnnualTask, StatusUpdate
from projects.stages import Stage
from tests.cast import Cast
from tests.pages.plans import row
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.workflow import actions

DRAFTED, APPROVED, HELD, INTERNAL = "98765.4321", "87654.3219", "虚构未到公开时候", "虚构内部困难"
UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED = "虚构未发布的原因", "虚构未发布的认定理由", "虚构催办内情"
SECRETS = (DRAFTED, APPROVED, HELD, INTERNAL, UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED)


def plant(cast: Cast) -> None:
    """Drafts, approved figures, internal words and a publication that must wait, all of them for 2023."""
    period = ReportingPeriod.objects.get(plan__last_year=2023, period="first_half")
    first, second, *_ = AnnualTarget.objects.filter(plan=period.plan).exclude(actuals__period=period)
    _, checked = (
        QuarterlyActual.objects.create(
            target=target, period=period, wording=wording, value=wording, entered_by=cast.clerk
        )
        for target, wording in ((first, DRAFTED), (second, APPROVED))
    )
    actions.approve(actions.submit([checked], by=cast.clerk), by=cast.reviewer)
    Cause.objects.create(target=first, period=period, text=UNPUBLISHED_CAUSE, entered_by=cast.clerk)
    Ruling.objects.create(
        actual=checked,
        wording=APPROVED,
        rule_set=period.plan.rule_set,
        verdict=Verdict.MET,
        reason=UNPUBLISHED_RULING,
        entered_by=cast.publisher,
    )
    request = CityRequest.objects.create(target=first, period=period, bureau=CHASED, note=CHASED)
    Chase.objects.create(
        request=request, on=datetime.date(2023, 7, 1), channel="公函", note=CHASED, by=cast.publisher
    )
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
