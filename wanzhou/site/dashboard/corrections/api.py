"""The log as data."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from wanzhou.kernel.pages.answers import AS_OF, Problem, answers_of, json_answer
from wanzhou.kernel.pages.columns import Coded
from wanzhou.kernel.pages.pages import public_twin, visit_of

from .kinds import LogKind
from .log import log_of
from .page import PARAMETERS, asked_for
from .schemas import LogOut, log_out

TAG = {"name": "发布与更正", "description": "每次发布，以及先后两次发布之间的变化。"}
router = Router(tags=[TAG["name"]])
KIND = Query("", title="类别", description="只要这一类，用代码。", example="correction")
YEAR = Query("", title="年份", description="只要这一计划年度的。", example="2023")


@router.get(
    "/corrections.json",
    response={200: LogOut, 400: Problem, 404: Problem},
    url_name="corrections",
    operation_id="corrections",
    summary="发布与更正",
    description=(
        "每次发布，以及同一指标同一期先后两次发布之间的变化：录入差错、市级反馈、统计核定、口径调整、"
        "目标调整、人工认定、补充内容、文字变动、项目进展。只有录入差错是本站的错误。"
    ),
    openapi_extra=answers_of(
        "全部记录，或所问类别和年度的记录",
        wrong="没有这样的类别或年度；原因里写明可选的值",
        missing="没有这样的内容",
    ),
)
@decorate_view(public_twin(*PARAMETERS))
def corrections(
    request: HttpRequest,
    kind: Annotated[str, Coded(LogKind)] = KIND,
    year: str = YEAR,
    as_of: str = AS_OF,
) -> HttpResponse:
    visit = visit_of(request)
    return json_answer(log_out(asked_for(log_of(visit.as_of.moment), visit)))
