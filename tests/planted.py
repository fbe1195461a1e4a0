"""Words and figures that nobody may ever read in public, planted where they could leak from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
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
from projects.models import (
    AnnualTask,
    Finding,
    Likeness,
    Milestone,
    Problem,
    Project,
    Question,
    Round,
    Ruled,
    StatusUpdate,
    UpdateDocument,
)
from projects.stages import Stage
from tests.cast import Cast
from tests.pages.plans import row
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.evidence.models import Document
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.workflow import actions
from wanzhou.site.reports.publishing import publish

DRAFTED, APPROVED, HELD, INTERNAL = "98765.4321", "87654.3219", "虚构未到公开时候", "虚构内部困难"
ATTACHED = "虚构未发布的材料"
UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED = "虚构未发布的原因", "虚构未发布的认定理由", "虚构催办内情"
INSIDE = "虚构登记内情"
"""In every internal text of a project, of its task and of its published update, and in all that is kept about them."""
AMOUNTS = ("43210.9871", "43210.9879", "43210.9873", "43210.9874", "43210.9875", "43210.9876", "43210.9877")
SECRETS = (
    *(DRAFTED, APPROVED, HELD, INTERNAL, UNPUBLISHED_CAUSE, UNPUBLISHED_RULING, CHASED, ATTACHED),
    *(INSIDE, *AMOUNTS),
)


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
    plant_inside(cast, period)
    held = Publication.objects.create(
        plan=period.plan,
        period=period,
        by=cast.publisher,
        why=HELD,
        rule_set=period.plan.rule_set,
        not_before=timezone.now() + datetime.timedelta(days=2),
    )
    row(held, None, code="gdp-growth", name=HELD, sentence=HELD)


def plant_inside(cast: Cast, period: ReportingPeriod) -> StatusUpdate:
    """A project whose every internal field is filled, with an update that went all the way to the public."""
    task = AnnualTask.objects.filter(plan=period.plan, planned_stage=Stage.UNDERWAY).select_related(
        "project"
    )[3]
    rising = iter(AMOUNTS)
    for row_ in (task.project, task):
        for name in row_.INTERNAL:
            _fill(row_, name, rising)
        row_.save()
    update = StatusUpdate(
        task=task, reached_stage=Stage.UNDERWAY, as_of=datetime.date(2023, 6, 30), entered_by=cast.clerk
    )
    for name in ("invested_this_year", "difficulty", "next_step", "needs", "place"):
        _fill(update, name, rising)
    update.save()
    actions.approve(actions.submit([update], by=cast.clerk), by=cast.reviewer)
    publish(plan=period.plan, period=period, by=cast.publisher, why="测试", entries=[update])
    _keep(task, update, cast)
    return update


def _fill(row_: Any, name: str, rising: Iterator[str]) -> None:
    """A secret that fits the field; years and links to others have none."""
    field_ = row_._meta.get_field(name)
    if isinstance(field_, models.DecimalField):
        setattr(row_, name, Decimal(next(rising)))
    elif isinstance(field_, models.CharField | models.TextField):
        setattr(row_, name, INSIDE)


def _keep(task: AnnualTask, update: StatusUpdate, cast: Cast) -> None:
    """A problem, a round, a finding and a ruling about the project."""
    other = Project.objects.exclude(pk=task.project_id).earliest("pk")
    first, second = sorted((task.project_id, other.pk))
    said = {"likeness": INSIDE, "reason": INSIDE, "by": cast.reviewer}
    Likeness.objects.create(first_id=first, second_id=second, ruled=Ruled.APART, **said)
    Problem.objects.create(task=task, update=update, text=INSIDE, answer=INSIDE, raised_by=cast.reviewer)
    Milestone.objects.create(task=task, name=INSIDE, planned_on=datetime.date(2023, 3, 1))
    Finding.objects.create(question=Question.objects.earliest("pk"), text=INSIDE, by=cast.reviewer)
    day = datetime.date(2023, 6, 30)
    Round.objects.create(
        plan=task.plan, rhythm="monthly", as_of=day, due_on=day, note=INSIDE, opened_by=cast.publisher
    )


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
