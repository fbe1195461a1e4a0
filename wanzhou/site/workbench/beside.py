"""What stands beside an entry when somebody decides on it: what the checks of entry say, and the files with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from indicators.checks import Severity
from indicators.ledger import Ledger
from indicators.models import AnnualTarget, CauseDocument, FigureDocument, RulingDocument
from projects.models import UpdateDocument
from wanzhou.kernel.evidence.models import Attachment
from wanzhou.kernel.evidence.photographs import PICTURES
from wanzhou.kernel.plans.models import ReportingPeriod

from .keys import Key

_TABLES: Final[Mapping[str, type[Attachment]]] = {
    "figure": FigureDocument,
    "cause": CauseDocument,
    "ruling": RulingDocument,
    "update": UpdateDocument,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was handed in with an entry."""

    name: str
    href: str
    public: bool


def remarks_of(period: ReportingPeriod, targets: Iterable[AnnualTarget]) -> dict[int, tuple[str, ...]]:
    """What the checks say of every row's newest figure, by target: jumps, slips of the unit, totals; two queries.

    Whoever entered it saw the same; a warning was handed in with a note, which stands with the entry.
    """
    ledger = Ledger.of(period, targets)
    cells = {target.pk: ledger.cell(target) for target in ledger.targets}
    return {
        target.pk: tuple(
            f"{remark.severity.label}：{remark.says}"
            for remark in ledger.remarks(target, cells)
            if remark.severity is not Severity.OFFER
        )
        for target in ledger.targets
    }


def papers_with(keys: Iterable[Key]) -> dict[str, tuple[Paper, ...]]:
    """The files of entries, by the entry's key; a query for each kind of entry that is among them.

    Pictures of a project are seen beside its update at once (`updates.beside`) and are not named here again.
    """
    by_kind: dict[str, dict[int, Key]] = defaultdict(dict)
    for key in keys:
        by_kind[key.kind][key.pk] = key
    found: dict[str, list[Paper]] = defaultdict(list)
    for kind, entries in by_kind.items():
        table = _TABLES[kind]
        rows = table._default_manager.filter(**{f"{table.ABOUT}__in": entries}).select_related("document")
        if kind == "update":
            rows = rows.exclude(document__kind__in=PICTURES)
        for row in rows.order_by("pk"):
            about = getattr(row, f"{table.ABOUT}_id")
            found[str(entries[about])].append(_paper(row, about))
    return {key: tuple(papers) for key, papers in found.items()}


def _paper(row: Any, about: int) -> Paper:
    fact = row._meta.get_field(row.ABOUT).related_model._meta
    href = reverse(f"admin:{fact.app_label}_{fact.model_name}_evidence_file", args=[about, row.pk])
    return Paper(row.document.name, href, row.public)
