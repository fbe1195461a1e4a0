"""The checks of one cell before it is handed in: what is wrong, what wants a note, what could be written better.

The grid as one types, the submission and the import ask the same `check_cell`. Pure: the surroundings of the cell
come with it as a `Context`. Errors block, warnings want a note, offers may be taken or left.
"""

from __future__ import annotations

from collections.abc import Iterable

from indicators.cells import Cell, understand

from .figures import FIGURE_RULES
from .remarks import Context, Figure, Remark, Severity
from .texts import TEXT_RULES

__all__ = ["Context", "Figure", "Remark", "Severity", "blocking", "check_cell"]


def check_cell(cell: Cell, context: Context) -> tuple[Remark, ...]:
    """All that is to be said of a cell, errors first; nothing of a blank one."""
    if cell.is_blank:
        return ()
    read = understand(cell, unit=context.unit)
    found = [remark for rule in TEXT_RULES for remark in rule(read, cell, context)]
    if not any(remark.severity is Severity.ERROR for remark in found) and read.value is not None:
        found += [remark for rule in FIGURE_RULES for remark in rule(read.value, context)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda remark: order.index(remark.severity)))


def blocking(remarks: Iterable[Remark], note: str) -> tuple[Remark, ...]:
    """The remarks that keep a cell from being handed in: errors, and warnings without a note."""
    return tuple(
        remark
        for remark in remarks
        if remark.severity is Severity.ERROR or (remark.severity is Severity.WARNING and not note.strip())
    )
