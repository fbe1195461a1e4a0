"""The tasks of a year's boxes as data, filled from publications only."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.errors import HttpError

from wanzhou.kernel.pages.answers import NO_SUCH_ADDRESS, Problem, json_answer
from wanzhou.kernel.plans.shown import NotPublished, published_plans, shown

from .listing import listed_tasks
from .schemas import YearTasks, year_out

router = Router(tags=["重点项目"])


@router.get(
    "/{int:year}/projects.json",
    response={200: YearTasks, 404: Problem},
    url_name="projects",
    operation_id="projects",
    summary="一个年度的重点项目",
    description="计划各专栏列出的项目：计划阶段、已达阶段、原文和来源。",
    openapi_extra={
        "responses": {
            200: {"description": "该年度已发布的重点项目"},
            404: {"description": "该年度没有发布过；地址有误的，是一张网页", "content": NO_SUCH_ADDRESS},
        }
    },
)
def year_tasks(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2023, ge=0)],
) -> HttpResponse:
    try:
        plan = shown(published_plans(), year).plan
    except NotPublished as missing:
        raise HttpError(404, str(missing)) from missing
    return json_answer(year_out(plan.year, listed_tasks(plan)))
