"""The small print below the table: nature, adjusted targets, other bases, breaks, and where figures come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.judging.terms import OutcomeState
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.numerals import plain


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document that figures of the page come from; an unknown date or address is empty."""

    title: str
    url: str
    published_on: str


def notes_of(published: list[PublishedRow]) -> tuple[str, ...]:
    """All notes, in a fixed order."""
    return tuple(
        filter(None, [_nature(published), *_adjusted(published), _bases(published), _breaks(published)])
    )


def sources_of(published: Iterable[PublishedRow]) -> tuple[SourceLine, ...]:
    """Every document named as a row's source, once."""
    lines = (
        SourceLine(
            row.source_title,
            row.source_url,
            f"{row.source_published_on:%Y-%m-%d}" if row.source_published_on else "",
        )
        for row in published
        if row.source_title
    )
    return tuple(dict.fromkeys(lines))


def _nature(published: list[PublishedRow]) -> str:
    binding = sum(row.counted and row.nature == Nature.BINDING for row in published)
    return f"标“约束性”者为约束性指标，共 {binding} 项，其余为预期性指标。" if binding else ""


def _adjusted(published: list[PublishedRow]) -> list[str]:
    return [f"{row.name}：{row.adjustment}" for row in published if row.adjustment]


def _bases(published: list[PublishedRow]) -> str:
    """Figures on another basis stand beside the judged ones, never in their place."""
    by_note: dict[str, list[str]] = {}
    for row in published:
        if row.basis_value is not None and row.outcome_state != OutcomeState.REDEFINED:
            words = f"{row.name} {plain(row.basis_value)}{row.basis_unit}"
            by_note.setdefault(row.basis_note, []).append(words)
    return "".join(f"{note}：{'，'.join(words)}（不作为判定依据）。" for note, words in by_note.items())


def _breaks(published: list[PublishedRow]) -> str:
    names = [row.name for row in published if row.series_break]
    return f"与上年不可比的指标：{'、'.join(names)}。" if names else ""
