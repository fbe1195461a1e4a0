"""The report on a year under way: how it goes against its pace, what is behind and why, what waits; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indicators.judging.terms import Pace
from wanzhou.kernel.plans.periods import Period

from .checking import problems_of_pace
from .documents import Block, Document, DocumentRefused, Heading, Line, Listing, Paragraph, Table
from .facts import Names, Row, Year
from .lacking import NOBODY, NOTHING_OWED, owed, owed_title, waiting_lines
from .sentences import chinese, names_of, subjects
from .standings import Before, changes, no_change, since
from .tables import UNKNOWN, name_cell

Section = tuple[str, Iterable[Block]]
NO_CAUSE = "尚无原因说明"
NOT_COLLECTED = "公开资料中未见原因说明"
NO_MEASURES = "尚无"
NOTHING_SENT = "本期没有部门报送的文字材料。"
SHARES = (8, 34, 15, 12, 19, 12)
_APART = {
    Pace.IN_PROGRESS: "指标年末核算、年中不作判断",
    Pace.AWAITING_CITY: "指标待市级反馈或待基数",
    Pace.REDEFINED: "指标口径调整",
    Pace.NOT_JUDGED: "指标不作判断",
    Pace.UNREPORTED: "指标尚未填报",
    Pace.NOT_COLLECTED: "指标未收录数据",
}


def midyear_report(
    year: Year, names: Names, *, draft: str = "", stamp: str = "", before: Before | None = None
) -> Document:
    """The report on a period before the year's end.

    `draft` is its watermark and `stamp` what says who may read it; either lets it be made with what is still open
    listed at its end. An internal one also says who owes which figure, and what changed since the brief `before`.
    Raises DocumentRefused with every problem otherwise.
    """
    assert year.period is not None
    assert year.moment is not None
    problems = problems_of_pace(year)
    if problems and not (draft or stamp):
        raise DocumentRefused(problems)
    return Document(
        title=f"关于{names.place}{year.year}年{year.period.label}国民经济和社会发展计划执行情况的报告",
        byline=names.commission,
        blocks=tuple(_blocks(year, problems, _inside(year, before) if stamp else ())),
        moment=year.moment,
        watermark=draft,
        stamp=stamp,
    )


def _inside(year: Year, before: Before | None) -> tuple[Section, ...]:
    """What only an internal report tells."""
    missing = owed(year.numbered) or (NOTHING_OWED,)
    changed = tuple(changes(year, before)) or (no_change(before),)
    return (owed_title(year), [Listing(missing)]), (since(before), [Listing(changed)])


def _blocks(year: Year, problems: tuple[str, ...], inside: tuple[Section, ...]) -> Iterator[Block]:
    assert year.period is not None
    sections: tuple[Section, ...] = (
        ("总体进展", [Paragraph(pace_paragraph(year)), pace_table(year, year.period)]),
        ("滞后指标的原因和下一步措施", _behind(year)),
        ("达到序时进度的指标", _on_pace(year)),
        ("等待市级反馈的指标", _waiting(year)),
        ("部门文字材料", _said_by_departments(year)),
        *inside,
    )
    for place, (title, blocks) in enumerate(sections, 1):
        yield Heading(1, f"{chinese(place)}、{title}")
        yield from blocks
    if problems:
        yield Heading(1, "附：尚待补齐的内容")
        yield Listing(problems)


def pace_paragraph(year: Year) -> str:
    """How many targets keep pace, how many do not, and which are not judged before the year's end."""
    assert year.period is not None
    on, behind = year.at_pace(Pace.ON_PACE), year.at_pace(Pace.BEHIND)
    counts = f"{len(on)}项达到序时进度，{len(behind)}项滞后"
    apart = "；".join(subjects(rows) + said for pace, said in _APART.items() if (rows := year.at_pace(pace)))
    rest = f"；{apart}" if apart else ""
    return (
        f"{year.year}年{len(year.numbered)}项年度目标中，{year.period.label}{counts}{rest}。"
        "序时进度只是年中的提示，不是全年结论。"
    )


def pace_table(year: Year, period: Period) -> Table:
    """Every row: the year's target, the figure so far, how far it is from its pace, and its state."""
    lines = tuple(
        Line(
            (
                str(row.ordinal) if row.counted else "",
                name_cell(row),
                row.wording or UNKNOWN,
                row.figure or "—",
                row.difference.replace(" ", "") or "—",
                row.pace.label if row.pace else "",
            ),
            sub=not row.counted,
        )
        for row in year.rows
    )
    heads = ("序号", "指标名称", "全年目标", period.label, "与序时比", "状态")
    return Table(f"表1  {year.year}年{period.label}主要指标进度", heads, lines, SHARES)


def _behind(year: Year) -> Iterator[Block]:
    rows = year.at_pace(Pace.BEHIND)
    if not rows:
        yield Paragraph("没有滞后的指标。")
    for place, row in enumerate(rows, 1):
        yield Paragraph(f"{place}．{row.name}：{row.sentence}{explained(row, year)}")


def explained(row: Row, year: Year) -> str:
    """Why a row is behind and what will be done; what is not known is said to be unknown."""
    unknown = NO_CAUSE if year.explained else NOT_COLLECTED
    cause = row.cause.strip().rstrip("。") or unknown
    if not row.cause and not row.measures and not year.explained:
        return f"{unknown}。"
    return f"原因：{cause}。下一步措施：{row.measures.strip().rstrip('。') or NO_MEASURES}。"


def _on_pace(year: Year) -> Iterator[Block]:
    rows = year.at_pace(Pace.ON_PACE)
    yield Paragraph(f"{names_of(rows)}{len(rows)}项。" if rows else "没有达到序时进度的指标。")
    yield from (Paragraph(f"{place}．{row.name}：{row.sentence}") for place, row in enumerate(rows, 1))


def _waiting(year: Year) -> Iterator[Block]:
    rows = year.at_pace(Pace.AWAITING_CITY)
    yield Listing(waiting_lines(rows)) if rows else Paragraph("没有等待市级反馈的指标。")


def _said_by_departments(year: Year) -> Iterator[Block]:
    """What the departments wrote of the period: their causes and measures, department by department."""
    groups: dict[str, list[Row]] = {}
    for row in year.rows:
        if row.cause:
            groups.setdefault(row.department or NOBODY, []).append(row)
    if not groups:
        yield Paragraph(NOTHING_SENT)
    for department, rows in groups.items():
        yield Heading(2, department)
        yield from (Paragraph(f"{row.name}：{row.cause.strip()}{row.measures.strip()}") for row in rows)
