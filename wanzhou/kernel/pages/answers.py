"""The answers of the data interface: what every one of them shares."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja.params.functions import Query
from pydantic import BaseModel

from .columns import told

# Addresses that fit no pattern get the page that says so, like everywhere on the site.
NO_SUCH_ADDRESS: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}

# Every address of the interface can be read as of a day of the past.
AS_OF: Any = Query(
    "",
    title="某一天",
    description="只看这一天（含）以前公开的内容，如 2023-09-30；缺省为现在。",
    example="2023-09-30",
)


class Problem(BaseModel):
    """为什么没有可以给出的内容。"""

    detail: Annotated[str, told("原因", "用一句话说明哪里不对，可以怎么改。", "没有已发布的2050年年度计划")]


def answers_of(
    found: str, *, wrong: str = "参数不能理解；原因里写明可选的值", missing: str = "", patterned: bool = False
) -> dict[str, Any]:
    """How an address describes its answers: what it gives, what it refuses, and what it does not have, if ever.

    An address with a pattern (`patterned`) answers what does not fit it with a page.
    """
    answers: dict[int, dict[str, Any]] = {200: {"description": found}, 400: {"description": wrong}}
    if patterned:
        answers[404] = {"description": f"{missing}；地址有误的，是一张网页", "content": NO_SUCH_ADDRESS}
    elif missing:
        answers[404] = {"description": missing}
    return {"responses": answers}


def json_answer(body: BaseModel) -> HttpResponse:
    """The body as JSON in which Chinese stays readable; it was validated when it was made, and is not again."""
    return HttpResponse(body.model_dump_json(), content_type="application/json; charset=utf-8")
