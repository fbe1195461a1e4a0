"""The public pages: find what was published, fill the page's object, render."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from wanzhou.kernel.plans.shown import NotPublished, Shown, opening, published_plans, shown

from .overview import overview_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest period that was declared complete; a calm page where nothing is published yet."""
    plans = published_plans()
    first = opening(plans)
    if first is None:
        return _public("dashboard/empty.html")
    return _public("dashboard/overview.html", {"page": overview_of(first, plans)})


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A plan year at its newest published period, or at the one asked for."""
    plans = published_plans()
    try:
        asked: Shown = shown(plans, year, request.GET.get("period", ""))
    except NotPublished as missing:
        raise Http404(str(missing)) from missing
    return _public("dashboard/overview.html", {"page": overview_of(asked, plans)})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A friendly 404 that says what is missing, where a view said so."""
    says = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _public("404.html", {"says": says}, status=404)


def _public(template: str, context: dict[str, object] | None = None, *, status: int = 200) -> HttpResponse:
    """Rendered without the request: no user, message or CSRF token can reach a public page."""
    return HttpResponse(render_to_string(template, context), status=status)
