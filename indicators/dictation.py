"""Text that names rows and states their figures: pasted sheets, lines of name and value, a sentence from a chat.

``GDP增长6%，固投7.3%，社零6.1`` names three rows. Pure. Nothing is guessed: what names no row, what could name two,
and what says more than a figure (全国GDP…, 税收占…比重) is listed, never filled.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indicators.cells import WITHOUT_FIGURE, figure_in
from indicators.judging.intervals import plain
from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import OutcomeState
from indicators.judging.units import GENERIC_COUNTS, measure, tidy
from wanzhou.kernel.wording import fold

MOST_SIGNS: Final = 20_000
MOST_LINES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be named: its key, unit, and every name and alias it goes by."""

    key: int
    unit: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """One figure that was heard for one row, as it would stand in the cell."""

    key: int
    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was not taken, and why, in Chinese."""

    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Dictation:
    """All that a text says: for each row one figure at most, and what remained unclear."""

    heard: tuple[Heard, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def take_dictation(text: str, rows: Sequence[Row], *, places: Sequence[str] = ()) -> Dictation:
    """Match a text against the rows by their names; `places` are the district's own names. Never raises."""
    if len(text) > MOST_SIGNS:
        return Dictation(unclear=(Unclear(text[:30] + "…", f"太长：一次最多{MOST_SIGNS}个字。"),))
    listener = Listener.of(rows, places)
    heard: list[Heard] = []
    unclear: list[Unclear] = []
    for line in text.splitlines()[:MOST_LINES]:
        for one in listener.in_columns(line) if "\t" in line else listener.in_clauses(line):
            if isinstance(one, Heard):
                heard.append(one)
            else:
                unclear.append(one)
    once, twice = _said_once(heard)
    return Dictation(tuple(once), (*unclear, *twice))


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a block as a sheet copies them: lines and tabs; quoted cells may hold line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.endswith("\n"):
        text = text[:-1]
    lines = _QUOTED.sub(_unquoted, text[:MOST_SIGNS]).split("\n")
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines[:MOST_LINES])


_QUOTED: Final = re.compile(r'(?<![^\t\n])"(?P<inside>(?:[^"]|"")*)"(?![^\t\n])')


def _unquoted(match: re.Match[str]) -> str:
    return " ".join(match["inside"].replace('""', '"').split())


# --- names ------------------------------------------------------------------------------------------------
NO_SUCH_ROW: Final = "没有认出是哪一行：请写这一期填报表里的指标名称或简称。"
_BARE: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_LEADS: Final = re.compile(r"^(?:[#＃]|其中[:：]?|[0-9]+[.、)]|\([0-9]+\))+")


def _named(text: str) -> str:
    """A name in the form in which names are compared."""
    return _IN_BRACKETS.sub("", fold(text)).lower()


def _names_of(rows: Iterable[Row]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        for name in row.names:
            if named := _named(name):
                found.setdefault(named, set()).add(row.key)
    return {name: frozenset(keys) for name, keys in found.items()}


# --- a sentence ---------------------------------------------------------------------------------------------
_CLAUSES: Final = re.compile(r"[，。；;！!？?\n]|,(?![0-9]{3}(?![0-9]))|、")
_BEFORE: Final = re.compile(
    r"(?:我区|全区|本区|区内|其中|上半年|一季度|前三季度|全年|今年|本年|本期|截至|目前|1-[0-9]{1,2}月份?|累计|"
    r"预计|完成|实现|报|更新|是|的|[#:：•·*-]|[0-9]{1,2}[.、)]|\([0-9]+\)|第[0-9]+项|[0-9]{4}年|到?[0-9]{1,2}月(?:底|末)?)*"
)
_BETWEEN: Final = re.compile(
    r"(?:的|约?为|是|:|：|=|＝|在|达到?|到|共|完成|实现|累计|同比|比上年同期|较上年同期|比去年同期|增加值|总额|数量|"
    r"增速|增幅|涨幅|总体|稳定|保持|维持|控制|全年|上半年|一季度|前三季度|已经?|了|目前|仍|，)*"
)
_FIGURE: Final = re.compile(
    r"(?:预计|约|增长|上涨|提高|提升|上升|增加|下降|降低|减少|负|[-+≥≤])*[0-9].*|劣?(?:IV|V|I{1,3}|[一二三四五])类.*"
)


@dataclass(frozen=True, slots=True)
class Listener:
    """Who knows the rows' names and listens for them."""

    names: Mapping[str, frozenset[int]]
    units: Mapping[int, str]
    places: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Row], places: Sequence[str] = ()) -> "Listener":
        """Who knows these rows; `places` are the district's own names."""
        return cls(_names_of(rows), {row.key: row.unit for row in rows}, tuple(map(_named, places)))

    def hear(self, name: str, text: str, *, unit: str = "") -> Heard | Unclear:
        """A name and its text from two cells of a table, as they are; a plain number in another `unit` is converted."""
        keys = self.names.get(_LEADS.sub("", _named(name)), frozenset())
        if len(keys) != 1:
            why = f"“{name}”可以指几行，请直接填在格子里。" if keys else NO_SUCH_ROW
            return Unclear(f"{name}：{text}", why)
        (key,) = keys
        row_unit = self.units[key]
        own = in_unit(text, unit, row_unit)
        if own is None:
            why = f"表里的单位是“{unit}”，这一行按“{row_unit}”填，没有换算：请换算后再上传。"
            return Unclear(f"{name}：{text}", why)
        return Heard(key, own, f"{text}{unit}" if own != text else own)

    def in_columns(self, line: str) -> Iterator[Heard | Unclear]:
        """The first cell that names a row, and the last filled one behind it that is not its unit."""
        cells = [cell.strip() for cell in line.split("\t")]
        for position, cell in enumerate(cells):
            keys = self.names.get(_LEADS.sub("", _named(cell)))
            if keys is None:
                continue
            units = {self.units[key] for key in keys}
            behind = [one for one in cells[position + 1 :] if one and tidy(one) not in units]
            if len(keys) > 1:
                yield Unclear(line.strip(), f"“{cell}”可以指几行，请直接填在格子里。")
            elif behind:
                yield Heard(min(keys), _as_cell(behind[-1], self.units[min(keys)]), line.strip())
            return
        if any(char.isdigit() for char in line):
            yield Unclear(line.strip(), "没有认出是哪一行。")

    def in_clauses(self, line: str) -> Iterator[Heard | Unclear]:
        """Clause by clause; one without a name goes on about the row before (GDP达500亿元，增长6%)."""
        last: Heard | None = None
        for said in filter(None, map(str.strip, _CLAUSES.split(line))):
            for one in self._clause(said, last):
                if isinstance(one, Heard):
                    if last is not None and last.key != one.key:
                        yield last
                    last = one
                else:
                    yield one
        if last is not None:
            yield last

    def _clause(self, said: str, last: Heard | None) -> Iterator[Heard | Unclear]:
        text = _IN_BRACKETS.sub("", fold(said))
        found = self._leftmost(text.lower())
        if found is None:
            if any(char.isdigit() for char in text):
                yield self._going_on(said, text, last)
            return
        start, end = found
        keys, before = self.names[text[start:end].lower()], text[:start]
        if len(keys) > 1:
            yield Unclear(said, f"“{text[start:end]}”可以指几行，请直接填在格子里。")
        elif not _BEFORE.fullmatch(self._without_places(before)):
            yield Unclear(said, f"“{before}”不清楚指什么。")
        else:
            yield _behind(said, text[end:], min(keys), self.units[min(keys)])

    def _going_on(self, said: str, text: str, last: Heard | None) -> Heard | Unclear:
        """Of two figures about one row the one in the row's unit counts: the level or the growth."""
        if last is None:
            return Unclear(said, "没有认出是哪一行。")
        unit = self.units[last.key]
        more = _behind(said, text, last.key, unit)
        fits, fitted = (
            _is_figure(more.text, unit) if isinstance(more, Heard) else None,
            _is_figure(last.text, unit),
        )
        if isinstance(more, Unclear) or fits is fitted:
            return Unclear(said, "没有认出是哪一行。")
        return Heard(last.key, more.text, f"{last.said}，{said}") if fits else last

    def _without_places(self, before: str) -> str:
        for place in self.places:
            before = before.replace(place, "")
        return before

    def _leftmost(self, text: str) -> tuple[int, int] | None:
        """Where the first name stands; of several that begin there, the longest."""
        for start in range(len(text)):
            longest = max((len(name) for name in self.names if text.startswith(name, start)), default=0)
            if longest:
                return start, start + longest
        return None


def in_unit(text: str, unit: str, row_unit: str) -> str | None:
    """A plain number of a table in `unit` as the row states it; None where it cannot be; other texts as they are."""
    theirs, row = tidy(unit), tidy(row_unit)
    if not theirs or not row or theirs == row or not _BARE.fullmatch(fold(text)):
        return text
    if measure(theirs) == measure(row):
        return text
    if measure(theirs).dimension in ("", theirs) and theirs not in GENERIC_COUNTS:
        return text  # what stands in brackets is no unit that we know: 含个体, 现价
    value = figure_in(read_outcome(f"{fold(text)}{theirs}", unit=row_unit), row_unit)
    return None if value is None else plain(value)


def _is_figure(text: str, unit: str) -> bool:
    return figure_in(read_outcome(text, unit=unit), unit) is not None


def _behind(said: str, rest: str, key: int, unit: str) -> Heard | Unclear:
    """What stands behind a name: a figure with the verbs that lead it, or why there is none."""
    if read_outcome(rest, unit=unit).state in WITHOUT_FIGURE:
        return Heard(key, rest.lstrip(":：=为是"), said)
    between = _BETWEEN.match(rest)
    figure = rest[between.end() :] if between else rest
    if not figure:
        return Unclear(said, "只有名称，没有数据。")
    if not _FIGURE.fullmatch(figure.upper()):
        return Unclear(said, f"“{rest}”不只是一个数，请直接填在格子里。")
    return Heard(key, _as_cell(figure, unit), said)


def _as_cell(text: str, unit: str) -> str:
    """The plain number where the text is one exact figure in the row's unit, else the text as it came."""
    outcome = read_outcome(text, unit=unit)
    value = figure_in(outcome, unit)
    if value is None or outcome.state is not OutcomeState.REPORTED or len(outcome.amounts) > 1:
        return text
    return plain(value)


def _said_once(heard: Iterable[Heard]) -> tuple[list[Heard], list[Unclear]]:
    """Rows named once; a row that is named twice with two figures is left to the person."""
    by_key: dict[int, list[Heard]] = {}
    for one in heard:
        by_key.setdefault(one.key, []).append(one)
    once = [same[0] for same in by_key.values() if len({one.text for one in same}) == 1]
    twice = [
        Unclear(one.said, "同一行说了两个不同的数。")
        for same in by_key.values()
        if len({one.text for one in same}) > 1
        for one in same
    ]
    return once, twice
