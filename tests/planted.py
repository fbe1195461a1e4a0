"""Words and figures that nobody may ever read in public, planted where they could leak from."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indicators.judging.terms import Verdict
from indicators.models import (
    AnnualTarget,
    Cause,
    Chase,
    CityRequest,
    FigureDocument,
    QuarterlyActual,
    Ruling,
    SignedSheet,
)
from projects.models import AnnualTask, StatusUpdate, UpdateDocument
from projects.stages import Stage
from tests.cast import Cast
from tests.pages.plans import row
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.evidence.models import Document
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.workflow import actions

DRAFTED, APPROVED, HELD, INTERNAL = "98765.4321", "87654.3219", "虚构未到公开时候", "虚构内部困难"
ATTACHED = "虚构未发布的材料"
UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED = "虚构未发布的原因", "虚构未发布的认定理由", "虚构催办内情"
SECRETS = (DRAFTED, APPROVED, HELD, INTERNAL, UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED, ATTACHED)


def plant(cast: Cast) -> None:
    """Drafts, approved figures, internal words and a publication that must wait, all of them for 2023."""
    period = ReportingPeriod.objects.get(plan__last_year=2023, period="first_half")
    first, second, *_ = AnnualTarget.objects.filter(plan=period.plan).exclude(actuals__period=period)
    drafted, checked = (
        QuarterlyActual.objects.create(
            target=target, period=period, wording=wording, value=wording, entered_by=cast.clerk
        )
        for target, wording in ((first, DRAFTED), (second, APPROVED))
    )
    _attach(drafted, checked, by=cast.clerk)
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
    update = StatusUpdate.objects.create(
        task=task, reached_stage=Stage.STARTED, entered_by=cast.clerk, **words
    )
    _attach(update, by=cast.clerk)
    _sign(period, cast)
    held = Publication.objects.create(
        plan=period.plan,
        period=period,
        by=cast.publisher,
        why=HELD,
        rule_set=period.plan.rule_set,
        not_before=timezone.now() + datetime.timedelta(days=2),
    )
    row(held, None, code="gdp-growth", name=HELD, sentence=HELD)


def _attach(*facts: Any, by: User) -> None:
    """A file that would be public, and one for inside, for each."""
    for fact in facts:
        table: Any = UpdateDocument if isinstance(fact, StatusUpdate) else FigureDocument
        for public in (True, False):
            table.objects.create(document=_document(by), public=public, **{table.ABOUT: fact})


def _sign(period: ReportingPeriod, cast: Cast) -> None:
    SignedSheet.objects.create(
        period=period, department=cast.department, document=_document(cast.clerk), by=cast.clerk
    )


def _document(by: User) -> Document:
    content = f"%PDF-1.7\n% {ATTACHED}\n%%EOF".encode()
    return take_in([SimpleUploadedFile(f"{ATTACHED}.pdf", content)], by=by)[0]
