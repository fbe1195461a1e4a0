"""The sentences of the report, in the patterns of the printed one; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from indicators.judging.terms import OutcomeState, Verdict
from wanzhou.kernel.numerals import of_wording, plain

from .facts import Names, Row, Year

GROWTH = "增速"
WHY = "主要原因："
NO_CAUSE = "（尚无原因说明）"
# What is said of the rows that were not judged, in the order in which the report says it.
_APART = {
    Verdict.REDEFINED: "指标口径调整",
    Verdict.AWAITING_CITY: "指标市级暂未反馈数据",
    Verdict.REVIEW: "指标待认定",
    Verdict.NOT_JUDGED: "指标不作考核",
    Verdict.UNREPORTED: "指标尚未填报",
    Verdict.NOT_COLLECTED: "指标未收录数据",
}
_DIGITS = "零一二三四五六七八九十"


def chinese(number: int) -> str:
    """A number of a heading: 1 is 一, 12 is 十二, 20 is 二十."""
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def tally_paragraph(year: Year) -> str:
    """What became of the year's targets: how many were met, which were not and why, which stand apart."""
    return "".join([_opening(year), *_with_other_basis(year), "。", *_misses(year), *_rest_of_bases(year)])


def _opening(year: Year) -> str:
    """Up to how many were met: 22项年度目标中，…；其余17项指标中14项达到或超过年度目标."""
    met = len(year.with_verdict(Verdict.MET))
    judged = met + len(year.with_verdict(Verdict.MISSED))
    by = f"{year.approved_by}审查批准的" if year.approved_by else ""
    opening = f"{by}{len(year.numbered)}项年度目标中，"
    apart = "，".join(_standing_apart(year))
    if not judged:
        return opening + (apart or "尚无可以判定的指标")
    if not apart:
        return opening + _met(met, judged)
    whole = f"其余{judged}项指标" + ("均" if met == judged else "中")
    return f"{opening}{apart}；{whole}{'' if met == judged else _count(met)}达到或超过年度目标"


def _met(met: int, judged: int) -> str:
    return f"{judged}项指标均达到或超过年度目标" if met == judged else f"{_count(met)}达到或超过年度目标"


def _count(number: int) -> str:
    return f"{number}项" if number else "没有指标"


def _standing_apart(year: Year) -> Iterator[str]:
    for verdict, said in _APART.items():
        if rows := year.with_verdict(verdict):
            yield subjects(rows) + said


def subjects(rows: Sequence[Row]) -> str:
    """Rows as the subject of a clause: one stands in quotation marks, several are counted."""
    if len(rows) == 1:
        return f"“{rows[0].name}”"
    return f"{names_of(rows)}{len(rows)}项"


def names_of(rows: Iterable[Row]) -> str:
    """Their names, one after the other."""
    return "、".join(row.name for row in rows)


def _misses(year: Year) -> Iterator[str]:
    """Which were missed and why; a cause that several share is told once."""
    missed = year.with_verdict(Verdict.MISSED)
    groups = shared_causes(missed)
    if len(groups) == 1:
        yield f"{subjects(missed)}指标未完成年度目标，{WHY}{groups[0][0]}。"
    elif groups:
        yield f"{subjects(missed)}指标未完成年度目标。"
        for cause, rows in groups:
            yield f"{names_of(rows)}{'指标' if len(rows) == 1 else f'{len(rows)}项指标'}未完成的{WHY}{cause}。"


def shared_causes(rows: Iterable[Row]) -> list[tuple[str, tuple[Row, ...]]]:
    """The causes with the rows that they explain, in the order of the table; none reads 尚无原因说明."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(bare_cause(row.cause) or NO_CAUSE, []).append(row)
    return [(cause, tuple(explained)) for cause, explained in groups.items()]


def bare_cause(cause: str) -> str:
    """A cause without its lead and its full stop, to stand in a sentence."""
    return cause.strip().removeprefix(WHY).rstrip("。").strip()


def _with_other_basis(year: Year) -> Iterator[str]:
    """Figures on another basis of what was met: …，其中，扣除留抵退税因素后…同比增长6%，…同比增长0.7%."""
    for note, rows in _by_note(year, met=True):
        yield f"，其中，{note}{'，'.join(map(_grown, rows))}"


def _rest_of_bases(year: Year) -> Iterator[str]:
    for note, rows in _by_note(year, met=False):
        yield f"{note}{'，'.join(map(_grown, rows))}。"


def _by_note(year: Year, *, met: bool) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in year.rows:
        comparable = row.basis is not None and row.state is not OutcomeState.REDEFINED
        if row.basis is not None and comparable and (row.verdict is Verdict.MET) is met:
            groups.setdefault(row.basis.note, []).append(row)
    return list(groups.items())


def _grown(row: Row) -> str:
    """A figure on another basis as a clause: 税收收入同比增长0.7%."""
    assert row.basis is not None
    value, unit = row.basis.value, row.basis.unit
    if not row.name.endswith(GROWTH):
        return f"{row.name}{plain(value)}{unit}"
    return f"{row.name.removesuffix(GROWTH)}{growth(value, unit)}"


def growth(value: Decimal, unit: str) -> str:
    """A rate of growth in words: 同比增长6%, 同比下降9.4%, 与上年持平."""
    if value == 0:
        return "与上年持平"
    return f"同比{'增长' if value > 0 else '下降'}{plain(abs(value))}{unit}"


def with_unit(wording: str, unit: str) -> str:
    """A target or figure with its unit in its place: `6.5以上` in % reads `6.5%以上`; a sentence stays as it is."""
    numeral = of_wording(wording)
    return numeral.text or f"{numeral.number}{unit}{numeral.qualifier}"


def adjustment_notes(rows: Iterable[Row]) -> str:
    """Which targets were adjusted and by whom: 一般公共预算收入预期目标经…批准进行了调整。"""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.adjusted_by:
            groups.setdefault(row.adjusted_by, []).append(row)
    return "".join(
        f"{'、'.join(row.name.removesuffix(GROWTH) for row in adjusted)}预期目标经{by}批准进行了调整。"
        for by, adjusted in groups.items()
    )


def goals_paragraph(year: Year, names: Names, table: str) -> str:
    """How many targets the plan sets, how many bind, and the first of them: 共25项指标，其中约束性指标4项…"""
    binding = sum(row.binding for row in year.numbered)
    anticipatory = len(year.numbered) - binding
    if binding and anticipatory:
        natures = f"其中约束性指标{binding}项、预期性指标{anticipatory}项"
    else:
        natures = f"均为{'约束性' if binding else '预期性'}指标"
    first = year.numbered[0]
    goal = f"{year.year}年{names.whole}{first.name}预期目标为{with_unit(first.wording, first.unit)}"
    told = f"{goal}。" if first.wording else ""
    return f"{year.title}共{len(year.numbered)}项指标，{natures}，具体情况详见{table}。{told}"
