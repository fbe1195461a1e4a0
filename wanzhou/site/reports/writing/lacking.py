"""What is missing and who owes it, what waits and for whom; pure."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.judging.terms import OutcomeState, Pace

from .facts import Row, Year
from .sentences import names_of, with_unit

OWED = "缺数及责任单位"
NOT_SEEN = "未收录的数据及对口单位（公开资料中未见，不是单位未报）"
NOTHING_OWED = "没有缺数的指标。"
NOBODY = "责任单位未定"
BUREAU_UNKNOWN = "市级（哪个部门，报告未载）"
_FIGURELESS = {Pace.UNREPORTED, Pace.NOT_COLLECTED}


def owed_title(year: Year) -> str:
    """How missing figures are spoken of: nobody owes what he was not asked for."""
    return OWED if year.asked else NOT_SEEN


def owed(rows: Sequence[Row]) -> tuple[str, ...]:
    """The figures that are missing, by the department that owes them."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if (row.verdict or row.pace) in _FIGURELESS:
            groups.setdefault(row.department or NOBODY, []).append(row)
    return tuple(f"{department}：{names_of(missing)}" for department, missing in groups.items())


def waiting_lines(rows: Sequence[Row]) -> tuple[str, ...]:
    """What waits, and for whom: the bureau with its rows, then the targets whose base is not there yet."""
    groups: dict[str, list[Row]] = {}
    based = []
    for row in rows:
        if row.state is OutcomeState.AWAITING_CITY:
            groups.setdefault(row.bureau or BUREAU_UNKNOWN, []).append(row)
        else:
            based.append(f"{row.name}：目标“{with_unit(row.wording, row.unit)}”所依据的基数尚未反馈。")
    return (*(f"{bureau}：{names_of(waiting)}。" for bureau, waiting in groups.items()), *based)
