"""How a target's wording is read, in words that a reader understands. The published reading is all it needs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from indicators.judging.terms import Kind
from wanzhou.kernel.numerals import UNKNOWN, plain

CLASSES = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
BY_A_PERSON = {Kind.RANK, Kind.TREND, Kind.QUALITATIVE, Kind.NARRATIVE}
AGAINST = {
    Kind.RELATIVE_YEAR: "基年的数",
    Kind.RELATIVE_INDICATOR: "所比指标的数",
    Kind.RELATIVE_REGION: "所比地区的数",
}
ONLY_WORDS = {
    Kind.DEFERRED: "在规划期内统筹考核，本年度不考核",
    Kind.ASSIGNED: "数值由上级下达，尚未录入",
    **dict.fromkeys(BY_A_PERSON, "没有可比的数，由人认定"),
}


def read_as(reading: Mapping[str, Any], wording: str, *, unit: str = "", base_year: int | None = None) -> str:
    """The reading as a sentence without its end: `不低于 5.9%（6左右，幅度 0.1）`.

    `reading` is the JSON object of a reading, `unit` the row's, `base_year` the year that the target leans on.
    """
    if not wording:
        return f"目标{UNKNOWN}，不判定"
    text = _read(reading, wording, unit, base_year)
    return f"力争{text}；达不到不算未完成" if _aspires(reading) else text


def _aspires(reading: Mapping[str, Any]) -> bool:
    return bool(reading.get("aspiration")) and reading["kind"] != Kind.COMPOSITE


def _read(reading: Mapping[str, Any], wording: str, unit: str, base_year: int | None) -> str:
    kind = reading["kind"]
    if kind == Kind.COMPOSITE:
        return "；".join(read_as(part, wording, unit=unit, base_year=base_year) for part in reading["parts"])
    if kind == Kind.NONE:
        return "没有提出具体目标，不考核"
    if kind == Kind.GRADE:
        return _class(reading)
    bounds = _bounds(reading, _unit(reading, unit))
    if kind in AGAINST:
        return _relation(reading, bounds, base_year)
    if not bounds:
        return ONLY_WORDS.get(kind, ONLY_WORDS[Kind.NARRATIVE])
    return bounds + _remark(reading, wording)


def _class(reading: Mapping[str, Any]) -> str:
    number = _decimal(reading.get("number"))
    if number is None or not 0 < number < len(CLASSES):
        return ONLY_WORDS[Kind.NARRATIVE]
    return f"{'优于' if reading.get('high_open') else '不差于'}{CLASSES[int(number)]}类（Ⅰ类最好）"


def _bounds(reading: Mapping[str, Any], unit: str) -> str:
    low, high = _decimal(reading.get("low")), _decimal(reading.get("high"))
    parts = []
    if low is not None:
        parts.append(f"{'高于' if reading.get('low_open') else '不低于'} {plain(low)}{unit}")
    if high is not None:
        parts.append(f"{'低于' if reading.get('high_open') else '不高于'} {plain(high)}{unit}")
    return "，且".join(parts)


def _unit(reading: Mapping[str, Any], row_unit: str) -> str:
    """The unit of the bounds: the row's for a relation, whose own unit is the step's, else the wording's."""
    unit = row_unit if reading["kind"] in AGAINST else reading.get("unit") or ""
    return unit if unit in {"", "%", "‰"} else f" {unit}"


def _relation(reading: Mapping[str, Any], bounds: str, base_year: int | None) -> str:
    against = (
        f" {base_year} 年的数"
        if base_year and reading["kind"] == Kind.RELATIVE_YEAR
        else AGAINST[reading["kind"]]
    )
    if bounds:
        return f"{bounds}（按{against}折算）"
    step = _decimal(reading.get("number"))
    if step is None:
        return f"与{against}相比；这个数尚未取得（待基数）"
    unit = reading.get("unit") or ""
    if unit == "倍":
        return f"达到{against}的 {plain(step)} 倍；这个数尚未取得（待基数）"
    return f"比{against}{'高' if step >= 0 else '低'} {plain(abs(step))} {unit}；这个数尚未取得（待基数）"


def _remark(reading: Mapping[str, Any], wording: str) -> str:
    """Why the bound is not the printed number, or what an unusual wording means."""
    kind, number = reading["kind"], _decimal(reading.get("number"))
    if kind == Kind.NO_NEGATIVE_GROWTH:
        return "（不出现负增长）"
    if kind == Kind.ASSIGNED:
        return "（上级下达的数）"
    ends = [end for end in (_decimal(reading.get("low")), _decimal(reading.get("high"))) if end is not None]
    if kind == Kind.ABOUT and number is not None and ends:
        printed = wording if len(wording) <= 12 else f"{plain(number)}左右"
        return f"（{printed}，幅度 {plain(abs(number - ends[0]))}）"
    return ""


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
