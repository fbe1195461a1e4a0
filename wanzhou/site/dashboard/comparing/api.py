"""A comparison of two plans as data."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import Path, Router
from ninja.decorators import decorate_view

from wanzhou.kernel.pages.answers import AS_OF, Problem, answers_of, json_answer
from wanzhou.kernel.pages.pages import public_twin, visit_of
from wanzhou.kernel.plans.shown import published_plans

from .pairs import address_of, pair_of
from .schemas import ComparisonOut, comparison_out

TAG = {"name": "计划比较", "description": "两个年度的目标逐项比较。"}
router = Router(tags=[TAG["name"]])


@router.get(
    "/compare/{int:year}/{int:other}.json",
    response={200: ComparisonOut, 400: Problem, 404: Problem},
    url_name="comparison",
    operation_id="comparison",
    summary="两个年度的计划比较",
    description=(
        "两个年度的目标逐项比较：新增、不再列入、提高、降低、改表述、相同；换了单位或口径的不比较高低。"
        "年度次序写反的，转到前一年度在先的地址。"
    ),
    openapi_extra=answers_of(
        "两份已发布计划的比较",
        wrong="两个年度相同，或参数不能理解",
        missing="有一个年度没有发布过计划",
        patterned=True,
    ),
)
@decorate_view(public_twin())
def comparison(
    request: HttpRequest,
    year: Annotated[int, Path(title="前一年度", description="计划年度，四位数字。", example=2022, ge=0)],
    other: Annotated[int, Path(title="后一年度", description="另一个计划年度。", example=2023, ge=0)],
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    if year > other:
        return HttpResponseRedirect(visit.to(f"{address_of(year, other)}.json"))
    moment = visit.as_of.moment
    return json_answer(comparison_out(pair_of(year, other, published_plans(moment), moment)))
