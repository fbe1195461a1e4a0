"""The page of the log: what is asked for of it, kind by kind, and what is said of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indicators.differences import REPLACEMENTS
from wanzhou.kernel.pages.filtering import Chip, FilterForm, Menu, Option
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.headline import Headline
from wanzhou.site.dashboard.lists import Pages, page_of
from wanzhou.site.dashboard.tones import Tone, tone_of

from .kinds import MEANING, LogKind
from .log import Entry, log_of

PARAMETERS = ("kind", "year")
SIZE = 50
REPLACING = tuple(LogKind(kind.value) for kind in REPLACEMENTS)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the looks of its states; both are None where the states are not what it is about."""

    entry: Entry
    tone_before: Tone | None
    tone_after: Tone | None


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind that stand on this page, of `count` in all."""

    kind: LogKind
    meaning: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Everything the page shows. `clean`: no error of ours was ever corrected; said where that is asked for."""

    headline: Headline
    form: FilterForm
    clean: bool
    groups: tuple[Group, ...]
    pages: Pages
    found: int


def corrections_of(visit: Visit) -> Corrections:
    """The log as the visitor filters it; five queries. Raises BadQuestion and NoSuchPage."""
    log = log_of(visit.as_of.moment)
    entries = asked_for(log, visit)
    shown, pages = page_of(entries, visit, size=SIZE)
    counts = Counter(entry.kind for entry in log)
    asked = visit.said("kind")
    return Corrections(
        headline=headline_of(counts),
        form=_form(log, visit),
        clean=not counts[LogKind.CORRECTION] and asked in ("", LogKind.CORRECTION) and pages.first <= 1,
        groups=_groups(shown, Counter(entry.kind for entry in entries)),
        pages=pages,
        found=len(entries),
    )


def asked_for(log: Sequence[Entry], visit: Visit) -> tuple[Entry, ...]:
    """The entries of the kind and year that the visit names; raises BadQuestion."""
    kind, year = visit.said("kind"), visit.said("year")
    _require("类别", kind, dict(LogKind.choices()))
    _require("年度", year, {str(each): f"{each} 年" for each in _years(log)})
    return tuple(entry for entry in log if kind in ("", entry.kind) and year in ("", str(entry.act.year)))


def headline_of(counts: Mapping[LogKind, int]) -> Headline:
    """How often was published and how much of it was corrected; calm where nothing was."""
    published, wrong = counts[LogKind.PUBLICATION], counts[LogKind.CORRECTION]
    replaced = sum(counts[kind] for kind in REPLACING) - wrong
    other = sum(counts.values()) - published - wrong - replaced
    phrases = [f"发布 {published} 次", f"更正录入差错 {wrong} 条" if wrong else "没有更正"]
    told = "；".join(
        filter(
            None,
            (
                f"因市级反馈、统计核定或口径调整替换数字 {replaced} 条" if replaced else "",
                f"目标调整、人工认定、补充等其他变化 {other} 条" if other else "",
            ),
        )
    )
    nothing = "" if wrong or replaced else "至今没有替换过已公开的数字。"
    lede = f"{told}。" if told else ""
    return Headline(
        (f"{phrases[0]}，", phrases[1]), f"{lede}{nothing}每一次发布只增加、不改写，原来的内容都能查到。"
    )


def _require(label: str, answer: str, choices: Mapping[str, str]) -> None:
    if answer and answer not in choices:
        accepted = "、".join(f"{code}（{word}）" for code, word in choices.items()) or "无"
        raise BadQuestion(f"{label}没有“{answer[:30]}”；可选：{accepted}")


def _years(log: Sequence[Entry]) -> list[int]:
    return sorted({entry.act.year for entry in log}, reverse=True)


def _groups(entries: Sequence[Entry], counts: Mapping[LogKind, int]) -> tuple[Group, ...]:
    return tuple(
        Group(kind, MEANING[kind], counts[kind], tuple(map(_line, group)))
        for kind, group in groupby(entries, key=lambda entry: entry.kind)
    )


def _line(entry: Entry) -> Line:
    if not (entry.state_before or entry.state_after) or (entry.kind is LogKind.RESTATEMENT and entry.after):
        return Line(entry, None, None)
    before, after = (
        tone_of(state, counted=entry.counted) for state in (entry.state_before, entry.state_after)
    )
    return Line(entry, before if entry.state_before and before != after else None, after)


def _form(log: Sequence[Entry], visit: Visit) -> FilterForm:
    present = {entry.kind for entry in log}
    kinds = [(kind.value, kind.label) for kind in LogKind if kind in present]
    years = [(str(year), f"{year} 年") for year in _years(log)]
    menus = (_menu("kind", "类别", kinds, visit), _menu("year", "年度", years, visit))
    chips = tuple(
        Chip(option.label, visit.again(**{menu.name: None}, page=None))
        for menu in menus
        for option in menu.options
        if option.chosen and option.code
    )
    return FilterForm(menus, chips, visit.again(kind=None, year=None, page=None))


def _menu(name: str, label: str, choices: list[tuple[str, str]], visit: Visit) -> Menu:
    answer = visit.said(name)
    known = [("", "全部"), *choices]
    if answer and answer not in dict(choices):
        known.append((answer, LogKind(answer).label if name == "kind" else answer))
    return Menu(name, label, tuple(Option(code, word, code == answer) for code, word in known), answer)
