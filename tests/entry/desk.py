"""The table at which the tests of entry sit: an open period, and what a browser would send from its grid."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from indicators.actions import stamp
from indicators.models import AnnualTarget, Indicator, QuarterlyActual
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Origin, Plan, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

ROOT = "/admin/indicators/quarterlyactual/entry/"
PROVIDED = {"provider": "张三", "channel": "phone", "provided_at": "2023-07-05T10:30"}


@dataclass
class EntryDesk:
    """A small plan with an open half-year: three rows of the cast's department, one of another."""

    small: SmallPlan
    other: Department
    other_clerk: User
    own: list[AnnualTarget]
    theirs: AnnualTarget

    @classmethod
    def of(cls, cast: Cast) -> EntryDesk:
        small = SmallPlan.of(cast, period=Period.FIRST_HALF)
        other = Department.objects.create(code="elsewhere", name="另一单位")
        clerk = User.objects.create_user("test-other", last_name="另一", is_staff=True, department=other)
        clerk.groups.set(cast.clerk.groups.all())
        own = [small.target(name=name) for name in ("测试增速甲", "测试增速乙", "测试增速丙")]
        theirs = small.target(name="别家增速", department=other)
        opened(small.period, cast.publisher)
        return cls(small, other, clerk, own, theirs)

    @property
    def cast(self) -> Cast:
        return self.small.cast

    @property
    def period(self) -> ReportingPeriod:
        return self.small.period

    def url(self, page: str = "") -> str:
        return address(self.period, page)

    def close(self) -> None:
        self.period.closed_by, self.period.closed_at = self.cast.publisher, timezone.now()
        self.period.save()


def opened(period: ReportingPeriod, by: User) -> None:
    period.opened_by, period.opened_at = by, timezone.now()
    period.save()


def many_rows(cast: Cast, year: int, number: int) -> SmallPlan:
    """A plan with as many rows of the cast's department, its full year opened."""
    small = SmallPlan.of(cast, year=year)
    indicators = Indicator.objects.bulk_create(
        Indicator(
            code=f"many-{year}-{n}", name=f"指标{n}", short_name=f"指标{n}", accrual="rate",
            favourable="higher", frequency="quarterly",
        )
        for n in range(number)
    )  # fmt: skip
    AnnualTarget.objects.bulk_create(
        AnnualTarget(
            plan=small.plan, indicator=one, order=n + 1, ordinal=n + 1, name=one.name, unit="%",
            nature="anticipatory", wording="6左右", department=cast.department,
        )
        for n, one in enumerate(indicators)
    )  # fmt: skip
    opened(small.period, cast.publisher)
    return small


def address(period: ReportingPeriod, page: str = "") -> str:
    return f"{ROOT}{period.plan.year}/{period.period.replace('_', '-')}/{page}"


def signed_in(person: User, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def entry_of(target: AnnualTarget) -> QuarterlyActual | None:
    return QuarterlyActual.objects.filter(target=target).order_by("pk").last()


def form(reader: User, *cells: tuple[AnnualTarget, str], **more: str) -> dict[str, str]:
    """The form as a page that was opened just now would send it."""
    sent = {"reader": str(reader.pk), "seen": seen(*(target for target, _ in cells))}
    return sent | {f"cell-{target.pk}": text for target, text in cells} | more


def seen(*targets: AnnualTarget) -> str:
    return " ".join(f"{target.pk}:{stamp(entry_of(target))}" for target in targets)


def texts(*targets: AnnualTarget) -> list[str]:
    """What the cells of these targets hold now."""
    entries = [entry_of(target) for target in targets]
    return ["" if one is None else one.wording or one.outcome_state for one in entries]


def empty_half_year(cast: Cast) -> ReportingPeriod:
    """The real half-year of 2023 as it was before anybody entered it, opened; name `loaded_plans` first."""
    period = Plan.objects.get(last_year=2023).periods.get(period=Period.FIRST_HALF)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for told in ("indicators_publishedrow", "indicators_publishedworktarget"):
            cursor.execute(
                f"DELETE FROM {told} r USING indicators_quarterlyactual a"
                " WHERE r.actual_id = a.id AND a.period_id = %s",
                [period.pk],
            )
        cursor.execute("DELETE FROM indicators_quarterlyactual WHERE period_id = %s", [period.pk])
        cursor.execute("SET session_replication_role = origin")
    period.origin = Origin.REPORTED  # as if departments had been asked for it
    opened(period, cast.publisher)
    return period


def printed_half_year() -> dict[str, str]:
    """The real figures of the first half of 2023 by code, in the words of their source."""
    place = settings.BASE_DIR / "fixtures" / "2023" / "figures.csv"
    with place.open(encoding="utf-8", newline="") as table:
        return {row["code"]: row["value"] or row["wording"] for row in csv.DictReader(table)}
