"""How a visitor wants the pages to look: the switches above every page lead here and back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from wanzhou.kernel.pages.display import COOKIE, Display

A_YEAR = 365 * 24 * 3600


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
