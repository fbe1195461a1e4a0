"""The fields of what was found, as the interface gives them."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel

from indicators.judging.terms import Pace, Verdict
from projects.stages import Stage
from wanzhou.kernel.pages.columns import Coded, told
from wanzhou.kernel.plans.periods import Period

from .finding import Indicator, Place, Project, Said, figures, indicators, projects
from .page import MOST
from .questions import Question


class FoundIndicatorOut(BaseModel):
    """找到的一项指标，及其最近发布的状态。"""

    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "gdp-growth")]
    name: Annotated[str, told("名称", "最近一个计划中的名称。", "地区生产总值增速")]
    years: Annotated[list[int], told("年份", "列有这项指标的计划年度，由近及远。", [2023, 2022])]
    period: Annotated[
        str | None,
        Coded(Period),
        told("期别", "最近一个计划最近发布的一期；只发布了目标的为空。", "first_half"),
    ]
    verdict: Annotated[str | None, Coded(Verdict), told("年度结论", "全年的结论；年中为空。", "met")]
    pace: Annotated[str | None, Coded(Pace), told("序时进度", "年中的进度；全年为空。", "behind")]
    address: Annotated[str, told("网址", "指标页的地址。", "/indicators/gdp-growth/")]


class PlaceOut(BaseModel):
    """项目在一个年度的专栏里的位置。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    box: Annotated[int, told("专栏号", "所在专栏的编号。", 2)]
    box_title: Annotated[str, told("专栏标题", "所在专栏的标题。", "2023年产业重点项目")]
    section: Annotated[str, told("分类", "专栏内的分类。", "现代化工业")]
    planned_stage: Annotated[
        str | None, Coded(Stage), told("计划阶段", "当年计划达到的阶段；计划未提的为空。", "completed")
    ]
    reached_stage: Annotated[
        str | None, Coded(Stage), told("已达阶段", "已知达到的阶段；尚无更新的为空。", "underway")
    ]


class FoundProjectOut(BaseModel):
    """找到的一个项目，及其各年的位置。"""

    slug: Annotated[str, told("项目代码", "项目的永久代码，逐年不变。", "zhi-neng-ban-dao-ti-chan-ye")]
    name: Annotated[str, told("项目名称", "最近一个计划中的名称。", "智能半导体产业")]
    places: Annotated[list[PlaceOut], told("位置", "各年专栏中的位置，由近及远。", [])]
    address: Annotated[str, told("网址", "项目页的地址。", "/projects/zhi-neng-ban-dao-ti-chan-ye/")]


class FoundFigureOut(BaseModel):
    """找到的一个数：报告文字里的重点工作目标，或所述的成绩。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    promised: Annotated[bool, told("是目标", "是重点工作目标；否则是报告所述的成绩。", True)]
    name: Annotated[str, told("名称", "说的是什么，用报告的字。", "新增公共停车泊位")]
    wording: Annotated[str, told("表述", "报告原文。", "800个")]
    quoted: Annotated[str, told("报告原句", "所在的整句话。", "新增公共停车泊位800个。")]
    address: Annotated[str, told("网址", "所在列表的地址。", "/2023/work-targets/")]


class Found(BaseModel):
    """一次查找的结果；不写查找的词，就是全部指标和项目的索引。"""

    q: Annotated[str, told("查找的词", "所写的词；没有写的为空文字。", "banzhou")]
    indicators_found: Annotated[int, told("指标数", "符合的指标有几项，可能多于所列。", 3)]
    projects_found: Annotated[int, told("项目数", "符合的项目有几条，可能多于所列。", 24)]
    figures_found: Annotated[int, told("文字中的数", "报告文字里符合的数有几个，可能多于所列；索引不含。", 5)]
    limit: Annotated[int | None, told("最多列出", "指标和项目各最多列出几条；索引不限，为空。", MOST)]
    indicators: Annotated[list[FoundIndicatorOut], told("指标", "符合的指标，最贴近的在前。", [])]
    projects: Annotated[list[FoundProjectOut], told("重点项目", "符合的项目，最贴近的在前。", [])]
    figures: Annotated[list[FoundFigureOut], told("文字中的数", "报告文字里符合的数，最贴近的在前。", [])]


def found_out(text: str, moment: datetime.datetime) -> Found:
    """What answers the question, with the same limit as on the page; raises BadQuestion."""
    question = Question.of(text)
    most = MOST if question.words else None
    indicators_found, named = indicators(question, moment, most=most)
    projects_found, listed = projects(question, moment, most=most)
    figures_found, said = figures(question, moment, most=most)
    return Found(
        q=text,
        figures_found=figures_found,
        figures=[_figure(one) for one in said],
        indicators_found=indicators_found,
        projects_found=projects_found,
        limit=most,
        indicators=[_indicator(one) for one in named],
        projects=[_project(one) for one in listed],
    )


def _indicator(found: Indicator) -> FoundIndicatorOut:
    row = found.row
    return FoundIndicatorOut(
        code=row.code,
        name=row.name,
        years=[mention.year for mention in found.mentions],
        period=row.publication.period.period if row.publication.period else None,
        verdict=row.verdict or None,
        pace=row.pace or None,
        address=f"/indicators/{row.code}/",
    )


def _figure(said: Said) -> FoundFigureOut:
    return FoundFigureOut(
        year=said.year,
        promised=said.promised,
        name=said.name,
        wording=said.wording,
        quoted=said.text,
        address=said.href,
    )


def _project(found: Project) -> FoundProjectOut:
    newest = found.newest
    return FoundProjectOut(
        slug=newest.slug,
        name=newest.name,
        places=[_place(place) for place in found.places],
        address=f"/projects/{newest.slug}/",
    )


def _place(place: Place) -> PlaceOut:
    return PlaceOut(
        year=place.year,
        box=place.box,
        box_title=place.box_title,
        section=place.section,
        planned_stage=place.planned,
        reached_stage=place.reached,
    )
