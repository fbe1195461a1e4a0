"""One year's plan held against another's, target by target. Pure: no Django, no clock.

Numbers are compared only where they mean the same: a series break or another unit forbids it, and so does a wording
without a number of its own (a relation, a task assigned from above).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from indicators.judging.intervals import EXACT, Interval
from indicators.judging.readings import UNBOUNDED
from indicators.judging.terms import Favourable, Kind
from indicators.judging.units import tidy
from wanzhou.kernel.terms import Term
from wanzhou.kernel.wording import fold

# Wordings that are a number on the indicator's own scale.
NUMBERED: Final = frozenset(
    {
        Kind.AT_LEAST,
        Kind.AT_MOST,
        Kind.ABOVE,
        Kind.BELOW,
        Kind.PLAIN,
        Kind.ABOUT,
        Kind.RANGE,
        Kind.NO_NEGATIVE_GROWTH,
    }
)


class Movement(Term):
    """What became of a target from one plan to the other; exactly one for each row."""

    ADDED = "added", "新增"
    DROPPED = "dropped", "不再列入"
    RAISED = "raised", "提高"
    LOWERED = "lowered", "降低"
    REWORDED = "reworded", "改表述"
    KEPT = "kept", "相同"
    INCOMPARABLE = "incomparable", "不比较高低"


class Switch(Term):
    """What else changed about a row that stands in both plans; any number of them."""

    RENAMED = "renamed", "换名称"
    REUNITED = "reunited", "换单位"
    REDEFINED = "redefined", "换口径"
    RENATURED = "renatured", "改属性"
    REWORDED = "reworded", "改表述"
    MOVED = "moved", "改列位置"


class Demand(Term):
    """Whether the later target asks for more or for less, whatever its number did."""

    TIGHTER = "tighter", "收紧"
    LOOSER = "looser", "放宽"


@dataclass(frozen=True, slots=True)
class Meant:
    """The published reading of a wording: its kind, its number, the unit of it, and the values that reach it."""

    kind: Kind
    number: Decimal | None = None
    unit: str = ""
    accepted: Interval = UNBOUNDED

    @classmethod
    def of(cls, reading: Mapping[str, Any]) -> Meant:
        """From the JSON object that a published row carries."""
        low, high = _decimal(reading.get("low")), _decimal(reading.get("high"))
        ends = Interval(low, high, bool(reading.get("low_open")), bool(reading.get("high_open")))
        return cls(Kind(reading["kind"]), _decimal(reading.get("number")), reading.get("unit") or "", ends)


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a year's plan: what is asked, in the wording in force (empty where it is unknown).

    `ordinal` is None for a sub-row, `first_wording` empty where it is unknown or nothing was adjusted.
    """

    code: str
    name: str
    wording: str
    meant: Meant
    ordinal: int | None = None
    parent_code: str = ""
    unit: str = ""
    binding: bool = False
    favourable: Favourable = Favourable.HIGHER
    note: str = ""
    adjustment: str = ""
    first_wording: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """From `year` on an indicator is not comparable with the years before; the note says why."""

    year: int
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A target in both plans, or in one of them. `amount` is the signed difference of the numbers, later less earlier.

    `demand` is None where neither plan asks for more; a grade is raised when the class is a better one.
    """

    earlier: Asked | None
    later: Asked | None
    movement: Movement
    switches: tuple[Switch, ...] = ()
    amount: Decimal | None = None
    demand: Demand | None = None
    notes: tuple[str, ...] = ()

    @property
    def newest(self) -> Asked:
        """The row of the later plan, or of the earlier where it was dropped."""
        row = self.later or self.earlier
        assert row is not None
        return row

    @property
    def counted(self) -> bool:
        """Whether the row is numbered; sub-rows are shown and never counted."""
        return self.newest.ordinal is not None


@dataclass(frozen=True, slots=True)
class Balance:
    """Numbered rows counted: how many each plan has, how many bind, and what became of them.

    `after` is the sum of all movements but the dropped.
    """

    before: int
    after: int
    binding_before: int
    binding_after: int
    movements: Mapping[Movement, int]
    switches: Mapping[Switch, int]


def compare(
    earlier: Sequence[Asked], later: Sequence[Asked], breaks: Mapping[str, Sequence[Break]]
) -> tuple[Compared, ...]:
    """Every row of either plan, in the later one's order; sub-rows below their parents, dropped rows last.

    `breaks` are the series breaks by indicator code after the earlier year, up to and with the later one.
    """
    before = {asked.code: asked for asked in earlier}
    after = {asked.code for asked in later}
    rows = [_compared(before.get(asked.code), asked, breaks.get(asked.code, ())) for asked in later]
    rows += [Compared(asked, None, Movement.DROPPED) for asked in earlier if asked.code not in after]
    return tuple(_by_parent(rows))


def balance_of(rows: Iterable[Compared]) -> Balance:
    """Count the numbered rows."""
    rows = tuple(rows)
    before = [row.earlier for row in rows if row.earlier and row.earlier.ordinal is not None]
    after = [row.later for row in rows if row.later and row.later.ordinal is not None]
    counted = [row for row in rows if row.counted]
    return Balance(
        before=len(before),
        after=len(after),
        binding_before=sum(asked.binding for asked in before),
        binding_after=sum(asked.binding for asked in after),
        movements=Counter(row.movement for row in counted),
        switches=Counter(switch for row in counted for switch in row.switches),
    )


def _by_parent(rows: Sequence[Compared]) -> Iterator[Compared]:
    codes = {row.newest.code for row in rows}
    sub_rows: dict[str, list[Compared]] = {}
    tops: list[Compared] = []
    for row in rows:
        parent = row.newest.parent_code
        (sub_rows.setdefault(parent, []) if parent in codes else tops).append(row)
    for row in tops:
        yield row
        yield from sub_rows.get(row.newest.code, [])


def _compared(earlier: Asked | None, later: Asked, breaks: Sequence[Break]) -> Compared:
    if earlier is None:
        return Compared(None, later, Movement.ADDED)
    switches = tuple(_switches(earlier, later, breaks))
    unknown = not (earlier.wording and later.wording)
    if unknown or Switch.REUNITED in switches or Switch.REDEFINED in switches:
        notes = tuple(dict.fromkeys(filter(None, [*(each.note for each in breaks), later.note])))
        return Compared(earlier, later, Movement.INCOMPARABLE, switches, notes=notes)
    movement, amount = _movement(earlier, later)
    return Compared(
        earlier,
        later,
        movement,
        switches,
        amount,
        _demand(earlier, later, movement),
        tuple(filter(None, [later.note])),
    )


def _switches(earlier: Asked, later: Asked, breaks: Sequence[Break]) -> Iterator[Switch]:
    if fold(earlier.name) != fold(later.name):
        yield Switch.RENAMED
    if tidy(earlier.unit) != tidy(later.unit):
        yield Switch.REUNITED
    if breaks:
        yield Switch.REDEFINED
    if earlier.binding != later.binding:
        yield Switch.RENATURED
    if _worded(earlier) != _worded(later):
        yield Switch.REWORDED
    if earlier.parent_code != later.parent_code:
        yield Switch.MOVED


def _worded(asked: Asked) -> str:
    """The wording without its number: another number alone is no other wording."""
    text = fold(asked.wording)
    if asked.meant.kind in NUMBERED and asked.meant.number is not None:
        return "".join(char for char in text if not (char.isdigit() or char in ".-"))
    return text


def _movement(earlier: Asked, later: Asked) -> tuple[Movement, Decimal | None]:
    amount = _amount(earlier, later)
    if amount:
        better = amount < 0 if later.meant.kind is Kind.GRADE else amount > 0
        return (Movement.RAISED if better else Movement.LOWERED), amount
    same = fold(earlier.wording) == fold(later.wording)
    return (Movement.KEPT if same else Movement.REWORDED), amount


def _amount(earlier: Asked, later: Asked) -> Decimal | None:
    """The difference of two numbers that mean the same; None where they do not."""
    before, after = earlier.meant, later.meant
    if before.number is None or after.number is None or tidy(before.unit) != tidy(after.unit):
        return None
    grades = before.kind is Kind.GRADE and after.kind is Kind.GRADE
    numbers = before.kind in NUMBERED and after.kind in NUMBERED and _same_side(before, after)
    return EXACT.subtract(after.number, before.number) if grades or numbers else None


def _same_side(before: Meant, after: Meant) -> bool:
    """Whether both are floors or both ceilings: 5以上 and 6以内 are not one target with another number."""
    return (before.accepted.low is None) == (after.accepted.low is None) or (
        before.accepted.high is None
    ) == (after.accepted.high is None)


def _demand(earlier: Asked, later: Asked, movement: Movement) -> Demand | None:
    """More where every value that reaches the later target reached the earlier too."""
    before, after = earlier.meant.accepted, later.meant.accepted
    if movement is Movement.KEPT or before == after or UNBOUNDED in (before, after):
        return None
    if before.contains(after):
        return Demand.TIGHTER
    return Demand.LOOSER if after.contains(before) else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
