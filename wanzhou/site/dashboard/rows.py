"""A row of the table of targets, as the page shows it: filled from what was published, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import Accrual, Kind, OutcomeState, Version
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.numerals import Numeral, of_value, of_wording, plain
from wanzhou.site.charts.bullets import ZERO, Bullet, Gauge, bullet
from wanzhou.site.reports.gaps import gap_words

from .tones import Tone, tone_of

PRICE_INDEX_ORIGIN = Decimal(100)
# Targets that are a number on the indicator's own scale; a class, a rank or a relation makes no picture.
DRAWN = {Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOVE, Kind.BELOW, Kind.PLAIN, Kind.ABOUT, Kind.NO_NEGATIVE_GROWTH}
WORDLESS = {OutcomeState.UNREPORTED, OutcomeState.NOT_COLLECTED, OutcomeState.ANNUAL_ONLY}


@dataclass(frozen=True, slots=True)
class Row:
    """One target with its outcome, picture, difference and verdict."""

    code: str
    ordinal: int | None
    name: str
    short_name: tuple[str, ...]
    unit: str
    binding: bool
    target: Numeral
    outcome: Numeral
    basis: str
    bullet: Bullet | None
    bullet_words: str
    gap: str
    tone: Tone
    state: str
    sentence: str
    reachability: str
    ruling_reason: str
    source: str
    department: str

    @property
    def anchor(self) -> str:
        """The row's place on the page."""
        return f"r{self.ordinal}" if self.ordinal is not None else f"r-{self.code}"

    @property
    def href(self) -> str:
        """The indicator's own page."""
        return f"/indicators/{self.code}/"

    @property
    def classes(self) -> str:
        """How the row stands in a table: a sub-row, or one that needs attention."""
        flagged = f"flag {self.tone.style}" if self.tone.flagged else ""
        return " ".join(filter(None, ("" if self.counted else "sub", flagged)))

    @property
    def counted(self) -> bool:
        """Whether the tally counts the row."""
        return self.ordinal is not None

    @property
    def target_words(self) -> str:
        """The target with its unit, in one piece: `1.7左右` reads `1.7%左右`."""
        return self.target.text or f"{self.target.number}{self.unit}{self.target.qualifier}"


def row_of(published: PublishedRow) -> Row:
    """The row to show for a published row."""
    target, outcome = of_wording(published.wording), _outcome(published)
    state = published.verdict or published.pace
    tone = tone_of(state, counted=published.counted)
    return Row(
        code=published.code,
        ordinal=published.ordinal,
        name=published.name,
        short_name=tuple(published.short_name.split()),
        unit=published.unit,
        binding=published.nature == Nature.BINDING,
        target=target,
        outcome=outcome,
        basis=_basis(published),
        bullet=_bullet(published),
        bullet_words=f"目标 {target.printed}，{_spoken(outcome, tone)}",
        gap=gap_words(published),
        tone=tone,
        state=state,
        sentence=published.sentence,
        reachability=published.reachability,
        ruling_reason=published.ruling_reason,
        source="，".join(filter(None, [published.source_title, published.source_place])),
        department=published.department,
    )


def _spoken(outcome: Numeral, tone: Tone) -> str:
    return f"实际 {outcome.printed}" if outcome.number else tone.word


def _outcome(published: PublishedRow) -> Numeral:
    if published.outcome_value is not None:
        return of_value(published.outcome_value, _version(published))
    if published.outcome_wording:
        return of_wording(published.outcome_wording)
    if not published.outcome_state or published.outcome_state in WORDLESS:
        return Numeral(text="—")
    return Numeral(text=OutcomeState(published.outcome_state).label)


def _version(published: PublishedRow) -> str:
    """What is to be said of a figure that is not final."""
    if published.outcome_state == OutcomeState.ESTIMATED:
        return "预计"
    return Version(published.outcome_version).label if published.outcome_version else ""


def _basis(published: PublishedRow) -> str:
    """The figure on another basis, never in place of the judged one."""
    if published.basis_value is None:
        return ""
    return f"{published.basis_note} {plain(published.basis_value)}{published.basis_unit}".strip()


def _bullet(published: PublishedRow) -> Bullet | None:
    """The picture of a row whose target is a number."""
    target = _decimal(published.reading.get("number"))
    if target is None or published.reading.get("kind") not in DRAWN:
        return None
    index = "指数" in published.name and target >= PRICE_INDEX_ORIGIN
    gauge = Gauge(
        target=target,
        low=_decimal(published.reading.get("low")),
        high=_decimal(published.reading.get("high")),
        value=published.outcome_value,
        bound=_bound(published),
        expected=published.expected if published.pace and published.accrual == Accrual.CUMULATIVE else None,
        origin=PRICE_INDEX_ORIGIN if index else ZERO,
    )
    return bullet(gauge, comparable=published.outcome_state != OutcomeState.REDEFINED)


def _bound(published: PublishedRow) -> Decimal | None:
    """The end of an outcome that is known only as a limit: 5.5以内."""
    outcome = read_outcome(published.outcome_wording, unit=published.unit)
    return None if outcome.low is None and outcome.high is None else outcome.value


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
