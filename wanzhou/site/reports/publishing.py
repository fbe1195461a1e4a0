"""The one act of publication that joins both halves of the report."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from indicators.publishing import PublicationRefused, publish_rows
from projects.publishing import publish_tasks
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import open_publication
from wanzhou.kernel.plans.models import Plan, Publication, ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.models import Submission


class _NothingTouched(Exception):
    """Unwinds an act that would tell the public nothing new."""


def publish(
    *,
    plan: Plan,
    period: ReportingPeriod | None,
    by: User,
    why: str,
    entries: Iterable[Submission] | None = None,
) -> Publication | None:
    """Publish approved entries (`entries`, or all of this plan and period), or None when nothing is new.

    Without a period the plan's own targets and tasks are published. Raises PublicationRefused with the problems,
    and MoveRefused when the person may not publish; in either case nothing is written.
    """
    if not by.has_perm("plans.add_publication"):
        raise MoveRefused(f"{by}没有发布的权限。")
    chosen = None if entries is None else list(entries)
    try:
        with transaction.atomic():
            publication = open_publication(plan=plan, period=period, by=by, why=why)
            rows = publish_rows(publication, entries=chosen)
            tasks = publish_tasks(publication, entries=chosen)
            if not rows and not tasks:
                raise _NothingTouched
            return publication
    except _NothingTouched:
        return None


__all__ = ["PublicationRefused", "publish"]
