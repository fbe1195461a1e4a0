"""The table of a year's targets as data, filled from publications only; numbers are decimal strings."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.errors import HttpError
from ninja.params.functions import Query

from indicators.judging.terms import Period
from wanzhou.kernel.pages.answers import NO_SUCH_ADDRESS, Problem, json_answer
from wanzhou.kernel.pages.columns import Coded
from wanzhou.kernel.plans.shown import NotPublished, published_plans, shown

from .listing import listed_rows
from .schemas import YearIndicators, year_out

router = Router(tags=["指标"])
PERIODS = "、".join(f"{code}（{label}）" for code, label in Period.choices())
PERIOD = Query("", title="期别", description=f"填报期的代码：{PERIODS}。", example="first_half")


@router.get(
    "/{int:year}/indicators.json",
    response={200: YearIndicators, 400: Problem, 404: Problem},
    url_name="indicators",
    operation_id="indicators",
    summary="一个年度的主要指标",
    description="主要指标表：目标原文、完成情况、结论或进度及其说明。缺省为最近发布的一期。",
    openapi_extra={
        "responses": {
            200: {"description": "该年度已发布的指标"},
            400: {"description": "没有这样的期别"},
            404: {
                "description": "该年度或该期没有发布过；地址有误的，是一张网页",
                "content": NO_SUCH_ADDRESS,
            },
        }
    },
)
def year_indicators(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2023, ge=0)],
    period: Annotated[str, Coded(Period)] = PERIOD,
) -> HttpResponse:
    if period and period not in set(Period):
        raise HttpError(400, f"没有这样的期别：{period[:30]}。可用的期别：{PERIODS}。")
    try:
        asked = shown(published_plans(), year, period)
    except NotPublished as missing:
        raise HttpError(404, str(missing)) from missing
    rows = listed_rows(asked.plan, asked.period)
    return json_answer(year_out(asked.year, asked.term, rows))
