"""The first page of the day: for each role, what is due, what waits, and where to do it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from indicators.decisions import EXPLAINS, RULES
from indicators.drafting.refusals import DRAFTS
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.roles import EVERY_DEPARTMENT, Role, SystemAccount
from wanzhou.kernel.accounts.trail import reads_history
from wanzhou.kernel.plans.actions import CHANGES_PERIODS
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.site.links.contributing import READS as READS_CONTRIBUTIONS
from wanzhou.site.reports.intake.deciding import READS as READS_REPORTS
from wanzhou.site.reports.publishing import PUBLISHES

from . import piles, places, updates
from .city import READS as READS_REQUESTS
from .papers import READS as READS_PAPERS
from .piles import Errand, Pile
from .progress import Progress, asked_of, open_periods, progress_of
from .references import READS as READS_REFERENCES
from .register.chapters import READS as READS_PROJECTS
from .reminders import Reminder, reminders_of
from .writing import READS as READS_DOCUMENTS

DECIDES = "indicators.approve_quarterlyactual"
READS_FIGURES = "indicators.view_quarterlyactual"
READS_ACTS = "plans.view_publication"
KEEPS_PEOPLE = "accounts.change_user"


@dataclass(frozen=True, slots=True)
class Share:
    """A department's progress as a bar."""

    name: str
    total: int
    submitted: int
    checked: int
    late: bool


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period that takes entries, with the progress of every department that the reader sees."""

    name: str
    due: str
    late: bool
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """Everything that the page shows."""

    date: datetime.date
    scope: str
    piles: tuple[Pile, ...]
    periods: tuple[OpenPeriod, ...]
    reminders: tuple[Reminder, ...]
    acts: tuple[Errand, ...]
    desks: tuple[Errand, ...]


def today_for(reader: User) -> Today:
    """The page of this reader; the number of queries does not grow with rows or departments."""
    date = timezone.localdate()
    every = reader.has_perm(EVERY_DEPARTMENT)
    works = reader.has_perm(READS_FIGURES)
    periods = open_periods() if works else []
    asked = asked_of(reader, periods) if works else ()
    shares = progress_of(asked)
    found: list[Pile] = []
    if works:
        found += list(piles.due(asked, date, reader)) if not every else []
        found += _shared(reader, periods, date)
    if reader.has_perm(updates.READS) and not every:
        found += updates.due(reader, date)
    if reader.has_perm(KEEPS_PEOPLE):
        found += [_people()]
    return Today(
        date=date,
        scope=_scope(reader, every, works),
        piles=tuple(found),
        periods=tuple(_open(period, shares, date) for period in periods),
        reminders=tuple(reminders_of(shares, date)) if reader.has_perm(DECIDES) else (),
        acts=tuple(_acts()) if reader.has_perm(READS_ACTS) else (),
        desks=tuple(_desks(reader)),
    )


def _shared(reader: User, periods: list[ReportingPeriod], date: datetime.date) -> Iterator[Pile]:
    """The piles of everybody who works on figures, as far as his departments go."""
    yield piles.returned(reader)
    yield from piles.waiting(reader, decides=reader.has_perm(DECIDES), publishes=reader.has_perm(PUBLISHES))
    yield from piles.judged(reader, periods[0] if periods else None)
    yield piles.city(reader, date)


def _scope(reader: User, every: bool, works: bool) -> str:
    if not works:
        return "账号与设置"
    return "全部责任单位" if every else str(reader.department or "未归入任何责任单位")


def _open(period: ReportingPeriod, shares: tuple[Progress, ...], date: datetime.date) -> OpenPeriod:
    own = [share for share in shares if share.period == period]
    due = period.due_on
    return OpenPeriod(
        name=str(period),
        due=f"截止 {due:%Y-%m-%d}" if due else "未定截止日期",
        late=due is not None and due < date,
        shares=tuple(
            Share(share.name, share.total, share.submitted, share.checked, share.is_late(date))
            for share in own
        ),
    )


def _acts() -> Iterator[Errand]:
    """What was published last; one query."""
    for act in Publication.objects.select_related("plan", "period__plan", "by")[:5]:
        at = f"{timezone.localtime(act.at):%Y-%m-%d %H:%M}"
        held = f"，{timezone.localtime(act.not_before):%Y-%m-%d %H:%M}起公开" if act.not_before else ""
        yield Errand(str(act), places.row_of(act), f"{at}，{act.by}{held}")


def _people() -> Pile:
    """Accounts that need a look; two queries."""
    people = User.objects.filter(is_active=True).exclude(username__in=list(SystemAccount))
    counts = people.aggregate(
        all=Count("id", distinct=True),
        roleless=Count("id", filter=Q(groups__isnull=True, is_superuser=False), distinct=True),
        never=Count("id", filter=Q(last_login__isnull=True), distinct=True),
    )
    enter = [Role.CLERK.label, Role.HEAD.label]
    alone = people.filter(groups__name__in=enter, department=None).distinct().count()
    users = places.desk(User)
    errands = (
        Errand(f"在用账号 {counts['all']} 个", places.desk(User, is_active__exact=1)),
        Errand(f"没有角色 {counts['roleless']} 个", users, "什么都不能做"),
        Errand(f"填报账号未归入责任单位 {alone} 个", users, "看不到任何一行"),
        Errand(f"从未登录 {counts['never']} 个", users),
        Errand("责任单位", places.desk(Department)),
    )
    return Pile("people", "账号", "is-none", errands, "")


def _desks(reader: User) -> Iterator[Errand]:
    """The workbench's own desks that the reader may sit down at."""
    decisions = "认定与调整" if reader.has_perm(RULES) else "原因说明"
    desks: tuple[tuple[tuple[str, ...], str, str], ...] = (
        ((READS_FIGURES,), "季度填报", places.entry()),
        ((updates.READS,), "项目进展", places.updates()),
        ((DECIDES,), "审核台", places.review()),
        ((PUBLISHES,), "发布台", reverse("workbench:publish")),
        ((CHANGES_PERIODS,), "填报期", reverse("workbench:periods")),
        ((EXPLAINS,), decisions, reverse("workbench:newest_decisions")),
        ((READS_REQUESTS,), "市级数据", reverse("workbench:city")),
        ((READS_REFERENCES,), "参考数据", reverse("workbench:newest_references")),
        (READS_PROJECTS, "项目调度", reverse("workbench:board")),
        ((READS_CONTRIBUTIONS,), "项目支撑指标", reverse("workbench:newest_contributions")),
        (DRAFTS, "编制计划", reverse("workbench:drafting")),
        ((READS_REPORTS,), "读入报告", reverse("workbench:intake")),
        (READS_DOCUMENTS, "文稿", reverse("workbench:writing")),
        ((READS_PAPERS,), "佐证材料", reverse("workbench:papers")),
    )
    yield from (Errand(label, href) for needed, label, href in desks if reader.has_perms(needed))
    if reads_history(reader):
        yield Errand("变更记录", reverse("workbench:history"))
