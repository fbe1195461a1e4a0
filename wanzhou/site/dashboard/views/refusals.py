"""Where no page is: each says what is wrong and where to go on, in the same look, without a database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wanzhou.kernel.pages.pages import refused


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A friendly 404 that says what is missing, where a view said so."""
    says = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return refused(request, 404, says or "地址可能写错了，或者页面已经改了位置")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django itself refuses."""
    return refused(request, 400, "这个请求不能理解，请检查地址")


def broken(request: HttpRequest) -> HttpResponse:
    """What went wrong is in the log; the visitor gets a calm page that needs no database."""
    return refused(request, 500, "系统出了差错，已经记录下来。请过一会儿再试")
