"""What an opened table says of tasks: found by its headings, whatever their order; every cell keeps its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import Line, Sheet
from wanzhou.kernel.workbooks.squares import Fault, Square

WHY_NOT: Final[Mapping[Fault, str]] = {
    Fault.FORMULA: "是公式，没有读取：请选择性粘贴为数值后再来。",
    Fault.DATE: "是日期（{text}），没有读取：请把这一格设为“文本”，重新填写后再来。",
    Fault.ERROR: "是错误值 {text}，没有读取：请改成要填的内容后再来。",
    Fault.TRUTH: "是 {text}，没有读取：请改成要填的内容后再来。",
    Fault.SCALED: "存的是 {text}，显示格式却把它缩小了，没有读取：请把单元格格式改为“常规”，核对后再来。",
}
HIDDEN: Final = "这张工作表是隐藏的，没有读取。要用里面的内容，请取消隐藏后再来。"
NO_HEADING: Final = "没有找到表头：须有“项目名称”一列，和“阶段”“完成比例”“形象进度”等至少一列。"
NAMES: Final = frozenset({"项目名称", "项目", "名称", "重点项目"})
NUMBERS: Final = frozenset({"编号", "项目编号"})
HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    "stage": frozenset({"阶段", "现阶段", "目前阶段", "已达阶段", "进展阶段"}),
    "percent": frozenset({"完成比例", "完成比例%", "工程进度", "完成百分比", "比例"}),
    "invested": frozenset({"本年完成投资", "今年完成投资", "完成投资", "年度完成投资", "累计完成投资"}),
    "progress": frozenset({"形象进度", "进展情况", "本月进展", "工作进展", "进展"}),
    "difficulty": frozenset({"存在困难", "存在问题", "困难", "问题", "存在困难和问题"}),
    "next_step": frozenset({"下一步措施", "下步措施", "下一步工作", "下一步计划", "措施"}),
    "needs": frozenset({"需协调事项", "需要协调事项", "需协调解决事项", "协调事项"}),
    "reason": frozenset({"倒退缘由", "倒退原因"}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line: where it stands, which task it names (by number or name), and the cells that it fills."""

    place: str
    name: str
    number: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Untold:
    """A place that was not read, what stands there, and why, in Chinese."""

    place: str
    why: str


def lines_told(name: str, sheets: Sequence[Sheet]) -> Iterator[Told | Untold]:
    """What the sheets say; `name` is the file's, empty for a paste. An empty cell fills nothing."""
    found = False
    for sheet in sheets:
        place = f"《{name}》{f'“{sheet.name}”' if sheet.name else ''}" if name else ""
        for position, line in enumerate(sheet.lines):
            columns = columns_of(line.squares)
            if "name" in columns and len(columns.keys() - {"name", "number"}) > 0:
                found = True
                if sheet.is_hidden:
                    yield Untold(place, HIDDEN)
                else:
                    yield from _told(place, sheet.lines[position + 1 :], columns)
                break
        if sheet.unread:
            yield Untold(place or "粘贴的内容", sheet.unread)
    if not found:
        yield Untold(f"《{name}》" if name else "粘贴的内容", NO_HEADING)


def columns_of(row: Iterable[Square]) -> dict[str, str]:
    """Which column says what, where the row is a heading."""
    wanted = {"name": NAMES, "number": NUMBERS, **HEADINGS}
    found: dict[str, str] = {}
    for square in row:
        heading = re.sub(r"\([^()]*\)", "", fold(square.text))
        for what, words in wanted.items():
            if heading in words:
                found.setdefault(what, square.column)
    return found


def _told(place: str, lines: Iterable[Line], columns: Mapping[str, str]) -> Iterator[Told | Untold]:
    for line in lines:
        by_column = {square.column: square for square in line.squares}
        found = {what: by_column[column] for what, column in columns.items() if column in by_column}
        if "name" not in found and "number" not in found:
            continue
        names = {what: found.pop(what).text for what in ("name", "number") if what in found}
        yield from (
            Untold(f"{place}{one.address}", _why_not(names.get("name", ""), one.fault, one.text))
            for one in found.values()
            if one.fault is not None
        )
        cells = {what: one.text for what, one in found.items() if one.fault is None}
        if cells:
            yield Told(f"{place}第{line.row}行", names.get("name", ""), names.get("number", ""), cells)


def _why_not(name: str, fault: Fault, text: str) -> str:
    return f"“{name}”的这一格{WHY_NOT[fault].format(text=text)}"
