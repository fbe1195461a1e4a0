"""Where a year's work targets and cited figures are, if it has any."""

from __future__ import annotations

import datetime

from django.db.models import Exists

from indicators.models import CitedFact, PublishedWorkTarget
from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.plans.models import Plan


def prose_links(plan: Plan, moment: datetime.datetime) -> tuple[Link, ...]:
    """The links to what the year has of them at the moment; one query."""
    known = Plan.objects.filter(pk=plan.pk).values_list(
        Exists(PublishedWorkTarget.objects.visible(moment).filter(publication__plan=plan).order_by()),
        Exists(CitedFact.objects.of_plan(plan, as_of=moment).order_by()),
    )
    ((work, results),) = list(known)
    return tuple(
        Link(label, f"/{plan.year}/{name}/")
        for there, label, name in (
            (work, "重点工作目标", "work-targets"),
            (results, "报告所述成绩", "results"),
        )
        if there
    )
