"""The public data interface, composed from both halves of the report; numbers are strings, Chinese is Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from indicators.api import router as indicators
from projects.api import router as projects


class ReadableJSON(JSONRenderer):
    """JSON in which Chinese stays readable."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="年度计划数据", urls_namespace="data", renderer=ReadableJSON(), docs_url=None, openapi_url=None
)
api.add_router("", indicators)
api.add_router("", projects)
