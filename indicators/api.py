"""A year's targets, and each indicator across years, as data: from publications only, numbers as decimal text."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from indicators.judging.terms import Period
from wanzhou.kernel.pages.answers import AS_OF, Problem, answers_of, json_answer
from wanzhou.kernel.pages.columns import Coded
from wanzhou.kernel.pages.pages import public_twin, visit_of
from wanzhou.kernel.pages.refusals import BadQuestion, NoSuchPage
from wanzhou.kernel.plans.shown import shown

from .across_years import catalogue, published_history, published_rows
from .filters import FREE, PARAMETERS, found_rows
from .models import Nature
from .schemas import YearIndicators
from .told import year_out
from .yearly import Catalogue, IndicatorYears, catalogue_out, indicator_years

router = Router(tags=["指标"])
PERIODS = "、".join(f"{code}（{label}）" for code, label in Period.choices())
PERIOD = Query("", title="期别", description=f"填报期的代码：{PERIODS}。", example="first_half")
NATURE = Query("", title="属性", description="只要约束性或预期性的指标。", example="binding")
STATE = Query("", title="结论", description="只要这一结论或进度的指标，用代码。", example="missed")
DEPARTMENT = Query("", title="责任单位", description="只要这一单位的指标，用全名。", example="区统计局")
SECTION = Query("", title="章节", description="只要这一章节的指标。", example="经济发展")
WORDS = Query("", title="查找", description="名称、别名、拼音或首字母中的字；各词都须符合。", example="gdp")


@router.get(
    "/{int:year}/indicators.json",
    response={200: YearIndicators, 400: Problem, 404: Problem},
    url_name="indicators",
    operation_id="indicators",
    summary="一个年度的主要指标",
    description="主要指标表：目标原文、完成情况、结论或进度及其说明。缺省为最近发布的一期。",
    openapi_extra=answers_of("该年度已发布的指标", missing="该年度或该期没有发布过", patterned=True),
)
@decorate_view(public_twin("period", *PARAMETERS, free=FREE))
def year_indicators(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2023, ge=0)],
    period: Annotated[str, Coded(Period)] = PERIOD,
    nature: Annotated[str, Coded(Nature)] = NATURE,
    state: str = STATE,
    department: str = DEPARTMENT,
    section: str = SECTION,
    q: str = WORDS,
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    if period and period not in set(Period):
        raise BadQuestion(f"没有这样的期别：{period[:30]}；可选：{PERIODS}")
    asked = shown(visit.plans, year, period)
    rows, _ = found_rows(asked, visit.query, visit.as_of.moment)
    return json_answer(year_out(asked.year, asked.term, rows))


@router.get(
    "/indicators.json",
    response={200: Catalogue, 400: Problem, 404: Problem},
    url_name="catalogue",
    operation_id="catalogue",
    summary="指标目录",
    description="公布过的全部指标：代码、最近的名称、单位、累计方式、向好方向、频次和所在年度。",
    openapi_extra=answers_of("公布过的全部指标", missing="尚未发布任何指标"),
)
@decorate_view(public_twin())
def every_indicator(request: HttpRequest, as_of: str = AS_OF) -> HttpResponse:
    entries = catalogue(visit_of(request).as_of.moment)
    if not entries:
        raise NoSuchPage("尚未发布任何指标")
    return json_answer(catalogue_out(entries))


@router.get(
    "/indicators/{code}.json",
    response={200: IndicatorYears, 400: Problem, 404: Problem},
    url_name="indicator",
    operation_id="indicator",
    summary="一个指标的历年数据",
    description="一个指标在各年度各期的目标、完成情况和结论，以及公布过的每一行（含后来被替换的）。",
    openapi_extra=answers_of("该指标各年各期已发布的内容", missing="没有发布过这一指标", patterned=True),
)
@decorate_view(public_twin())
def one_indicator(
    request: HttpRequest,
    code: Annotated[str, Path(title="指标代码", description="指标的永久代码。", example="gdp-growth")],
    as_of: str = AS_OF,
) -> HttpResponse:
    day = visit_of(request).as_of
    rows = published_rows(code, day)
    return json_answer(indicator_years(rows, published_history(code, day)))
