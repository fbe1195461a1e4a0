"""Keeping a reading and what people say of its pieces; nobody's word overwrites another's unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User

from .kept import Reading
from .passages import Manuscript
from .pieces import Choice, Decided, decided, pieces_of
from .reading import read_report
from .report import Sure
from .stored import as_stored

ADDS = "reports.add_reading"
CHANGES = "reports.change_reading"
READS = "reports.view_reading"


class ReadingMoved(Exception):
    """Somebody else decided something meanwhile; nothing was kept."""


class ReadingRefused(Exception):
    """Why a step cannot be taken, in Chinese; `problems` one by one."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


def keep_reading(name: str, manuscript: Manuscript, *, by: User) -> Reading:
    """Read the manuscript and keep it; the same text by the same person again is the same reading."""
    if not by.has_perm(ADDS):
        raise ReadingRefused(f"{by}没有读入报告的权限。")
    text = "\n".join(passage.text.replace("\n", " ") for passage in manuscript.passages)
    digest = hashlib.sha256(text.encode()).hexdigest()
    same = Reading.objects.filter(sha256=digest, by=by, plan=None).first()
    if same is not None:
        return same
    report = read_report(manuscript)
    return Reading.objects.create(
        name=name[:200],
        title=report.title[:300],
        year=report.planned_year,
        text=text,
        counted_in=manuscript.counted_in,
        sha256=digest,
        payload=as_stored(report),
        by=by,
    )


def decided_pieces(reading: Reading) -> tuple[Decided, ...]:
    """Every piece with what was said of it."""
    return decided(pieces_of(reading.report), reading.decisions)


@transaction.atomic
def decide(reading: Reading, said: Mapping[str, Mapping[str, Any]], *, seen: int, by: User) -> int:
    """Keep what a person said of some pieces: `choice` (empty takes it back) and `edits`; how many changed.

    Raises ReadingMoved where the reading is no longer at the revision that was seen, and ReadingRefused.
    """
    if not by.has_perm(CHANGES):
        raise ReadingRefused(f"{by}没有核对报告的权限。")
    now = Reading.objects.select_for_update().get(pk=reading.pk)
    if now.plan_id is not None:
        raise ReadingRefused("已经据此编制了计划，这里不再改动。")
    if now.revision != seen:
        raise ReadingMoved
    changed = 0
    for key, one in said.items():
        if _is_news(now.decisions.get(key), one):
            changed += 1
            if one["choice"]:
                stamp = {"by": str(by), "at": timezone.now().isoformat()}
                now.decisions[key] = {"choice": one["choice"], "edits": dict(one["edits"]), **stamp}
            else:
                del now.decisions[key]
    if changed:
        now.revision += 1
        now.save(update_fields=["decisions", "revision"])
    return changed


def _is_news(stored: Mapping[str, Any] | None, said: Mapping[str, Any]) -> bool:
    if stored is None:
        return bool(said["choice"])
    return (stored["choice"], stored["edits"]) != (said["choice"], dict(said["edits"]))


def accept_certain(reading: Reading, parts: Iterable[str], *, seen: int, by: User) -> int:
    """Accept whatever is certain and undecided in the parts; how many that were."""
    wanted = set(parts)
    said = {
        one.piece.key: {"choice": Choice.ACCEPTED.value, "edits": {}}
        for one in decided_pieces(reading)
        if one.piece.part in wanted and one.choice is None and one.piece.sure is Sure.CERTAIN
    }
    return decide(reading, said, seen=seen, by=by)
