"""Counts that must add up. Numbered rows only; a sub-row (#) is judged and shown, never counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from .terms import Pace, Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """A finished year's numbered rows by verdict."""

    numbered: int = 0
    met: int = 0
    missed: int = 0
    awaiting_city: int = 0
    redefined: int = 0
    review: int = 0
    not_judged: int = 0
    unreported: int = 0
    not_collected: int = 0

    @property
    def judged(self) -> int:
        """The rows that were met or missed: 其余17项."""
        return self.met + self.missed

    def adds_up(self) -> bool:
        """Whether every numbered row is in exactly one class."""
        return sum(self.as_dict().values()) == 2 * self.numbered

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PaceTally:
    """A running year's numbered rows by pace."""

    on_pace: int = 0
    behind: int = 0
    in_progress: int = 0
    awaiting_city: int = 0
    redefined: int = 0
    not_judged: int = 0
    unreported: int = 0
    not_collected: int = 0

    @property
    def numbered(self) -> int:
        """All rows counted."""
        return sum(self.as_dict().values())

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def tally(rows: Iterable[tuple[bool, Verdict]]) -> Tally:
    """Count the verdicts of the rows that are `counted`."""
    verdicts = [verdict for counted, verdict in rows if counted]
    counts = Counter(verdict.value for verdict in verdicts)
    return Tally(numbered=len(verdicts), **counts)


def pace_tally(rows: Iterable[tuple[bool, Pace]]) -> PaceTally:
    """Count the paces of the rows that are `counted`."""
    return PaceTally(**Counter(pace.value for counted, pace in rows if counted))
