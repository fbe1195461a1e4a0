"""Telling the public which projects serve which targets: with the plan itself, and only where it knows both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.models import PublishedRow
from projects.models import PublishedTask
from wanzhou.kernel.plans.models import Publication

from .models import Contribution, PublishedContribution

TOLD = ("slug", "project", "code", "indicator", "words", "stands")


def publish_contributions(publication: Publication) -> list[PublishedContribution]:
    """Append what the public does not know yet of the plan's contributions: new ones, other words, fallen away.

    An act for a period tells nothing of them. One whose task or target is not public waits; at most five queries.
    """
    if publication.period_id is not None:
        return []
    contributions = list(Contribution.objects.filter(target__plan=publication.plan).select_related("target"))
    if not contributions:
        return []
    public = _Public.of(publication)
    rows = [row for row in map(public.told, contributions) if row is not None and public.is_news(row)]
    return PublishedContribution.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True)
class _Public:
    """What the public knows, this act's own rows included."""

    publication: Publication
    tasks: dict[int, PublishedTask]
    rows: dict[int, PublishedRow]
    known: dict[int, PublishedContribution]

    @classmethod
    def of(cls, publication: Publication) -> _Public:
        plan = publication.plan
        return cls(
            publication,
            {task.task_id: task for task in PublishedTask.objects.current(plan)},
            {row.target_id: row for row in PublishedRow.objects.in_force([plan])},
            {told.contribution_id: told for told in _newest(publication)},
        )

    def told(self, contribution: Contribution) -> PublishedContribution | None:
        """The contribution in the words under which the public knows the project and the indicator."""
        task, row = self.tasks.get(contribution.task_id), self.rows.get(contribution.target_id)
        if task is None or row is None:
            return None
        return PublishedContribution(
            publication=self.publication,
            contribution=contribution,
            slug=task.slug,
            project=task.name,
            code=row.code,
            tier=contribution.target.tier,
            indicator=row.name,
            row_order=row.order,
            box=task.box,
            task_order=task.order,
            words=contribution.words,
            stands=contribution.stands,
        )

    def is_news(self, row: PublishedContribution) -> bool:
        """Whether it reads otherwise than what was told last; what never stood in public need not fall away."""
        known = self.known.get(row.contribution_id)
        if known is None:
            return row.stands
        return any(getattr(known, name) != getattr(row, name) for name in TOLD)


def _newest(publication: Publication) -> Iterator[PublishedContribution]:
    yield from PublishedContribution.objects.filter(publication__plan=publication.plan).newest()
