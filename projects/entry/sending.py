"""What a screen sends back, read from the form: typed rows, what was seen of them, who provided them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from projects.cells import LABELS, Cells
from projects.updating import Typed

FIELDS = tuple(LABELS)
COLUMNS = tuple(name for name in FIELDS if name != "count")
"""What the table shows; how many of a group are done is entered on the page of the one task."""
LONGEST_PROVIDER = 100
_FIELD = re.compile(rf"(?P<field>{'|'.join(FIELDS)})-(?P<key>[0-9]{{1,18}})")
_SEEN = re.compile(r"(?P<key>[0-9]{1,18}):(?P<stamp>[0-9a-f-]{0,64})")


@dataclass(frozen=True, slots=True)
class Sent:
    """The rows of a screen as sent, and who provided them where they are another department's."""

    typed: tuple[Typed, ...]
    provider: str

    @property
    def cells(self) -> dict[int, Cells]:
        return {one.task_id: one.cells for one in self.typed}


def read_sent(sent: QueryDict) -> Sent:
    """The rows that came with a form; what is none of ours is ignored. Never raises."""
    return Sent(tuple(_typed(sent)), sent.get("provider", "").strip()[:LONGEST_PROVIDER])


def seen_in(sent: QueryDict) -> dict[int, str]:
    """The stamp of every row that was before the person's eyes."""
    return {int(match["key"]): match["stamp"] for match in _SEEN.finditer(sent.get("seen", ""))}


def _typed(sent: QueryDict) -> Iterator[Typed]:
    seen = seen_in(sent)
    chosen = set(sent.getlist("take")) if "takes" in sent else None
    rows: dict[str, dict[str, str]] = {}
    for name in sent:
        if match := _FIELD.fullmatch(name):
            rows.setdefault(match["key"], {})[match["field"]] = sent.get(name, "")
    for key, cells in rows.items():
        if chosen is None or key in chosen:
            as_of = day_in(sent.get(f"as_of-{key}", ""))
            yield Typed(int(key), Cells(**cells), seen.get(int(key), ""), as_of)


def day_in(text: str) -> datetime.date | None:
    """A date as a browser or a person writes it; None for what is none."""
    match = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", text.strip())
    if match is None:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None
