"""The annual report: how the year went, and what the next one is to reach; pure."""

from __future__ import annotations

from collections.abc import Iterator

from .boxes import planned_boxes, reached_boxes
from .checking import problems_of_goals, problems_of_outcomes
from .documents import Block, Document, DocumentRefused, Heading, Listing, Paragraph
from .facts import Names, Year
from .sentences import goals_paragraph, tally_paragraph
from .tables import goals_table, outcomes_table

DRAFT = "征求意见稿"
FIRST, SECOND = 1, 2  # the numbers of its two tables
OPEN = "尚待补齐的内容"


def annual_report(
    year: Year, following: Year | None, names: Names, *, draft: bool = False, stamp: str = ""
) -> Document:
    """The report on `year` and, where it is told, on the plan of the following one.

    `stamp` says of an internal one who may read it. A draft is watermarked 征求意见稿 and lists what is still open.
    Raises DocumentRefused with every problem, unless it is a draft.
    """
    problems = (*problems_of_outcomes(year), *(problems_of_goals(following) if following else ()))
    if problems and not draft:
        raise DocumentRefused(problems)
    moments = [told.moment for told in (year, following) if told is not None and told.moment is not None]
    assert moments, "a year that is told has its moment"
    return Document(
        title=title_of(year.year, following is not None, names),
        byline=names.commission,
        blocks=tuple(_blocks(year, following, names, problems)),
        moment=max(moments),
        watermark=DRAFT if draft else "",
        stamp=stamp,
        source="；".join(year.sources),
    )


def title_of(year: int, with_plan: bool, names: Names) -> str:
    """关于…2022年国民经济和社会发展计划执行情况及2023年计划草案的报告."""
    plan = f"及{year + 1}年计划草案" if with_plan else ""
    return f"关于{names.place}{year}年国民经济和社会发展计划执行情况{plan}的报告"


def _blocks(year: Year, following: Year | None, names: Names, problems: tuple[str, ...]) -> Iterator[Block]:
    yield Heading(1, f"一、{year.year}年国民经济和社会发展计划执行情况")
    yield Paragraph(tally_paragraph(year))
    yield outcomes_table(year, FIRST)
    yield from reached_boxes(year, FIRST)
    if following is not None and following.numbered:
        yield from _plan(following, names)
    if problems:
        yield Heading(1, f"附：{OPEN}")
        yield Listing(problems)


def _plan(following: Year, names: Names) -> Iterator[Block]:
    yield Heading(1, f"二、{following.year}年国民经济和社会发展计划总体考虑")
    yield Heading(2, "（一）主要发展目标")
    yield Paragraph(goals_paragraph(following, names, f"表{SECOND}"))
    yield goals_table(following, SECOND)
    if boxes := planned_boxes(following):
        yield Heading(1, f"三、{following.year}年实现国民经济和社会发展计划的重点工作")
        yield from boxes
