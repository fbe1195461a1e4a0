"""The first page of the administration."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wanzhou.kernel.accounts.desks import person
from wanzhou.site.workbench.today import today_for


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is to be done, above the list of desks."""
    return admin.site.index(request, {"today": today_for(person(request))})
