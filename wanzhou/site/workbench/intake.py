"""The pages of a reading: its parts, its pieces beside the text, and what was typed into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from indicators.models.targets import Nature
from projects.stages import Stage
from wanzhou.site.reports.intake.deciding import decided_pieces
from wanzhou.site.reports.intake.kept import Reading
from wanzhou.site.reports.intake.passages import Place
from wanzhou.site.reports.intake.pieces import Choice, Decided, Part, parts_of
from wanzhou.site.reports.intake.report import Report, Sure

AROUND = 12  # passages shown before the first and after the last piece of a part
LABELS = {
    "name": "名称",
    "unit": "单位",
    "target": "目标",
    "outcome": "完成情况",
    "nature": "属性",
    "stage": "阶段",
    "quantity": "数量",
    "wording": "目标表述",
}
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "nature": (("", "未写明"), *((one.value, one.label) for one in Nature)),
    "stage": (("", "没有认出"), *((one.value, one.label) for one in Stage)),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that may be changed of a piece."""

    name: str
    label: str
    value: str
    was: str
    longest: int
    choices: tuple[tuple[str, str], ...]
    fault: str = ""

    @property
    def changed(self) -> bool:
        """Whether a person wrote something else than was read."""
        return self.value != self.was


@dataclass(frozen=True, slots=True)
class Line:
    """One piece on the page."""

    key: str
    head: str
    clause: str
    number: int
    choice: str
    by: str
    sure: Sure
    doubt: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A part with how far it is."""

    part: Part
    current: bool
    accepted: int
    refused: int
    left: int
    certain: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One passage of the text, in spans: those that a piece of the page stands in are marked."""

    number: int
    spans: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Everything the page of a reading shows."""

    reading: Reading
    report: Report
    tabs: tuple[Tab, ...]
    tab: Tab | None
    lines: tuple[Line, ...]
    excerpts: tuple[Excerpt, ...]
    whole: bool
    left: int
    certain: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent of the pieces of a part, and what is wrong with it, by the name of the field."""

    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def intake_page(
    reading: Reading,
    code: str,
    *,
    whole: bool = False,
    posted: QueryDict | None = None,
    typed: Typed | None = None,
) -> IntakePage:
    """The page of a part (`code`, or the first); with what was typed where that could not be kept."""
    report = reading.report
    parts = parts_of(report)
    chosen = next((part for part in parts if part.code == code), parts[0] if parts else None)
    pieces = decided_pieces(reading)
    tabs = tuple(_tab(part, pieces, current=part == chosen) for part in parts)
    own = [one for one in pieces if chosen is not None and one.piece.part == chosen.code]
    faults = typed.faults if typed else {}
    return IntakePage(
        reading=reading,
        report=report,
        tabs=tabs,
        tab=next((tab for tab in tabs if tab.current), None),
        lines=tuple(_line(one, posted, faults) for one in own),
        excerpts=_excerpts(reading, own, whole=whole),
        whole=whole,
        left=sum(tab.left for tab in tabs),
        certain=sum(tab.certain for tab in tabs),
    )


def _tab(part: Part, pieces: Iterable[Decided], *, current: bool) -> Tab:
    own = [one for one in pieces if one.piece.part == part.code]
    count = Counter(one.choice for one in own)
    certain = sum(one.choice is None and one.piece.sure is Sure.CERTAIN for one in own)
    return Tab(part, current, count[Choice.ACCEPTED], count[Choice.REFUSED], count[None], certain)


def _line(one: Decided, posted: QueryDict | None, faults: Mapping[str, str]) -> Line:
    piece, facts = one.piece, one.facts
    choice = one.choice.value if one.choice else ""
    cells = []
    for name, longest in piece.longest.items():
        was, key = str(piece.facts[name]), f"{piece.key}-{name}"
        value = posted.get(key, was) if posted is not None else str(facts[name])
        cells.append(Cell(key, LABELS[name], value, was, longest, CHOICES.get(name, ()), faults.get(key, "")))
    return Line(
        key=piece.key,
        head=_head(facts),
        clause=str(facts.get("clause") or facts.get("sentence") or ""),
        number=piece.place.number,
        choice=posted.get(f"{piece.key}-choice", "") if posted is not None else choice,
        by=one.by,
        sure=piece.sure,
        doubt=piece.doubt,
        cells=tuple(cells),
    )


def _head(facts: Mapping[str, Any]) -> str:
    """What stands before the name: the number of a row, the section of an entry."""
    if "sub" in facts:
        return "其中" if facts["sub"] else str(facts["ordinal"] or "")
    return str(facts.get("section", ""))


def _excerpts(reading: Reading, own: Iterable[Decided], *, whole: bool) -> tuple[Excerpt, ...]:
    places: dict[int, list[Place]] = {}
    for one in own:
        places.setdefault(one.piece.place.number, []).append(one.piece.place)
    lines = reading.lines
    first = 1 if whole or not places else max(1, min(places) - AROUND)
    last = len(lines) if whole or not places else min(len(lines), max(places) + AROUND)
    return tuple(
        Excerpt(number, _spans(lines[number - 1], places.get(number, [])))
        for number in range(first, last + 1)
        if lines[number - 1].strip()
    )


def _spans(text: str, places: list[Place]) -> tuple[tuple[str, bool], ...]:
    """The text cut where marked pieces begin and end; pieces that overlap are marked once."""
    spans: list[tuple[str, bool]] = []
    at = 0
    for place in sorted(places, key=lambda one: (one.start, one.end)):
        start, end = max(at, place.start), max(at, place.end)
        spans += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(span for span in (*spans, (text[at:], False)) if span[0])


def typed_of(reading: Reading, code: str, posted: QueryDict) -> Typed:
    """What was sent of the part's pieces: whoever changed a piece has accepted it, unless he refuses it."""
    said: dict[str, Mapping[str, Any]] = {}
    faults: dict[str, str] = {}
    for one in decided_pieces(reading):
        piece = one.piece
        names = ("choice", *piece.longest)
        if piece.part != code or not any(f"{piece.key}-{name}" in posted for name in names):
            continue
        edits = {}
        for name, longest in piece.longest.items():
            key = f"{piece.key}-{name}"
            value = " ".join(posted.get(key, str(piece.facts[name])).split())
            if fault := _fault(name, value, longest):
                faults[key] = fault
            if value != " ".join(str(piece.facts[name]).split()):
                edits[name] = value
        choice = posted.get(f"{piece.key}-choice", "")
        choice = choice if choice in list(Choice) else (Choice.ACCEPTED.value if edits else "")
        said[piece.key] = {"choice": choice, "edits": edits if choice == Choice.ACCEPTED else {}}
    return Typed(said, faults)


def _fault(name: str, value: str, longest: int) -> str:
    if name in CHOICES and value not in dict(CHOICES[name]):
        return "请从列出的几项里选。"
    if name == "name" and not value:
        return "名称不能空。"
    if len(value) > longest:
        return f"最多 {longest} 个字。"
    if "\0" in value:
        return "含有不能保存的字符。"
    return ""
