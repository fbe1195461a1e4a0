"""The public data interface, composed from both halves of the report; numbers are strings, Chinese is Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from indicators.api import router as indicators
from projects.api import router as projects

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
            {"name": "搜索", "description": "跨年度查找指标和项目。"},
        ]
    },
)
api.add_router("", indicators)
api.add_router("", projects)
api.add_router("", search)
