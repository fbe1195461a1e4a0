"""What every form of the desks shares: first look at what it does, then do it; refusals in Chinese, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from indicators.effects import effects_of
from indicators.evidence import Attach, no_files
from indicators.models import AnnualTarget
from wanzhou.kernel.accounts.desks import refusal_of
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.workbench.attaching import AttachingForm
from wanzhou.site.workbench.foreseen import Foreseen, foreseen

from .pages import refuse

Done = TypeVar("Done")


def only_looks(request: HttpRequest) -> bool:
    """Whether the person asked what it would do, and not to do it."""
    return request.POST.get("step") == "look"


def attempt(request: HttpRequest, act: Callable[[], Done]) -> Done | None:
    """Do it all, or nothing and say why not; an act that was done answers with something."""
    try:
        with transaction.atomic():
            return act()
    except MoveRefused as refusal:
        refuse(request, refusal.problems)
    except DatabaseError as error:
        said = refusal_of(error)
        if not said:
            raise
        refuse(request, [said])
    return None


def look(
    request: HttpRequest, act: Callable[[], object], periods: Iterable[ReportingPeriod], reader: User
) -> tuple[Foreseen, ...]:
    """What the act would do to the verdicts, for the page; what stands against it is said as well."""
    return attempt(request, lambda: foreseen(effects_of(act, periods), reader)) or ()


def files_of(request: HttpRequest, form: AttachingForm, by: User) -> Attach:
    """What attaches the files of a valid form; who only looks sends none in."""
    return no_files if only_looks(request) else form.attach(by)


def periods_in_time() -> list[ReportingPeriod]:
    """Every period of every annual plan, newest first."""
    periods = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL).select_related("plan")
    return sorted(periods, key=lambda each: (each.plan.year, Period(each.period).position), reverse=True)


def period_or_404(year: int, period: str) -> ReportingPeriod:
    """A period of an annual plan, with its plan and rules."""
    found = ReportingPeriod.objects.select_related("plan__rule_set")
    return get_object_or_404(found, plan__kind=PlanKind.ANNUAL, plan__last_year=year, period=period)


def row_or_404(target: int, period: int, reader: User) -> tuple[AnnualTarget, ReportingPeriod]:
    """A target that the reader works on, and a period of its plan."""
    own = AnnualTarget.objects.for_user(reader).select_related("plan__rule_set", "indicator", "department")
    found = get_object_or_404(own, pk=target)
    periods = ReportingPeriod.objects.select_related("plan__rule_set")
    return found, get_object_or_404(periods, pk=period, plan=found.plan_id)
