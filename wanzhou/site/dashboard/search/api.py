"""The search as data."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from wanzhou.kernel.pages.answers import Problem, answers_of, json_answer
from wanzhou.kernel.pages.pages import public_twin
from wanzhou.kernel.pages.visits import LONGEST_ANSWER

from .questions import MOST_WORDS
from .schemas import Found, found_out

router = Router(tags=["搜索"])


@router.get(
    "/search.json",
    response={200: Found, 400: Problem},
    url_name="search",
    operation_id="search",
    summary="查找指标和重点项目",
    description=(
        "按名称、别称、代码、拼音或拼音首字母查找各年计划的指标和重点项目，每个词都须符合，最贴近的在前。"
        "不写词，就是全部指标和项目的索引。"
    ),
    openapi_extra=answers_of("找到的指标和项目", wrong="词太多、太长或不能理解"),
)
@decorate_view(public_twin(free=("q",)))
def search(
    request: HttpRequest,
    q: Annotated[
        str,
        Query(
            title="查找的词",
            description=f"以空格分开，最多 {MOST_WORDS} 个词、{LONGEST_ANSWER} 个字。",
            example="gdp",
        ),
    ] = "",
) -> HttpResponse:
    visit = request.visit  # type: ignore[attr-defined]
    return json_answer(found_out(visit.said("q"), visit.as_of.moment))
