"""What an opened workbook says of rows: their names, figures and notes, found by its headings. Pure.

Titles above the headings and columns beside them are passed over. Nothing is guessed: what stands where a figure
should and is none is named with its cell, its content and what would be accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from indicators.cells import WITHOUT_FIGURE
from indicators.judging.outcomes import read_outcome
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import Line, Sheet
from wanzhou.kernel.workbooks.squares import Fault, Square

from .headings import Asked, Columns, Heading, heading_of, names_indicators, tables_in

ACCEPTED = "应填数字，或“市级暂未反馈”“口径调整”“年度指标”。"
NO_HEADING = "没有找到表头：须有“指标”一列和“{label}”（或“完成情况”）一列。"
ONLY_NAMES = (
    "有指标名称一列，没有{asked}的完成情况：须有一列“{label}”（或“完成情况”）。"
    "年度目标不在这里导入，请到“编制新年度计划”里粘贴。"
)
SAID_AS_REPORTED = frozenset({"", "正常填报"})
WHY_NOT = {
    Fault.FORMULA: (
        "是公式，文件里没有存下算出的数，没有读取：请复制这一格，“选择性粘贴”为“数值”后再上传，或直接填数。"
    ),
    Fault.DATE: (
        "是日期（{text}），没有读取：6.5、6-5 这样的数常被自动变成日期。请把这一格设为“文本”，重新填数后再上传。"
    ),
    Fault.ERROR: f"是错误值 {{text}}，没有读取：{ACCEPTED}",
    Fault.TRUTH: f"是 {{text}}，没有读取：{ACCEPTED}",
    Fault.SCALED: (
        "存的是 {text}，显示格式却把它缩小了，看到的和存的不一样，没有读取："
        "请把单元格格式改为“常规”，核对后再上传。"
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a sheet: the row that it names, the text for its cell, and where it stands.

    `note` is None where the sheet says nothing beside; `unit` is the sheet's own, where it has one. `is_result`: a
    formula came to this text. `shown` is what the sheet showed, where that differs from what it holds.
    """

    place: str
    name: str
    text: str
    note: str | None = None
    unit: str = ""
    is_result: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Untold:
    """A place in the file that was not read, and why, in Chinese."""

    place: str
    why: str


def lines_told(name: str, sheets: Collection[Sheet], *, asked: Asked) -> Iterator[Told | Untold]:
    """What the file's sheets say of the period that is asked for."""
    found = False
    for sheet in sheets:
        place = f"《{name}》{f'“{sheet.name}”' if sheet.name else ''}"
        heading = heading_of(sheet.lines, asked)
        if heading is not None:
            found = True
            yield from _sheet(sheet, heading, place, asked)
        if sheet.unread:
            yield Untold(place, sheet.unread)
    if not found:
        is_named = any(names_indicators(line) for sheet in sheets for line in sheet.lines)
        why = (ONLY_NAMES if is_named else NO_HEADING).format(asked=asked, label=asked.label)
        yield Untold(f"《{name}》", why)


def _sheet(sheet: Sheet, heading: Heading, place: str, asked: Asked) -> Iterator[Told | Untold]:
    """A sheet under its headings, unless it is hidden or its title speaks of another time."""
    title = "".join(square.text for line in sheet.lines[: heading.position] for square in line.squares)
    if sheet.is_hidden:
        yield Untold(place, "这张工作表是隐藏的，没有读取。要用里面的数，请取消隐藏后再上传。")
    elif asked.is_another(title):
        said = f"标题写的是“{title[:40]}”，这里填的是{asked}，整张没有读取。"
        yield Untold(place, f"{said}如果确是这一期的数，请改好标题再上传。")
    else:
        yield from _body(sheet.lines[heading.position + heading.lines :], heading.tables, place, asked)


def _body(
    lines: Sequence[Line], tables: Sequence[Columns], place: str, asked: Asked
) -> Iterator[Told | Untold]:
    for line in lines:
        if names_indicators(line):  # the heading again, as after the break of a page
            tables = tables_in(line.squares, asked) or tables
            continue
        by_column = {square.column: square for square in line.squares}
        for columns in tables:
            yield from _row(by_column, columns, place)


def _row(by_column: dict[str, Square], columns: Columns, place: str) -> Iterator[Told | Untold]:
    name, figure = by_column.get(columns.name), by_column.get(columns.figure)
    if len(columns.figures) > 1:
        yield from _ambiguous(name, columns, by_column, place)
    elif name is None:
        if figure is not None and _says_something(figure):
            yield Untold(
                f"{place}{figure.address}", f"“{figure.text}”这一行没有指标名称，没有读取：{EVERY_ROW}"
            )
    else:
        told = _figure(name, figure, by_column.get(columns.state), place)
        if isinstance(told, Told):
            told = replace(told, unit=_unit(by_column.get(columns.unit), name))
            yield from _with_note(told, by_column.get(columns.note), place)
        elif told is not None:
            yield told


EVERY_ROW = "每一行都要写上名称（合并的单元格请拆开）。"


def _ambiguous(
    name: Square | None, columns: Columns, by_column: dict[str, Square], place: str
) -> Iterator[Untold]:
    filled = [square for square in columns.figures if square.column in by_column]
    if name is not None and filled:
        said = "、".join(f"“{square.text}”" for square in columns.figures)
        yield Untold(
            f"{place}{name.address}", f"“{_joined(name)}”：{said}几列都像是要填的数，没有读取，请只留一列。"
        )


def _figure(name: Square, figure: Square | None, state: Square | None, place: str) -> Told | Untold | None:
    """What stands in the row's cell, or is picked instead of it; None where nothing is said."""
    picked = "" if state is None or state.text in SAID_AS_REPORTED else _joined(state)
    called = _joined(name)
    if figure is None:
        return Told(f"{place}{name.address}", called, picked) if picked else None
    at = f"{place}{figure.address}"
    if figure.fault is not None and not (figure.fault is Fault.FORMULA and figure.text):
        return Untold(at, f"“{called}”的数据{WHY_NOT[figure.fault].format(text=figure.text)}")
    text = _joined(figure)
    if picked and fold(picked) != fold(text):
        return Untold(at, f"“{called}”填了“{text}”，又选了“{picked}”，没有读取：请只留一个。")
    return Told(at, called, text, is_result=figure.fault is Fault.FORMULA, shown=figure.shown)


def _with_note(told: Told, note: Square | None, place: str) -> Iterator[Told | Untold]:
    if note is None:
        yield told
    elif note.fault is Fault.ERROR or not note.text:
        yield told
        yield Untold(f"{place}{note.address}", f"“{told.name}”的备注是{note.text or '公式'}，没有读取。")
    else:
        yield replace(told, note=" ".join(note.text.split()))


def _says_something(square: Square) -> bool:
    """A figure or a word that stands for one; a heading's second line or a title says nothing."""
    is_word = read_outcome(_joined(square)).state in WITHOUT_FIGURE
    return square.fault is not None or is_word or any(sign.isdigit() for sign in square.text)


def _unit(square: Square | None, name: Square) -> str:
    """The unit that the sheet states: in its own column, else in the brackets behind the name."""
    if square is not None:
        return _joined(square)
    head, bracket, tail = fold(name.text).rpartition("(")
    return tail.removesuffix(")") if bracket and head and tail.endswith(")") else ""


def _joined(square: Square) -> str:
    """The text of a cell as it is read, without the line breaks that made it fit."""
    return "".join(part.strip() for part in square.text.splitlines())
