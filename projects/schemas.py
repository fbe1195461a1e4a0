"""The fields of the list of tasks, told once: JSON, CSV, XLSX and the data dictionary all follow from here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated

from django.utils import timezone
from pydantic import BaseModel

from projects.lights import Light
from projects.models import PublishedTask
from projects.records import Kind, Record
from projects.stages import Stage
from wanzhou.kernel.pages.columns import Coded, DecimalText, decimal_text, told
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.plans.periods import Period


class TaskOut(BaseModel):
    """专栏中的一条。"""

    box: Annotated[int, told("专栏号", "所在专栏的编号。", 2)]
    section: Annotated[str, told("分类", "专栏内的分类。", "现代化工业")]
    name: Annotated[str, told("项目名称", "当年计划中的名称。", "智能半导体产业")]
    slug: Annotated[str, told("项目代码", "项目的永久代码，逐年不变。", "zhi-neng-ban-dao-ti-chan-ye")]
    planned_stage: Annotated[
        str | None, Coded(Stage), told("计划阶段", "当年计划达到的阶段；计划未提的为空。", "completed")
    ]
    reached_stage: Annotated[
        str | None, Coded(Stage), told("已达阶段", "已知达到的阶段；尚无更新的为空。", "underway")
    ]
    wording: Annotated[str, told("原文", "所在的整个分句，来源原文。", "竣工投产智能半导体产业等项目")]
    group: Annotated[bool, told("成组项目", "是否为只列数量的一组项目，按一条计。", False)]
    quantity: Annotated[str | None, told("数量", "成组项目的数量，来源原文。", "20个以上")]
    box_title: Annotated[str, told("专栏标题", "所在专栏的标题。", "2023年产业重点项目")]
    stage: Annotated[
        str | None,
        Coded(Stage),
        told("所列阶段", "在专栏中列于哪个阶段：计划有阶段的为计划阶段，否则为已达阶段。", "completed"),
    ]
    department: Annotated[str | None, told("牵头单位", "负责该项目的单位；不明的为空。", "区经济信息委")]
    as_of: Annotated[
        datetime.date | None, told("截至日期", "已达阶段截至哪一天；来源未载的为空。", "2023-06-30")
    ]
    percent: Annotated[
        str | None, DecimalText(), told("完成比例", "已完成的百分比；没有更新的为空。", "62.5")
    ]
    progress: Annotated[str | None, told("形象进度", "工程进展的描述。", "主体结构封顶。")]
    source: Annotated[
        str | None, told("来源", "出自哪份文件的何处。", "计划草案的报告，专栏2 一、现代化工业")
    ]
    published_on: Annotated[datetime.date, told("发布日期", "本条发布的日期。", "2023-03-01")]
    light: Annotated[
        str | None, Coded(Light), told("进度灯", "随最近一次更新发布的灯；没有更新的为空。", "yellow")
    ]
    light_reason: Annotated[
        str | None, told("进度灯说明", "灯为什么这样亮；界限见“判定方法”。", "已达到年度安排的“年内开工”。")
    ]


class YearTasks(BaseModel):
    """一个计划年度各专栏的重点项目。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    tasks: Annotated[list[TaskOut], told("项目", "各条项目，按专栏和专栏内的顺序。", [])]


class RecordOut(BaseModel):
    """一个项目的一条记录：列入某一年的专栏，或一次进展更新。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    kind: Annotated[str, Coded(Kind), told("记录", "是列入专栏，还是之后的进展更新。", "entry")]
    period: Annotated[
        str | None, Coded(Period), told("期别", "随哪一填报期发布；随计划发布的为空。", "full_year")
    ]
    box: Annotated[int, told("专栏号", "所在专栏的编号。", 3)]
    section: Annotated[str, told("分类", "专栏内的分类。", "城市提升·道路桥梁")]
    name: Annotated[str, told("项目名称", "当年计划中的名称。", "长江二桥至高铁连接道")]
    planned_stage: Annotated[
        str | None, Coded(Stage), told("计划阶段", "当年计划达到的阶段；计划未提的为空。", "completed")
    ]
    reached_stage: Annotated[
        str | None, Coded(Stage), told("已达阶段", "这条记录写明达到的阶段；没有写的为空。", "underway")
    ]
    as_of: Annotated[
        datetime.date | None, told("截至日期", "已达阶段截至哪一天；来源未载的为空。", "2023-06-30")
    ]
    percent: Annotated[str | None, DecimalText(), told("完成比例", "已完成的百分比；没有写的为空。", "62.5")]
    progress: Annotated[str | None, told("形象进度", "工程进展的描述。", "主体结构封顶。")]
    replaced: Annotated[bool, told("已被替换", "是否已被后来发布的更新替换。", False)]
    wording: Annotated[
        str | None, told("原文", "列入专栏的整个分句，来源原文；进展更新为空。", "竣工天星大道等项目")
    ]
    group: Annotated[bool, told("成组项目", "是否为只列数量的一组项目，按一条计。", False)]
    quantity: Annotated[str | None, told("数量", "成组项目的数量，来源原文。", "20个以上")]
    department: Annotated[str | None, told("牵头单位", "负责该项目的单位；不明的为空。", "区交通局")]
    source: Annotated[
        str | None, told("来源", "列入专栏出自哪份文件的何处。", "计划草案的报告，专栏3 一、城市提升")
    ]
    published_on: Annotated[datetime.date, told("发布日期", "本条发布的日期。", "2023-03-01")]
    light: Annotated[
        str | None, Coded(Light), told("进度灯", "随这次更新发布的灯；没有亮灯的为空。", "yellow")
    ]
    light_reason: Annotated[
        str | None, told("进度灯说明", "灯为什么这样亮；界限见“判定方法”。", "已达到年度安排的“年内开工”。")
    ]


class ProjectOut(BaseModel):
    """一个项目历年的记录。"""

    slug: Annotated[str, told("项目代码", "项目的永久代码，逐年不变。", "zhi-neng-ban-dao-ti-chan-ye")]
    name: Annotated[str, told("项目名称", "最近一条记录中的名称。", "智能半导体产业")]
    records: Annotated[list[RecordOut], told("记录", "各条记录，按发布的先后。", [])]


def year_out(year: int, tasks: Iterable[PublishedTask]) -> YearTasks:
    """The year's tasks as published, in the order given."""
    return YearTasks(year=year, tasks=[task_out(task) for task in tasks])


def task_out(task: PublishedTask) -> TaskOut:
    """A published task as every twin of the list has it."""
    return TaskOut(
        box=task.box,
        section=task.section,
        name=task.name,
        slug=task.slug,
        planned_stage=task.planned_stage or None,
        reached_stage=task.reached_stage or None,
        wording=task.wording,
        group=task.group,
        quantity=task.quantity or None,
        box_title=task.box_title,
        stage=task.planned_stage or task.reached_stage or None,
        department=task.department or None,
        as_of=task.as_of,
        percent=decimal_text(task.percent),
        progress=task.progress or None,
        source=_source(task),
        published_on=timezone.localdate(task.publication.at),
        light=task.light or None,
        light_reason=task.light_reason or None,
    )


def project_out(slug: str, records: Sequence[Record]) -> ProjectOut:
    """The project's records, in the order given; raises NoSuchPage where there are none."""
    if not records:
        raise NoSuchPage(f"没有发布过项目“{slug[:60]}”")
    return ProjectOut(
        slug=slug, name=records[-1].task.name, records=[record_out(record) for record in records]
    )


def record_out(record: Record) -> RecordOut:
    """A record as every twin of the project's page has it."""
    task, known, entry = record.task, record.reached is not None, record.kind is Kind.ENTRY
    return RecordOut(
        year=record.year,
        kind=record.kind,
        period=record.period,
        box=task.box,
        section=task.section,
        name=task.name,
        planned_stage=record.planned,
        reached_stage=record.reached,
        as_of=record.as_of,
        percent=decimal_text(task.percent) if known else None,
        progress=(task.progress or None) if known else None,
        replaced=record.replaced,
        wording=task.wording if entry else None,
        group=task.group,
        quantity=task.quantity or None,
        department=task.department or None,
        source=_source(task) if entry else None,
        published_on=timezone.localdate(task.publication.at),
        light=(task.light or None) if known else None,
        light_reason=(task.light_reason or None) if known else None,
    )


def _source(task: PublishedTask) -> str | None:
    return "，".join(filter(None, [task.source_title, task.source_place])) or None
