"""A public page: what a view returns, and how it becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines

from wanzhou.kernel.plans.shown import NotPublished

from .asof import as_of
from .display import COOKIE, Display
from .keeping import answered
from .refusals import BadQuestion, NoSuchPage
from .visits import Visit

Asked = ParamSpec("Asked")
READING = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the site and how it is called."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document that figures of the page come from; an unknown date or address is empty."""

    title: str
    url: str = ""
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's template and content, and what the frame around it says.

    `section` is the entry of the navigation that it belongs to, `year` the plan year that the navigation leads on
    with, `canonical` its permanent address, `twins` the same content as files.
    """

    template: str
    content: object
    title: str
    canonical: str
    section: str = ""
    year: int | None = None
    description: str = ""
    crumbs: tuple[Link, ...] = ()
    twins: tuple[Link, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes; with a name it is for saving, without one for reading."""

    body: bytes
    content_type: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another address of the site has the answer."""

    href: str


Answer = Page | File | Elsewhere
View = Callable[Concatenate[Visit, Asked], Answer]


def public(
    *parameters: str, free: Collection[str] = ()
) -> Callable[[View[Asked]], Callable[Concatenate[HttpRequest, Asked], HttpResponse]]:
    """Make a view of a function from a visit (never the request) to an answer.

    `parameters` are the ones it declares; answers to the `free` ones are whatever people type, and such pages are
    not kept. Refusals become pages that say what would be accepted.
    """

    def decorate(view: View[Asked]) -> Callable[Concatenate[HttpRequest, Asked], HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
            if request.method not in READING:
                return refused(request, 405, "公开页面只供阅读，不接受提交")
            try:
                visit = Visit.of(request, (*parameters, *free))
                typed = any(visit.said(name) for name in free)
                return answered(
                    request,
                    visit,
                    lambda stamped: sent(view(stamped, *args, **kwargs), stamped),
                    keep=not typed,
                )
            except BadQuestion as reason:
                return refused(request, 400, str(reason))
            except (NoSuchPage, NotPublished) as reason:
                return refused(request, 404, str(reason))

        return answer

    return decorate


def public_twin(*parameters: str, free: Collection[str] = ()) -> Callable[..., Callable[..., HttpResponse]]:
    """The same for an operation of the API, which takes the request and finds the visit on it; refusals are JSON."""

    def decorate(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def operate(visit: Visit, request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse:
            request.visit = visit  # type: ignore[attr-defined]
            return run(request, **kwargs)

        @wraps(run)
        def answer(request: HttpRequest, **kwargs: object) -> HttpResponse:
            try:
                visit = Visit.of(request, (*parameters, *free))
                typed = any(visit.said(name) for name in free)
                return answered(
                    request, visit, lambda stamped: operate(stamped, request, kwargs), keep=not typed
                )
            except BadQuestion as reason:
                return told_why(400, reason)

        return answer

    return decorate


def visit_of(request: HttpRequest) -> Visit:
    """The visit that `public_twin` left on the request of an operation."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit


def sent(answer: Answer, visit: Visit) -> HttpResponse:
    """The answer as a response."""
    if isinstance(answer, Page):
        return HttpResponse(rendered(answer, visit), status=answer.status)
    if isinstance(answer, Elsewhere):
        return HttpResponseRedirect(visit.to(answer.href))
    response = HttpResponse(answer.body, content_type=answer.content_type)
    if answer.name:
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    return response


def rendered(page: Page, visit: Visit) -> str:
    """The page as HTML; no user, message or token can be in it, because the request is not."""
    template = engines["public"].get_template(page.template)
    return str(
        template.render(
            {
                "page": page.content,
                "frame": page,
                "visit": visit,
                "district": settings.DISTRICT,
                "footer": settings.FOOTER,
                "has_desk": settings.SITE_PART == "all",
                "has_pages": settings.SITE_PART != "staff",
            }
        )
    )


def refused(request: HttpRequest, status: int, says: str) -> HttpResponse:
    """A page in the same look that says what is wrong and where to go on."""
    display = Display.of(request.COOKIES.get(COOKIE, ""))
    exported = getattr(request, "exported", False)
    visit = Visit(path="/", as_of=as_of(""), display=display, exported=exported)
    page = Page("refused.html", says, title=_TITLES.get(status, "不能这样查看"), canonical="", status=status)
    response = HttpResponse(rendered(page, visit), status=status)
    response["Cache-Control"] = "no-store"
    if status == 405:
        response["Allow"] = "GET, HEAD"
    return response


_TITLES = {404: "没有这个页面", 500: "页面暂时打不开"}


def told_why(status: int, reason: Exception) -> JsonResponse:
    """Why there is no answer, as the interface says it."""
    return JsonResponse({"detail": str(reason)}, status=status, json_dumps_params={"ensure_ascii": False})
