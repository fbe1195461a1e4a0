"""The answers of the data interface: what every one of them shares."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import BaseModel

from .columns import told

# Addresses that fit no pattern get the page that says so, like everywhere on the site.
NO_SUCH_ADDRESS: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}


class Problem(BaseModel):
    """为什么没有可以给出的内容。"""

    detail: Annotated[str, told("原因", "用一句话说明哪里不对，可以怎么改。", "没有已发布的2050年年度计划")]


def json_answer(body: BaseModel) -> HttpResponse:
    """The body as JSON in which Chinese stays readable; it was validated when it was made, and is not again."""
    return HttpResponse(body.model_dump_json(), content_type="application/json; charset=utf-8")
