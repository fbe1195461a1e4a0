"""The public data interface, composed from both halves of the report; numbers are strings, Chinese is Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from indicators.api import router as indicators
from indicators.waiting.api import router as waiting
from projects.api import router as projects
from wanzhou.kernel.pages.pages import told_why
from wanzhou.kernel.pages.refusals import BadQuestion, NoSuchPage
from wanzhou.kernel.plans.shown import NotPublished

from .comparing import api as comparing
from .corrections import api as corrections
from .prose import api as prose
from .search.api import router as search


class ReadableJSON(JSONRenderer):
    """JSON in which Chinese stays readable."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="年度计划数据",
    version="1",
    description=(
        "年度计划的指标和重点项目，只含已发布的内容，与网页相同。"
        "数值是十进制字符串，精确而不经四舍五入；不知道的为null，不是0。代码永久不变。"
    ),
    urls_namespace="data",
    renderer=ReadableJSON(),
    docs_url=None,
    openapi_url=None,
    openapi_extra={
        "tags": [
            {"name": "指标", "description": "主要指标的目标、完成情况和结论。"},
            {"name": "重点项目", "description": "各专栏列出的项目及其阶段。"},
            comparing.TAG,
            corrections.TAG,
            prose.TAG,
            {"name": "搜索", "description": "跨年度查找指标和项目。"},
        ]
    },
)
api.add_router("", indicators)
api.add_router("", projects)
api.add_router("", comparing.router)
api.add_router("", corrections.router)
api.add_router("", prose.router)
api.add_router("", search)
api.add_router("", waiting)


@api.exception_handler(BadQuestion)
def bad_question(request: HttpRequest, reason: BadQuestion) -> HttpResponse:
    return told_why(400, reason)


@api.exception_handler(NotPublished)
@api.exception_handler(NoSuchPage)
def nothing_there(request: HttpRequest, reason: LookupError) -> HttpResponse:
    return told_why(404, reason)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, reason: ValidationError) -> HttpResponse:
    """What ninja itself refuses, in English, is named in Chinese."""
    names = "、".join(str(error["loc"][-1]) for error in reason.errors)
    return told_why(400, BadQuestion(f"参数 {names} 的写法不能理解，请对照接口说明"))
