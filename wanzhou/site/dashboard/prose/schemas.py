"""The fields of work targets and of cited figures, told once: JSON, CSV, XLSX and the dictionary follow from here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated

from django.utils import timezone
from pydantic import BaseModel

from indicators.judging.terms import Pace, Verdict
from indicators.models import CitedFact, PublishedWorkTarget
from wanzhou.kernel.pages.columns import Coded, DecimalText, decimal_text, told
from wanzhou.kernel.plans.periods import Period


class WorkTargetOut(BaseModel):
    """一条重点工作目标。"""

    section: Annotated[str, told("章节", "所在的章节和小标题。", "扩大投资促进消费·提升有效投资水平")]
    name: Annotated[str, told("名称", "目标是什么，用报告的字。", "新增公共停车泊位")]
    code: Annotated[str, told("代码", "永久代码，逐年不变；与表中指标相同的，代码也相同。", "gong-ye-tou-zi")]
    wording: Annotated[str, told("目标表述", "报告原文。", "800个")]
    unit: Annotated[str, told("单位", "计量单位；没有单位的为空。", "个")]
    department: Annotated[str | None, told("责任单位", "默认对应关系；不明的为空。", "区住房城乡建委")]
    quoted: Annotated[str, told("报告原句", "目标所在的整句话。", "新增公共停车泊位800个。")]
    period: Annotated[
        str | None, Coded(Period), told("期别", "数字是哪一期的；没有数字的为空。", "first_half")
    ]
    value: Annotated[str | None, DecimalText(), told("数值", "完成情况的数；没有数字的为空。", "7.3")]
    outcome: Annotated[str | None, told("完成情况", "完成情况的原文；没有的为空。", "同比增长7.3%")]
    verdict: Annotated[str | None, Coded(Verdict), told("年度结论", "全年的结论；没有数字的为空。", "met")]
    pace: Annotated[str | None, Coded(Pace), told("序时进度", "年中的进度；没有数字的为空。", "behind")]
    reason: Annotated[str | None, told("判定说明", "怎样判定；没有数字的为空。", "按不低于11判定。")]
    source: Annotated[str | None, told("来源", "出自哪份文件的何处。", "计划草案的报告，第三部分")]
    published_on: Annotated[datetime.date, told("发布日期", "本条发布的日期。", "2023-03-01")]


class YearWork(BaseModel):
    """一个计划年度的重点工作目标。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    targets: Annotated[list[WorkTargetOut], told("重点工作目标", "各条目标，按报告的先后。", [])]


class CitedFactOut(BaseModel):
    """报告所述的一个数。"""

    section: Annotated[str, told("章节", "所在的章节和小标题。", "发展方式加快转型·工业能效双优")]
    name: Annotated[str, told("名称", "说的是什么，用报告的字。", "工业投资")]
    wording: Annotated[str, told("表述", "报告原文。", "同比增长10.7%")]
    unit: Annotated[str, told("单位", "计量单位；没有单位的为空。", "%")]
    sentence: Annotated[str, told("报告原句", "所在的整句话。", "工业投资同比增长10.7%。")]
    source: Annotated[str | None, told("来源", "出自哪份文件的何处。", "计划草案的报告，第一部分")]
    published_on: Annotated[datetime.date, told("发布日期", "本条发布的日期。", "2023-03-01")]


class YearResults(BaseModel):
    """报告所述一个年度的成绩。"""

    year: Annotated[int, told("年份", "计划年度。", 2022)]
    results: Annotated[list[CitedFactOut], told("成绩", "各条，按报告的先后；不参与判定。", [])]


def work_target_out(row: PublishedWorkTarget) -> WorkTargetOut:
    """A published work target as its twins have it; needs its publication and period joined."""
    period = row.publication.period if row.outcome_state else None
    return WorkTargetOut(
        section=row.section,
        name=row.name,
        code=row.code,
        wording=row.wording,
        unit=row.unit,
        department=row.department or None,
        quoted=row.quoted,
        period=period.period if period else None,
        value=decimal_text(row.outcome_value),
        outcome=row.outcome_wording or None,
        verdict=row.verdict or None,
        pace=row.pace or None,
        reason=row.sentence or None,
        source=_source(row),
        published_on=timezone.localdate(row.publication.at),
    )


def cited_fact_out(fact: CitedFact) -> CitedFactOut:
    """A published figure of the report as its twins have it; needs its publication joined."""
    assert fact.publication is not None
    return CitedFactOut(
        section=fact.section,
        name=fact.name,
        wording=fact.wording,
        unit=fact.unit,
        sentence=fact.sentence,
        source=_source(fact),
        published_on=timezone.localdate(fact.publication.at),
    )


def work_out(year: int, rows: Iterable[PublishedWorkTarget]) -> YearWork:
    return YearWork(year=year, targets=[work_target_out(row) for row in rows])


def results_out(year: int, facts: Iterable[CitedFact]) -> YearResults:
    return YearResults(year=year, results=[cited_fact_out(fact) for fact in facts])


def _source(row: PublishedWorkTarget | CitedFact) -> str | None:
    place = row.source_place if isinstance(row, PublishedWorkTarget) else row.place
    return "，".join(filter(None, (row.source_title, place))) or None
