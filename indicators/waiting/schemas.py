"""The fields of the list of waits, told once: JSON, CSV, XLSX and the data dictionary all follow from here."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from django.utils import timezone
from pydantic import BaseModel

from indicators.judging.terms import Pace, Period, Verdict
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.pages.columns import Coded, DecimalText, decimal_text, told
from wanzhou.kernel.terms import Term

from .waits import Answered, Reminder, Wait, WaitsFor


class Conclusion(Term):
    """The words that an answered row can have."""

    MET = Verdict.MET.value, Verdict.MET.label
    MISSED = Verdict.MISSED.value, Verdict.MISSED.label
    REVIEW = Verdict.REVIEW.value, Verdict.REVIEW.label
    REDEFINED = Verdict.REDEFINED.value, Verdict.REDEFINED.label
    ON_PACE = Pace.ON_PACE.value, Pace.ON_PACE.label
    BEHIND = Pace.BEHIND.value, Pace.BEHIND.label


class ReminderOut(BaseModel):
    """向市级的一次催办。"""

    on: Annotated[datetime.date, told("日期", "催办的日期。", "2023-06-20")]
    channel: Annotated[str, told("方式", "催办的方式。", "函询")]


class WaitOut(BaseModel):
    """一项等待市级反馈的指标。"""

    year: Annotated[int, told("年份", "计划年度。", 2022)]
    period: Annotated[str, Coded(Period), told("期别", "所属的填报期。", "full_year")]
    ordinal: Annotated[int | None, told("序号", "当年表中的序号；“其中”行没有序号。", 11)]
    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "rd-intensity")]
    name: Annotated[str, told("指标名称", "当年计划中的名称。", "R&D占GDP比重")]
    unit: Annotated[str, told("单位", "当年计划中的计量单位；没有单位的为空。", "%")]
    nature: Annotated[str, Coded(Nature), told("属性", "约束性或预期性。", "anticipatory")]
    wording: Annotated[str | None, told("目标表述", "适用的目标原文；不明的为空。", "1.7左右")]
    waits_for: Annotated[
        str, Coded(WaitsFor), told("等待什么", "等市级核定数，还是等目标所依据的基数。", "figure")
    ]
    base_code: Annotated[
        str | None, told("基数指标代码", "目标所依据的指标；目标不依据基数的为空。", "rd-intensity")
    ]
    base_year: Annotated[int | None, told("基数年份", "目标所依据的年份；目标不依据基数的为空。", 2022)]
    bureau: Annotated[str | None, told("市级部门", "承办的市级部门；报告未载的为空。", "市统计局")]
    since: Annotated[datetime.date | None, told("等待起始", "从哪一天起等待；报告未载的为空。", "2023-01-20")]
    days_waited: Annotated[
        int | None, told("已等待天数", "截至查询之日的天数；起始日期不明的不计，为空。", 160)
    ]
    expected: Annotated[
        datetime.date | None, told("预计反馈", "预计哪一天反馈；报告未载的为空。", "2023-09-30")
    ]
    reminder_count: Annotated[int, told("催办次数", "已发布的催办次数。", 1)]
    last_reminder: Annotated[
        datetime.date | None, told("最近催办", "最近一次催办的日期；没有的为空。", "2023-06-20")
    ]
    reminders: Annotated[
        list[ReminderOut], told("催办记录", "各次催办，按日期。", [{"on": "2023-06-20", "channel": "函询"}])
    ]
    department: Annotated[str, told("责任单位", "负责该指标的单位；不明的为空。", "区科技局")]
    reason: Annotated[str, told("判定说明", "一句话说明为什么在等。", "市级暂未反馈。")]
    source: Annotated[str | None, told("来源", "出自哪份文件的何处。", "计划执行情况的报告，表1 第9行")]
    published_on: Annotated[datetime.date, told("发布日期", "本行发布的日期。", "2023-03-01")]


class AnsweredOut(BaseModel):
    """一项曾经等待、现已有结论的指标。"""

    year: Annotated[int, told("年份", "计划年度。", 2022)]
    period: Annotated[str | None, Coded(Period), told("期别", "所属的填报期。", "full_year")]
    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "rd-intensity")]
    name: Annotated[str, told("指标名称", "当年计划中的名称。", "R&D占GDP比重")]
    value: Annotated[str | None, DecimalText(), told("数值", "反馈后的数值；不是数值的为空。", "1.72")]
    conclusion: Annotated[str, Coded(Conclusion), told("结论", "反馈后的结论或进度。", "met")]
    since: Annotated[datetime.date | None, told("等待起始", "从哪一天起等待；报告未载的为空。", "2023-01-20")]
    answered_on: Annotated[datetime.date, told("反馈发布日期", "反馈后的结论在哪一天发布。", "2023-09-30")]


class WaitsOut(BaseModel):
    """各年度等待市级反馈的指标，和已经反馈的。"""

    as_of: Annotated[datetime.date, told("截至", "天数算到哪一天。", "2023-06-30")]
    waits: Annotated[list[WaitOut], told("等待", "等待市级反馈的各项，按年度和表中顺序。", [])]
    answered: Annotated[list[AnsweredOut], told("已反馈", "曾经等待、现已有结论的各项，新的在前。", [])]


def wait_out(wait: Wait, on: datetime.date) -> WaitOut:
    """A wait as every twin of the list has it; days are counted up to `on`."""
    row, base = wait.row, wait.row.base or {}
    return WaitOut(
        year=wait.year,
        period=wait.period,
        ordinal=row.ordinal,
        code=row.code,
        name=row.name,
        unit=row.unit,
        nature=row.nature,
        wording=row.wording or None,
        waits_for=wait.waits_for,
        base_code=base.get("code"),
        base_year=base.get("year"),
        bureau=wait.bureau or None,
        since=wait.since,
        days_waited=wait.days(on),
        expected=wait.expected,
        **_reminded(wait.reminders),
        department=row.department,
        reason=row.sentence,
        source="，".join(filter(None, [row.source_title, row.source_place])) or None,
        published_on=timezone.localdate(row.publication.at),
    )


def _reminded(reminders: tuple[Reminder, ...]) -> dict[str, Any]:
    return {
        "reminder_count": len(reminders),
        "last_reminder": max((one.on for one in reminders), default=None),
        "reminders": [ReminderOut(on=one.on, channel=one.channel) for one in reminders],
    }


def answered_out(answered: Answered) -> AnsweredOut:
    """An answered row as the JSON twin has it."""
    row: PublishedRow = answered.row
    period = row.publication.period
    return AnsweredOut(
        year=row.publication.plan.year,
        period=period.period if period else None,
        code=row.code,
        name=row.name,
        value=decimal_text(row.outcome_value),
        conclusion=row.verdict or row.pace,
        since=answered.since,
        answered_on=answered.answered_on,
    )
