"""What a preview carries on: cells typed and not yet saved, the stamps that were seen, which files were uploaded.

Without scripts a preview is a page of its own: nothing that was typed on the page before may get lost on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

from indicators.cells import Cell
from indicators.intakes import SentFile
from wanzhou.kernel.plans.models import ReportingPeriod

from .grid import Grid
from .sending import Sheet, stamps_in

SALT = "indicators.entry.intake"
PROVIDED = ("provider", "channel", "provided_at")


@dataclass(frozen=True, slots=True)
class Imported:
    """Which files a preview was made from, and the rows that they would fill; signed, so that nobody invents them."""

    files: tuple[SentFile, ...]
    keys: frozenset[int]

    def signed(self, period: ReportingPeriod) -> str:
        files = [[file.name, file.fingerprint] for file in self.files]
        return signing.dumps({"of": period.pk, "files": files, "keys": sorted(self.keys)}, salt=SALT)

    @classmethod
    def read(cls, text: str, period: ReportingPeriod) -> Imported | None:
        """None where nothing was imported into this period."""
        try:
            said = signing.loads(text, salt=SALT) if text else {}
        except signing.BadSignature:
            said = {}
        if said.get("of") != period.pk:
            return None
        files = tuple(SentFile(name, fingerprint) for name, fingerprint in said["files"])
        return cls(files, frozenset(said["keys"]))


def unsaved(sheet: Sheet, grid: Grid) -> dict[int, Cell]:
    """The cells of the screen that say another thing than is stored."""
    stored = {row.key: row.cell for row in grid.rows if not row.locked}
    return {key: cell for key, cell in sheet.cells.items() if key in stored and cell != stored[key]}


def carried(sent: QueryDict, sheet: Sheet, grid: Grid, *, seen: Collection[int]) -> dict[str, str]:
    """The fields that go on with a preview; of the rows `seen` the page's own stamps count, else the newest."""
    typed = unsaved(sheet, grid)
    stamps = {key: stamp for key, stamp in stamps_in(sent).items() if key in seen or key in typed}
    newest = f"{grid.seen} {' '.join(f'{key}:{stamp}' for key, stamp in stamps.items())}".strip()
    fields = {"seen": newest, **{name: sent.get(name, "") for name in PROVIDED}}
    for key, cell in typed.items():
        fields |= {f"cell-{key}": cell.text, f"state-{key}": cell.state.value, f"note-{key}": cell.note}
    return fields | dict(_explanations(sheet, grid))


def _explanations(sheet: Sheet, grid: Grid) -> Iterable[tuple[str, str]]:
    stored = {row.key: row.why.explanation for row in grid.rows if not row.why.locked}
    for one in sheet.explained:
        key, said = one.target_id, one.explanation
        if key in stored and said != stored[key]:
            yield f"why-{key}", said.text
            yield f"next-{key}", said.measures
            yield f"forecast-{key}", said.forecast
            yield f"whyseen-{key}", one.seen
