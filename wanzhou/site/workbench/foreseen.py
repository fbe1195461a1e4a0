"""What a change will do, as the desks show it before anybody decides: rows, the tally, what stays to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.effects import Effect
from wanzhou.kernel.accounts.models import User
from wanzhou.site.dashboard.tones import TONES, Tone, tone_of
from wanzhou.site.reports.publishing import PUBLISHES

from . import places
from .previews import Count


@dataclass(frozen=True, slots=True)
class ForeseenRow:
    """One row, its state before and after."""

    name: str
    ordinal: int | None
    before: Tone
    after: Tone
    turns: bool
    sentence_before: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One period after the change; `publish` is where it is made public, for those who may."""

    period: str
    rows: tuple[ForeseenRow, ...]
    counts: tuple[Count, ...]
    owing_before: int
    owing: int
    publish: str

    @property
    def conclusion(self) -> str:
        """The whole effect in one sentence."""
        turned = sum(row.turns for row in self.rows)
        said = f"{turned} 行的结论改变" if turned else "没有一行的结论改变"
        if self.owing != self.owing_before:
            said += f"，缺原因说明由 {self.owing_before} 条变为 {self.owing} 条"
        return f"{said}。"


def foreseen(effects: Iterable[Effect], reader: User) -> tuple[Foreseen, ...]:
    """The effects, ready to be shown."""
    publishes = reader.has_perm(PUBLISHES)
    return tuple(
        Foreseen(
            period=str(effect.period),
            rows=tuple(_rows(effect)),
            counts=tuple(_counts(effect)),
            owing_before=effect.owing_before,
            owing=effect.owing,
            publish=places.publish(effect.period.plan, effect.period) if publishes else "",
        )
        for effect in effects
    )


def _rows(effect: Effect) -> Iterator[ForeseenRow]:
    for row in effect.rows:
        counted = row.target.ordinal is not None
        yield ForeseenRow(
            name=row.target.name,
            ordinal=row.target.ordinal,
            before=tone_of(row.before, counted=counted),
            after=tone_of(row.after, counted=counted),
            turns=row.turns,
            sentence_before=row.sentence_before,
            sentence=row.sentence,
        )


def _counts(effect: Effect) -> Iterator[Count]:
    was, now = effect.counts_before, effect.counts
    for state, tone in TONES.items():
        if was[state] or now[state]:
            yield Count(tone, was[state], now[state])
