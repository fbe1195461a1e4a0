"""The published tasks of a list, for pages and twins that must be quick."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from projects.models import PublishedTask
from wanzhou.kernel.plans.models import Plan
from wanzhou.kernel.remembered import Remembered

Moment = datetime.datetime | None


def listed_tasks(plan: Plan, *, as_of: Moment = None) -> list[PublishedTask]:
    """The same tasks as `PublishedTask.objects.current`, with their publications; nobody may change them."""
    return _TASKS.listed(plan=plan.pk, as_of=as_of)


def _current(plan: int, as_of: Moment) -> QuerySet[PublishedTask]:
    return PublishedTask.objects.current(Plan(pk=plan), as_of=as_of)


_TASKS = Remembered(lambda: PublishedTask.objects.select_related("publication"), _current)
