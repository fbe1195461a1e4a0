"""The files attached to facts; and of them those that the public may read with a row, not withdrawn since."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model, QuerySet

from wanzhou.kernel.evidence.actions import tellable
from wanzhou.kernel.evidence.models import Attachment, Document
from wanzhou.kernel.plans.models import Plan, ReportingPeriod

from .models import (
    AdjustmentDocument,
    Cause,
    CauseDocument,
    FigureDocument,
    QuarterlyActual,
    ReferenceDocument,
    ReferenceFigure,
    Ruling,
    RulingDocument,
    TargetAdjustment,
)

Fact = QuarterlyActual | Cause | Ruling | TargetAdjustment | ReferenceFigure
TABLES: Final[dict[type[Fact], type[Attachment]]] = {
    QuarterlyActual: FigureDocument,
    Cause: CauseDocument,
    Ruling: RulingDocument,
    TargetAdjustment: AdjustmentDocument,
    ReferenceFigure: ReferenceDocument,
}
Attach = Callable[[Fact], None]
"""What attaches files to a fact once it is kept, and before others check it: after that no public file is added."""


def no_files(fact: Fact) -> None:
    """Attaches nothing."""


def attach_to(fact: Fact, documents: Iterable[Document], *, public: bool) -> None:
    """Attach documents to a fact that is kept already."""
    table = TABLES[type(fact)]
    for document in documents:
        table._default_manager.create(document=document, public=public, **{table.ABOUT: fact})


@dataclass(frozen=True, slots=True)
class PublicEvidence:
    """What the public reads of documents, by the kind of fact and its id."""

    told: dict[tuple[type[Model], int], list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of_period(cls, period: ReportingPeriod) -> PublicEvidence:
        """Of everything that rows of the period may tell; five queries."""
        return cls._of(
            FigureDocument.objects.filter(actual__period=period),
            CauseDocument.objects.filter(cause__period=period),
            RulingDocument.objects.filter(ruling__actual__period=period),
            AdjustmentDocument.objects.filter(adjustment__target__plan=period.plan_id),
            ReferenceDocument.objects.filter(figure__year=period.plan.year, figure__period=period.period),
        )

    @classmethod
    def of_plan(cls, plan: Plan) -> PublicEvidence:
        """Of the plan's adjustments; one query."""
        return cls._of(AdjustmentDocument.objects.filter(adjustment__target__plan=plan))

    @classmethod
    def _of(cls, *attachments: QuerySet[Any]) -> PublicEvidence:
        told: dict[tuple[type[Model], int], list[dict[str, Any]]] = {}
        for rows in attachments:
            for one in tellable(rows):
                fact = rows.model._meta.get_field(one.ABOUT)
                key = fact.related_model, getattr(one, fact.attname)
                told.setdefault(key, []).append(one.document.told())
        return cls(told)

    def documents(self, *facts: Fact | None) -> list[dict[str, Any]]:
        """Of a row's facts, each file once."""
        found = [one for fact in facts if fact for one in self.told.get((type(fact), fact.pk), [])]
        return list({one["sha256"]: one for one in found}.values())
