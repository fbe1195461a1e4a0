"""The one act of publication that joins both halves of the report, done or only shown."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from indicators.models import PublishedRow
from indicators.publishing import PublicationRefused, publish_rows
from indicators.work import Prose, publish_prose
from projects.models import PublishedTask
from projects.publishing import publish_tasks
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.actions import SecrecyCheck, open_publication
from wanzhou.kernel.plans.models import Plan, Publication, ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.models import Submission
from wanzhou.site.links.models import PublishedContribution
from wanzhou.site.links.publishing import publish_contributions

CHECKS_SECRECY = "plans.check_secrecy"
PUBLISHES = "plans.add_publication"
Looked = TypeVar("Looked")


@dataclass(frozen=True, slots=True)
class Act:
    """What an act of publication tells the public: rows, tasks and which of them serve which, and what they replace.

    `problems` is what stands against it.
    """

    publication: Publication
    rows: tuple[PublishedRow, ...]
    replaced: Mapping[int, PublishedRow]
    tasks: tuple[PublishedTask, ...]
    contributions: tuple[PublishedContribution, ...]
    prose: Prose
    entries: tuple[Submission, ...]
    problems: tuple[str, ...]

    @property
    def told(self) -> tuple[Model, ...]:
        """Everything that the public would read."""
        return (*self.rows, *self.tasks, *self.contributions, *self.prose.targets, *self.prose.facts)

    @property
    def is_empty(self) -> bool:
        """Whether the public would learn nothing."""
        return not self.told

    @property
    def digest(self) -> str:
        """The fingerprint of everything that it tells and replaces: the same digest means the same act."""
        said = [
            self.publication.rule_set_id,
            [_columns(row) for row in self.told],
            sorted(row.pk for row in self.replaced.values()),
        ]
        return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()


class PublicationChanged(Exception):
    """What would be published is no longer what the person was shown; nothing is written."""


class _TakenBack(Exception):
    """Unwinds an act that was only shown, or that would tell the public nothing new."""


def publish(
    *,
    plan: Plan,
    period: ReportingPeriod | None,
    by: User,
    why: str,
    entries: Iterable[Submission] | None = None,
    seen: str | None = None,
    **recorded: Any,
) -> Publication | None:
    """Publish approved entries (`entries`, or all of this plan and period), or None when nothing is new.

    Without a period the plan's own targets and tasks are published. With `seen`, the digest of a preview, only what
    was shown is published. `recorded` is what the publication records besides: `secrecy`, `not_before`, `note`.
    Raises PublicationRefused with the problems, PublicationChanged when `seen` is out of date, and MoveRefused when
    the person may not publish; in every case nothing is written.
    """
    chosen = None if entries is None else list(entries)
    secrecy: SecrecyCheck | None = recorded.get("secrecy")
    if secrecy is not None and secrecy.at > timezone.now():
        raise PublicationRefused(["保密审查时间不能晚于现在。"])
    try:
        with transaction.atomic():
            act = _carry_out(plan, period, by, why, chosen, **recorded)
            if seen is not None and act.digest != seen:
                raise PublicationChanged
            if act.is_empty:
                raise _TakenBack
            problems = (*act.problems, *_unchecked(act, secrecy))
            if problems:
                raise PublicationRefused(problems)
            return act.publication
    except _TakenBack:
        return None


def propose(
    *,
    plan: Plan,
    period: ReportingPeriod | None,
    by: User,
    look: Callable[[Act], Looked],
    not_before: datetime.datetime | None = None,
) -> Looked:
    """What publishing now would do: the act is carried out, looked at from inside, and taken back.

    Raises MoveRefused when the person may not publish.
    """
    looked: list[Looked] = []
    try:
        with transaction.atomic():
            looked.append(look(_carry_out(plan, period, by, "预览", None, not_before=not_before)))
            raise _TakenBack
    except _TakenBack:
        return looked[0]


def _carry_out(
    plan: Plan,
    period: ReportingPeriod | None,
    by: User,
    why: str,
    entries: list[Submission] | None,
    **recorded: Any,
) -> Act:
    """Open the act and append what it tells; whoever calls holds the transaction."""
    if not by.has_perm(PUBLISHES):
        raise MoveRefused(f"{by}没有发布的权限。")
    publication = open_publication(plan=plan, period=period, by=by, why=why, **recorded)
    appended = publish_rows(publication, entries=entries)
    tasks = tuple(publish_tasks(publication, entries=entries))
    contributions = tuple(publish_contributions(publication))
    prose = publish_prose(publication)
    updates = [task.update for task in tasks if task.update is not None]
    return Act(
        publication=publication,
        rows=appended.rows,
        replaced=appended.replaced,
        tasks=tasks,
        contributions=contributions,
        entries=(*appended.entries, *updates),
        problems=appended.problems,
        prose=prose,
    )


def _unchecked(act: Act, secrecy: SecrecyCheck | None) -> Iterator[str]:
    """What is wrong with the secrecy check, where one was made."""
    if secrecy is None:
        return
    if not secrecy.by.has_perm(CHECKS_SECRECY):
        yield f"{secrecy.by}没有保密审查的权限。"
    own = [entry for entry in act.entries if secrecy.by.pk in (entry.entered_by_id, entry.submitted_by_id)]
    if own:
        yield f"保密审查人{secrecy.by}自己录入或报送了“{own[0]}”等{len(own)}条，须由另一人审查。"
    approvals = [entry.approved_at for entry in act.entries if entry.approved_at is not None]
    newest = max(approvals, default=secrecy.at).replace(second=0, microsecond=0)
    if secrecy.at < newest:
        yield (
            f"保密审查时间早于最后一条内容审核通过的时间（{timezone.localtime(newest):%Y-%m-%d %H:%M}），"
            "当时还没有看到全部内容。"
        )


def _columns(row: Model) -> list[Any]:
    """Everything that the row tells; its own id and its publication's differ from one try to the next."""
    apart = ("id", "publication")
    return [getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in apart]


__all__ = ["Act", "PublicationChanged", "PublicationRefused", "propose", "publish"]
