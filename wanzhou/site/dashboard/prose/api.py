"""Work targets and cited figures as data."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.decorators import decorate_view

from indicators.models import CitedFact, PublishedWorkTarget
from wanzhou.kernel.pages.answers import AS_OF, NO_SUCH_ADDRESS, Problem, json_answer
from wanzhou.kernel.pages.pages import public_twin, visit_of
from wanzhou.kernel.plans.shown import shown

from .schemas import YearResults, YearWork, results_out, work_out

TAG = {"name": "重点工作", "description": "报告文字部分有数的目标，和所述的成绩。"}
router = Router(tags=[TAG["name"]])
REPLIES = {
    "responses": {
        200: {"description": "该年度已发布的内容"},
        400: {"description": "参数不能理解"},
        404: {"description": "该年度没有发布过；地址有误的，是一张网页", "content": NO_SUCH_ADDRESS},
    }
}


@router.get(
    "/{int:year}/work-targets.json",
    response={200: YearWork, 400: Problem, 404: Problem},
    url_name="work_targets",
    operation_id="work_targets",
    summary="一个年度的重点工作目标",
    description="报告“重点工作”部分有数的目标：表述、原句、责任单位；有数字的，另有结论或进度。不计入主要指标。",
    openapi_extra=REPLIES,
)
@decorate_view(public_twin())
def year_work(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2023, ge=0)],
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    plan = shown(visit.plans, year).plan
    return json_answer(work_out(year, PublishedWorkTarget.objects.current(plan, as_of=visit.as_of.moment)))


@router.get(
    "/{int:year}/results.json",
    response={200: YearResults, 400: Problem, 404: Problem},
    url_name="results",
    operation_id="results",
    summary="报告所述一个年度的成绩",
    description="报告回顾这一年时写明的数，连同原句；照录，不参与判定，不计入主要指标。",
    openapi_extra=REPLIES,
)
@decorate_view(public_twin())
def year_results(
    request: HttpRequest,
    year: Annotated[int, Path(title="年份", description="计划年度，四位数字。", example=2022, ge=0)],
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    facts = CitedFact.objects.of_plan(shown(visit.plans, year).plan, as_of=visit.as_of.moment)
    return json_answer(results_out(year, facts.select_related("publication")))
