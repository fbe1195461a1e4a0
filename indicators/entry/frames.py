"""What every page of entry begins with: who reads, which period, where its pages are, the administration's frame."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wanzhou.kernel.accounts.desks import person
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod


def reader_of(request: HttpRequest) -> User:
    """Whoever may see figures; nobody else comes here."""
    reader = person(request)
    if not reader.has_perm("indicators.view_quarterlyactual"):
        raise PermissionDenied
    return reader


def period_of(year: int, period: str) -> ReportingPeriod:
    """The period of a year's plan, with its plan and rules."""
    periods = ReportingPeriod.objects.select_related("plan__rule_set")
    return get_object_or_404(
        periods, plan__kind=PlanKind.ANNUAL, plan__last_year=year, period=period.replace("-", "_")
    )


def address(page: str, period: ReportingPeriod, *more: str) -> str:
    """Where a page of a period is."""
    return reverse(f"admin:entry_{page}", args=[period.plan.year, period.period.replace("_", "-"), *more])


def back_to_grid(request: HttpRequest, period: ReportingPeriod) -> str:
    """The grid that a page beside it came from: all rows, or the department that was chosen."""
    chosen = request.META.get("QUERY_STRING", "")
    return address("grid", period) + (f"?{chosen}" if chosen else "")


def frame(request: HttpRequest, site: AdminSite) -> dict[str, Any]:
    """What every page of the administration has; these are wide, and go without the side navigation."""
    return {**site.each_context(request), "is_nav_sidebar_enabled": False}
