"""The data interface described: its OpenAPI document, and the same as a page."""

from __future__ import annotations

import json

from wanzhou.kernel.pages.pages import File, Link, Page, public
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.interface import document, interface_of

DOCUMENT = "/api/openapi.json"


@public()
def openapi(visit: Visit) -> File:
    """The OpenAPI 3.1 document, for programs."""
    body = json.dumps(document(), ensure_ascii=False, indent=1).encode()
    return File(body, "application/json; charset=utf-8")


@public()
def documentation(visit: Visit) -> Page:
    """The same document, for people."""
    page = interface_of(document(), visit.plans)
    return Page(
        "interface.html",
        page,
        title="数据接口",
        canonical="/api/docs",
        section="data",
        description="数据接口的每一个地址、参数、字段和示例，由接口的 OpenAPI 文件生成。",
        crumbs=(Link("开放数据", "/data/"), Link("数据接口", "")),
        twins=(Link("OpenAPI 文件", DOCUMENT),),
    )
