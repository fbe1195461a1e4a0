"""Judge in bulk: one JSON object per line in, one per line out, so that anyone can test the judgement.

A line that cannot be judged answers ``{"error": "…"}`` and the rest goes on. Blank lines give nothing.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final, NoReturn, TypeVar

from .intervals import decimal_of, plain
from .outcomes import Outcome, read_outcome
from .terms import Accrual, Favourable, OutcomeState, Period
from .units import measure, tidy
from .verdicts import Assessment, assess

_LONGEST_NUMBER: Final = 60
_ACCRUALS: Final = tuple(accrual for accrual in Accrual)
_STATES_WITHOUT_BASE: Final = frozenset(
    {
        OutcomeState.AWAITING_CITY,
        OutcomeState.UNREPORTED,
        OutcomeState.NOT_COLLECTED,
        OutcomeState.ANNUAL_ONLY,
    }
)


class BadLine(ValueError):
    """A line that cannot be judged; its message is the Chinese explanation."""


def judge_lines(stream: Iterable[bytes | str]) -> Iterator[str]:
    """Answer each non-blank line of `stream` in order, as JSON without a line end."""
    for line in stream:
        if line.strip():
            yield answer(line)


def answer(line: bytes | str) -> str:
    """The answer to one line."""
    try:
        result = _judged(_fields(line))
    except BadLine as error:
        result = {"error": str(error)}
    text = json.dumps(result, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate came in as an escape: it goes out as one
        return json.dumps(result)
    return text


def _fields(line: bytes | str) -> dict[str, object]:
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
    except UnicodeDecodeError:
        raise BadLine("这一行不是有效的 UTF-8 文本") from None
    try:
        parsed = _READER.decode(text.strip("\ufeff \t\r\n"))
    except BadLine:
        raise
    except RecursionError:
        raise BadLine("JSON 嵌套过深") from None
    except ValueError:
        raise BadLine("这一行不是有效的 JSON") from None
    if not isinstance(parsed, dict):
        raise BadLine("每行应是一个 JSON 对象")
    return {key: value for key, value in parsed.items() if value is not None}


def _number(digits: str) -> Decimal:
    try:
        value = Decimal(digits)
    except InvalidOperation:
        raise BadLine("数字超出可处理的范围") from None
    if len(value.as_tuple().digits) > _LONGEST_NUMBER or abs(value.adjusted()) > _LONGEST_NUMBER:
        raise BadLine("数字超出可处理的范围")
    return value


def _no_number(name: str) -> NoReturn:
    raise BadLine(f"{name} 不是有效的数")


_READER: Final = json.JSONDecoder(parse_int=_number, parse_float=_number, parse_constant=_no_number)


def _judged(fields: dict[str, object]) -> dict[str, object]:
    if "target" not in fields:
        raise BadLine("缺少 target（目标表述）")
    target, unit = _text(fields, "target"), _text(fields, "unit")
    assessment = assess(
        target,
        _outcome(fields, unit),
        unit=unit,
        favourable=_choice(fields, "favourable", Favourable, tuple(Favourable)),
        accrual=_choice(fields, "accrual", Accrual, _ACCRUALS),
        period=_choice(fields, "period", Period, tuple(Period)) or Period.FULL_YEAR,
        month=_month(fields),
        baseline=_baseline(fields, unit),
    )
    return as_dict(assessment)


def as_dict(assessment: Assessment) -> dict[str, object]:
    """The JSON object of an assessment: every key present, None where it does not apply."""
    return {
        "reading": assessment.reading.as_dict(),
        "outcome": assessment.outcome.as_dict(),
        "verdict": None if assessment.verdict is None else assessment.verdict.value,
        "pace": None if assessment.pace is None else assessment.pace.value,
        "gap": None if assessment.gap is None else plain(assessment.gap),
        "reason": assessment.reason,
    }


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise BadLine(f"{name} 应是字符串")
    return value


_Choice = TypeVar("_Choice", bound=StrEnum)


def _choice(
    fields: dict[str, object], name: str, choices: type[_Choice], allowed: tuple[_Choice, ...]
) -> _Choice | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, str) and value in allowed:
        return choices(value)
    raise BadLine(f"{name} 应是 {'、'.join(allowed)} 之一")


def _month(fields: dict[str, object]) -> int | None:
    value = fields.get("month")
    if value is None:
        return None
    if isinstance(value, Decimal) and value in range(1, 13):
        return int(value)
    raise BadLine("month 应是 1 至 12 的整数")


def _outcome(fields: dict[str, object], unit: str) -> Outcome:
    value = fields.get("outcome")
    if value is None or isinstance(value, str):
        return read_outcome(value, unit=unit)
    if isinstance(value, Decimal):
        return Outcome.figure(value, unit=unit)
    raise BadLine("outcome 应是字符串或数")


def _baseline(fields: dict[str, object], unit: str) -> Decimal | None:
    value = fields.get("baseline")
    if value is None or isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise BadLine("baseline 应是数或写有数的字符串")
    try:
        return base_of(value, unit)
    except ValueError as reason:
        raise BadLine(f"baseline {reason}") from None


def base_of(said: str, unit: str) -> Decimal | None:
    """The figure that a base is said to be, in the row's unit; None where it is said to be still unknown.

    Raises ValueError in Chinese where no single figure can be read.
    """
    base = read_outcome(said, unit=unit)
    if base.value is None and base.state not in _STATES_WITHOUT_BASE:
        raise ValueError("应写有一个确定的数")
    return None if base.value is None else _in_row_unit(base.value, base.unit, tidy(unit))


def _in_row_unit(value: Decimal, own: str, row: str) -> Decimal:
    """The base in the row's unit, so that a base of 1.6亿美元 serves a row of 万美元."""
    if own == row or not row:
        return value
    theirs, ours = measure(own), measure(row)
    if not theirs.fits(ours):
        raise ValueError("的单位与 unit 不一致")
    return decimal_of(Fraction(value) * Fraction(theirs.worth) / Fraction(ours.worth))
