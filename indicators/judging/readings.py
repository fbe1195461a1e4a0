"""What a target's wording means: a frozen `Reading` and the interval that each manner of wording accepts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from .amounts import Amount
from .intervals import EXACT, ZERO, Interval, plain
from .terms import Favourable, Kind, Tolerances
from .units import is_ratio, measure

RELATIVE: Final = frozenset({Kind.RELATIVE_YEAR, Kind.RELATIVE_INDICATOR, Kind.RELATIVE_REGION})
PERSON_DECIDES: Final = frozenset({Kind.RANK, Kind.TREND, Kind.QUALITATIVE, Kind.NARRATIVE})
NOT_JUDGED: Final = frozenset({Kind.NONE, Kind.DEFERRED})

UNBOUNDED: Final = Interval()


@dataclass(frozen=True, slots=True)
class Reading:
    """A target as understood.

    `number` is the printed number, signed, in `unit`. `accepted` is the interval of acceptable values after
    direction and firm band (unbounded where there is nothing to compare), `wide` the interval outside which
    左右 is missed. A relation keeps its own step in `step` and, once the base is known, the figure to reach in
    `resolved`; `accepted` is then in `measured_in`.
    """

    kind: Kind
    number: Decimal | None = None
    unit: str = ""
    aspiration: bool = False
    accepted: Interval = UNBOUNDED
    wide: Interval | None = None
    parts: tuple["Reading", ...] = ()
    manner: Kind = Kind.PLAIN
    name: str = ""
    moves: bool = False
    step: Interval | None = None
    resolved: Decimal | None = None
    row_unit: str = ""
    upper: Decimal | None = None

    @property
    def low(self) -> Decimal | None:
        return self.accepted.low

    @property
    def high(self) -> Decimal | None:
        return self.accepted.high

    @property
    def low_open(self) -> bool:
        return self.accepted.low_open

    @property
    def high_open(self) -> bool:
        return self.accepted.high_open

    @property
    def is_relative(self) -> bool:
        return self.kind in RELATIVE

    @property
    def comparable(self) -> bool:
        """Whether there is an interval that a figure can be held against."""
        return self.accepted != UNBOUNDED

    @property
    def waits_for_base(self) -> bool:
        """Whether this is a relation whose base is not known yet."""
        return self.is_relative and self.step is not None and self.resolved is None

    @property
    def direction(self) -> Favourable:
        """The side on which figures are better, as far as the accepted interval tells."""
        bounds = self.accepted if self.comparable else self.step or self.accepted
        return Favourable.LOWER if bounds.low is None and bounds.high is not None else Favourable.HIGHER

    @property
    def measured_in(self) -> str:
        """The unit of `accepted`: the row's once a relation is resolved, else the printed one."""
        if self.resolved is not None and (self.row_unit or is_ratio(self.unit)):
            return self.row_unit or "%"
        return self.unit

    @property
    def reference(self) -> Decimal | None:
        """The number that differences are stated from."""
        return self.number if self.resolved is None else self.resolved

    def as_dict(self) -> dict[str, object]:
        """The JSON object of one reading: decimals as strings, None where a field does not apply."""
        return {
            "kind": self.kind.value,
            "number": _text(self.number),
            "low": _text(self.low),
            "high": _text(self.high),
            "low_open": self.low_open,
            "high_open": self.high_open,
            "unit": self.unit or None,
            "aspiration": self.aspiration,
            "parts": [part.as_dict() for part in self.parts],
        }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def accepted_by(
    manner: Kind, number: Decimal, upper: Decimal | None, *, favourable: Favourable, band: Decimal
) -> Interval:
    """The values that reach a target worded in this manner; `band` widens 左右 on the unfavourable side."""
    higher = favourable is Favourable.HIGHER
    match manner:
        case Kind.AT_LEAST:
            return Interval(low=number)
        case Kind.AT_MOST:
            return Interval(high=number)
        case Kind.ABOVE:
            return Interval(low=number, low_open=True)
        case Kind.BELOW:
            return Interval(high=number, high_open=True)
    if higher:
        return Interval(low=EXACT.subtract(number, band))
    return Interval(high=EXACT.add(number if upper is None else upper, band))


def bands(number: Decimal, unit: str, tolerances: Tolerances) -> tuple[Decimal, Decimal]:
    """The firm and the wide band of 左右.

    Points where differences are points, else shares of the number; where no unit is stated anywhere the wider
    of the two, since a miss is an accusation.
    """
    points = (tolerances.rate_firm, tolerances.rate_wide)
    if is_ratio(unit):
        return points
    size = abs(number)
    shares = (EXACT.multiply(size, tolerances.share_firm), EXACT.multiply(size, tolerances.share_wide))
    if unit and measure(unit).dimension:
        return shares
    return max(points[0], shares[0]), max(points[1], shares[1])


class Setting(NamedTuple):
    """What the row, not the wording, says: unit, direction (None: unknown), bands, the base of a relation."""

    unit: str
    favourable: Favourable | None
    tolerances: Tolerances
    baseline: Decimal | None

    def direction(self, lowering: bool) -> Favourable:
        if self.favourable is not None:
            return self.favourable
        return Favourable.LOWER if lowering else Favourable.HIGHER


def bounded(amount: Amount, unit: str, setting: Setting, kind: Kind) -> Reading:
    direction = setting.direction(amount.lowering)
    far = amount.upper if amount.upper is not None and direction is Favourable.LOWER else amount.number
    soft = amount.manner is Kind.ABOUT or amount.rough
    firm, wide = bands(far, unit, setting.tolerances) if soft else (ZERO, ZERO)
    accepted = accepted_by(amount.manner, amount.number, amount.upper, favourable=direction, band=firm)
    return Reading(
        kind, number=far, unit=unit, aspiration=amount.aspiration, accepted=accepted,
        wide=accepted_by(amount.manner, amount.number, amount.upper, favourable=direction, band=wide) if soft else None,
        manner=amount.manner, name=amount.name, moves=amount.moves, row_unit=setting.unit, upper=amount.upper,
    )  # fmt: skip
