"""What the marks of all sheets have in common: their styles, the band of a target, the key below. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .series import Aim, Figure, Year
from .sheets import Drawing

# The words for missing figures that are states of their own keep the colour of the state.
_MISSING_STYLES = {"待市级反馈": "wait", "市级暂未反馈": "wait", "待基数": "wait", "口径调整": "cal"}
UNDRAWN_TARGET = "目标见下表"


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the key: a mark and what it means."""

    style: str
    words: str


def dot_style(figure: Figure) -> str:
    """Solid where the figure is final as far as is known, hollow where it is not."""
    return "hol" if figure.version else "sol"


def missing_style(word: str) -> str:
    """The style of the word that stands in an empty place."""
    return _MISSING_STYLES.get(word, "gap")


def zone(drawing: Drawing, aim: Aim, left: Decimal, right: Decimal) -> None:
    """The band where the target is met; an open side runs to the end of the axis."""
    if not aim.banded:
        return
    low = drawing.scale.low if aim.low is None else aim.low
    drawing.box(left, right, low, drawing.scale.high if aim.high is None else aim.high, "z")


def figure_keys(years: Iterable[Year], solid: Key, hollow: str) -> tuple[Key, ...]:
    """The key of the figures: the settled ones, and the others under the words that they carry."""
    known = [figure for year in years for figure in year.figures if figure.value is not None]
    versions = "、".join(dict.fromkeys(figure.version for figure in known if figure.version))
    settled = (solid,) if any(not figure.version for figure in known) else ()
    return (*settled, Key(hollow, versions)) if versions else settled


def target_keys(years: Iterable[Year]) -> tuple[Key, ...]:
    """The key of targets, their bands and figures on another basis: only what the years have."""
    years = tuple(years)
    banded = [year for year in years if year.comparable and year.aim and year.aim.banded]
    bases = [figure.basis for year in years for figure in year.figures if figure.basis]
    words = "、".join(dict.fromkeys(basis.words for basis in bases))
    shown = [
        (any(year.heights for year in years), Key("tg", "年度目标")),
        (bool(banded), Key("z", "达标区间")),
        (bool(bases), Key("alt", f"另一口径（{words}），不作比较")),
    ]
    return tuple(key for present, key in shown if present)
