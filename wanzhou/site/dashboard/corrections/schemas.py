"""The fields of the log, told once: JSON, CSV, XLSX and the data dictionary follow from here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated

from django.utils import timezone
from pydantic import BaseModel

from wanzhou.kernel.pages.columns import Coded, told
from wanzhou.site.dashboard.tones import tone_of

from .kinds import LogKind
from .log import Entry


class EntryOut(BaseModel):
    """一次发布，或其中的一处变化。"""

    id: Annotated[str, told("编号", "在发布与更正页上的位置，永久不变。", "p3-gdp-growth-arrival")]
    kind: Annotated[str, Coded(LogKind), told("类别", "只有录入差错是本站的错误。", "arrival")]
    publication: Annotated[int, told("发布编号", "出自第几号发布。", 3)]
    published_on: Annotated[datetime.date, told("日期", "公众最早可以看到的日期。", "2023-09-20")]
    year: Annotated[int, told("年份", "计划年度。", 2022)]
    occasion: Annotated[str, told("计划与期别", "发布的是哪份计划、哪一期。", "2022 年全年")]
    subject: Annotated[str | None, told("名称", "变化的指标或项目；发布记录为空。", "地区生产总值增速")]
    code: Annotated[str | None, told("代码", "指标代码，或项目代码加专栏号；发布记录为空。", "gdp-growth")]
    about: Annotated[str | None, told("变化内容", "什么变了，以顿号分开。", "完成情况")]
    before: Annotated[str | None, told("原为", "变化之前的文字；没有或只是补充的为空。", "待市级反馈")]
    after: Annotated[str | None, told("现为", "变化之后的文字；只是补充的为空。", "1.9%")]
    state_before: Annotated[str | None, told("原结论（代码）", "原来的结论或进度。", "awaiting_city")]
    state_before_label: Annotated[str | None, told("原结论", "原来的结论或进度。", "待市级反馈")]
    state_after: Annotated[str | None, told("现结论（代码）", "现在的结论或进度。", "met")]
    state_after_label: Annotated[str | None, told("现结论", "现在的结论或进度。", "达到或超过")]
    reason: Annotated[str, told("缘由", "为什么变；没有另外说明的，是发布的缘由。", "市级反馈年度数据")]
    rows: Annotated[int | None, told("指标行数", "发布记录：这次发布了多少行指标。", 24)]
    tasks: Annotated[int | None, told("项目条数", "发布记录：这次发布了多少条项目。", 41)]
    prose: Annotated[
        int | None, told("文字部分条数", "发布记录：这次发布了多少条重点工作目标和报告所述成绩。", 107)
    ]


class LogOut(BaseModel):
    """发布与更正的全部记录，先按类别，再从新到旧。"""

    counts: Annotated[dict[str, int], told("各类条数", "所示各条按类别的条数。", {"correction": 0})]
    entries: Annotated[list[EntryOut], told("记录", "每次发布和每处变化。", [])]


def log_out(entries: Iterable[Entry]) -> LogOut:
    """The entries that were asked for, with their counts by kind."""
    rows = entries_out(entries)
    counts = {kind.value: sum(row.kind == kind for row in rows) for kind in LogKind}
    return LogOut(counts=counts, entries=rows)


def entries_out(entries: Iterable[Entry]) -> list[EntryOut]:
    """The entries, as every twin has them."""
    return [_entry_out(entry) for entry in entries]


def _entry_out(entry: Entry) -> EntryOut:
    publication = entry.kind is LogKind.PUBLICATION
    return EntryOut(
        id=entry.anchor,
        kind=entry.kind,
        publication=entry.act.pk,
        published_on=timezone.localdate(entry.act.at),
        year=entry.act.year,
        occasion=entry.act.occasion,
        subject=entry.subject or None,
        code=entry.code or None,
        about="、".join(entry.about) or None,
        before=entry.before or None,
        after=entry.after or None,
        state_before=entry.state_before or None,
        state_before_label=_word(entry.state_before),
        state_after=entry.state_after or None,
        state_after_label=_word(entry.state_after),
        reason=entry.reason,
        rows=entry.act.rows if publication else None,
        tasks=entry.act.tasks if publication else None,
        prose=entry.act.prose if publication else None,
    )


def _word(state: str) -> str | None:
    return tone_of(state).word if state else None
