"""What awaits the city as data, filled from publications only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view

from wanzhou.kernel.pages.answers import AS_OF, Problem, answers_of, json_answer
from wanzhou.kernel.pages.pages import public_twin, visit_of

from .schemas import WaitsOut, answered_out, wait_out
from .waits import answered_at, waits_at

router = Router(tags=["指标"])


@router.get(
    "/awaiting.json",
    response={200: WaitsOut, 400: Problem},
    url_name="awaiting",
    operation_id="awaiting",
    summary="等待市级反馈的指标",
    description="各年度最近一期里等待市级反馈或等待基数的指标，等了多久，和已经反馈的。",
    openapi_extra=answers_of("等待市级反馈的指标", wrong="参数不能理解；原因里写明可以怎么写"),
)
@decorate_view(public_twin())
def all_waits(request: HttpRequest, as_of: str = AS_OF) -> HttpResponse:
    visit = visit_of(request)
    waits = waits_at(visit.plans, visit.as_of.moment)
    return json_answer(
        WaitsOut(
            as_of=visit.as_of.day,
            waits=[wait_out(wait, visit.as_of.day) for wait in waits],
            answered=[answered_out(one) for one in answered_at(visit.as_of.moment)],
        )
    )
