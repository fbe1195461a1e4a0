"""The record of what the public was told and when: published, replaced, adjusted, ruled. Newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indicators.judging.terms import Verdict
from indicators.models import PublishedRow
from indicators.models.actuals import Replacement
from wanzhou.kernel.numerals import UNKNOWN
from wanzhou.kernel.pages.templating import day

from .conclusions import outcome_of
from .years import Told

RESTATED = "随其他更新重新发布，内容未变"


@dataclass(frozen=True, slots=True)
class Event:
    """One act of publication, as far as it was about this indicator."""

    on: str
    iso: str
    title: str
    details: tuple[str, ...]


def record_of(history: Iterable[PublishedRow]) -> tuple[Event, ...]:
    """Every publication of the indicator; `history` is in the order of publication."""
    before: dict[tuple[int, int | None], Told] = {}
    events: list[Event] = []
    for row in history:
        told, key = Told.of(row), (row.target_id, row.publication.period_id)
        known = before.get(key)
        events.append(_first(told) if known is None else _again(known, told))
        before[key] = told
    return tuple(reversed(events))


def _event(told: Told, title: str, details: Iterable[str]) -> Event:
    at = told.row.publication.at
    return Event(day(at), at.isoformat(), title, tuple(filter(None, details)))


def _first(told: Told) -> Event:
    row = told.row
    if told.term is None:
        title = f"公布 {told.year} 年目标：{row.wording or UNKNOWN}"
        return _event(told, title, [row.adjustment, _named(told), _source(told)])
    if not row.outcome_wording:
        return _event(told, f"{told.when}：{_word(told)}", [_source(told) if told.stated else ""])
    title = f"公布 {told.when}完成情况：{outcome_of(told)}"
    return _event(told, title, [f"{_conclusion(told)}：{_word(told)}", *_ruled(told), _source(told)])


def _word(told: Told) -> str:
    return "待基数" if told.awaits_base else told.shown.tone.word


def _conclusion(told: Told) -> str:
    return "结论" if told.row.verdict else "序时进度"


def _again(known: Told, told: Told) -> Event:
    """What is new since the row was published last."""
    changes = list(_changes(known, told))
    title, *details = changes or [f"{told.when}：{RESTATED}"]
    replaced = bool(changes) and outcome_of(known) != outcome_of(told)
    return _event(told, title, [*details, _source(told) if replaced else ""])


def _changes(known: Told, told: Told) -> Iterator[str]:
    before, after = known.row, told.row
    if outcome_of(known) != outcome_of(told):
        kind = f"（{Replacement(after.replaced_because).label}）" if after.replaced_because else ""
        yield f"{told.when}完成情况替换{kind}：{outcome_of(known)} → {outcome_of(told)}"
    if before.wording != after.wording:
        yield f"{told.year} 年目标调整：{before.wording or UNKNOWN} → {after.wording or UNKNOWN}"
        yield after.adjustment
    if known.state != told.state:
        yield f"{told.when}{_conclusion(told)}：{_word(known)} → {_word(told)}"
    if before.ruling_reason != after.ruling_reason:
        yield from _ruled(told)
    yield from (f"{told.when}{words}" for words in _surroundings(before, after))


def _ruled(told: Told) -> Iterator[str]:
    row = told.row
    if row.ruling_reason:
        computed, verdict = Verdict(row.computed).label, Verdict(row.verdict).label
        yield f"人工认定：{computed} → {verdict}。理由：{row.ruling_reason}"


def _surroundings(before: PublishedRow, after: PublishedRow) -> Iterator[str]:
    if before.cause != after.cause:
        yield "原因说明有更新" if before.cause else "补充原因说明"
    if before.measures != after.measures:
        yield "下一步措施有更新"
    if before.waiting and after.waiting and before.waiting != after.waiting:
        yield "等待市级反馈的情况有更新"
    if before.base and after.base and before.base != after.base:
        yield "所依基数有更新"
    if before.references != after.references:
        yield "参考数据有更新"
    if before.documents != after.documents:
        yield "佐证材料有更新" if before.documents else "补充佐证材料"
    if (before.basis_value, before.basis_note) != (after.basis_value, after.basis_note):
        yield "另一口径的数有更新"


def _named(told: Told) -> str:
    """The name and unit that the plan gives."""
    return f"名称“{told.row.name}”" + (f"，单位{told.row.unit}" if told.row.unit else "")


def _source(told: Told) -> str:
    row = told.row
    if not row.source_title:
        return ""
    place = f"，{row.source_place}" if row.source_place else ""
    on = f"，{day(row.source_published_on)}发布" if row.source_published_on else ""
    return f"来源：《{row.source_title}》{place}{on}"
