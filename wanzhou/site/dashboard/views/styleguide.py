"""The gallery of components for those who work on the site; nothing of it is published."""

from __future__ import annotations

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wanzhou.kernel.pages.pages import Page, rendered
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.styleguide import gallery


@require_safe
@never_cache
@staff_member_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented figures that say so."""
    page = Page("styleguide.html", gallery(), title="组件一览", canonical="")
    return HttpResponse(rendered(page, Visit.of(request)))
