"""The public pages: find what was published, fill the page's object, and say what stands around it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from wanzhou.kernel.pages.display import COOKIE, Display
from wanzhou.kernel.pages.pages import Page, public, refused
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.shown import PublishedPlan, Shown, opening, published_plans, shown

from .overview import overview_of

A_YEAR = 365 * 24 * 3600


@public()
def home(visit: Visit) -> Page:
    """The newest period that was declared complete; a calm page where nothing is published yet."""
    plans = published_plans(visit.as_of.moment)
    first = opening(plans)
    if first is None:
        return Page("empty.html", None, title="年度总览", canonical="/", section="overview")
    return _overview(visit, first, plans)


@public("period")
def year(visit: Visit, year: int) -> Page:
    """A plan year at its newest published period, or at the one asked for."""
    plans = published_plans(visit.as_of.moment)
    return _overview(visit, shown(plans, year, visit.said("period")), plans)


def _overview(visit: Visit, asked: Shown, plans: tuple[PublishedPlan, ...]) -> Page:
    page = overview_of(asked, plans, visit.as_of.moment)
    return Page(
        "overview.html",
        page,
        title=f"{page.year} 年计划{page.words.kick}总览",
        canonical=page.canonical,
        section="overview",
        year=page.year,
        description="".join(page.headline.phrases) + "。" + page.headline.lede,
        twins=page.twins,
        sources=page.sources,
    )


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keep how the visitor wants the pages to look, and go back to where he was."""
    look = Display.of(request.COOKIES.get(COOKIE, ""))
    look = Display(
        large=_switched(request, "large", look.large), contrast=_switched(request, "contrast", look.contrast)
    )
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    response["Cache-Control"] = "no-store"
    if look.cookie:
        response.set_cookie(
            COOKIE, look.cookie, max_age=A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _switched(request: HttpRequest, name: str, now: bool) -> bool:
    said = request.GET.get(name)
    return said == "yes" if said in {"yes", "no"} else now


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
