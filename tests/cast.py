"""The people of the tests, and a small plan for them to work on. Every figure here is invented and says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group

from indicators.judging.terms import Accrual, Favourable, OutcomeState
from indicators.models import AnnualTarget, Cause, Frequency, Indicator, Nature, QuarterlyActual
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.policy import apply_policy
from wanzhou.kernel.accounts.roles import Role
from wanzhou.kernel.plans.models import Plan, PlanState, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions


@dataclass(frozen=True)
class Cast:
    """One person for each role; the clerk and the head belong to the same department."""

    department: Department
    clerk: User
    head: User
    reviewer: User
    publisher: User
    administrator: User
    auditor: User

    @classmethod
    def assemble(cls) -> Cast:
        """Make them, with their roles."""
        apply_policy(settings.ROLES_FILE)
        department = Department.objects.create(code="invented", name="测试单位")
        people = {role.value: cls._person(role) for role in Role}
        for role in (Role.CLERK, Role.HEAD):
            people[role.value].department = department
            people[role.value].save()
        return cls(department, **people)

    @staticmethod
    def _person(role: Role) -> User:
        person = User.objects.create_user(f"test-{role.value}", last_name="测试", first_name=role.label)
        person.is_staff = True
        person.save()
        person.groups.add(Group.objects.get(name=role.label))
        return person


@dataclass(frozen=True)
class SmallPlan:
    """A plan of a year long past, with one full-year period and whatever targets a test adds."""

    plan: Plan
    period: ReportingPeriod
    cast: Cast

    @classmethod
    def of(cls, cast: Cast, year: int = 1999, period: Period = Period.FULL_YEAR) -> SmallPlan:
        """A draft plan judged by the first rules."""
        rules, _ = RuleSet.objects.get_or_create(version=1, defaults={"by": cast.publisher, "reason": "测试"})
        plan = Plan.objects.create(first_year=year, last_year=year, title=f"{year}年测试计划", rule_set=rules)
        return cls(plan, ReportingPeriod.objects.create(plan=plan, period=period), cast)

    def target(self, wording: str | None = "6", **facts: Any) -> AnnualTarget:
        """A numbered target with an indicator of its own."""
        position = self.plan.targets.count() + 1
        indicator, _ = Indicator.objects.get_or_create(
            code=facts.pop("code", f"invented-{self.plan.year}-{position}"),
            defaults={
                "name": f"测试指标{position}",
                "short_name": f"测试 指标{position}",
                "accrual": facts.pop("accrual", Accrual.RATE),
                "favourable": facts.pop("favourable", Favourable.HIGHER),
                "frequency": Frequency.QUARTERLY,
            },
        )
        defaults = {
            "name": f"测试指标{position}",
            "unit": "%",
            "nature": Nature.ANTICIPATORY,
            "ordinal": position,
            "order": position,
            "department": self.cast.department,
        }
        return AnnualTarget.objects.create(
            plan=self.plan, indicator=indicator, wording=wording, **(defaults | facts)
        )

    def draft(self, target: AnnualTarget, value: str | None = "6.1", **facts: Any) -> QuarterlyActual:
        """The clerk's draft of a figure."""
        spoken = {"value": Decimal(value), "wording": value} if value is not None else {}
        defaults: dict[str, Any] = {"outcome_state": OutcomeState.REPORTED, "entered_by": self.cast.clerk}
        return QuarterlyActual.objects.create(
            target=target, period=self.period, **(defaults | spoken | facts)
        )

    def approved(self, target: AnnualTarget, value: str | None = "6.1", **facts: Any) -> QuarterlyActual:
        """A figure that the clerk submitted and the reviewer approved."""
        submitted = actions.submit([self.draft(target, value, **facts)], by=self.cast.clerk)
        return actions.approve(submitted, by=self.cast.reviewer)[0]

    def cause(self, target: AnnualTarget, text: str = "测试原因") -> Cause:
        """An approved cause."""
        draft = Cause.objects.create(target=target, period=self.period, text=text, entered_by=self.cast.clerk)
        return actions.approve(actions.submit([draft], by=self.cast.clerk), by=self.cast.reviewer)[0]

    def approve_plan(self) -> None:
        """As the congress does: wordings then stay."""
        self.plan.state = PlanState.APPROVED
        self.plan.save()


def clerk_of_the_commission(cast: Cast) -> User:
    """A clerk of the commission itself, which is known by its short name: he enters for every department."""
    commission = Department.objects.create(code="commission", name=settings.DISTRICT.commission_short)
    person = User.objects.create_user("test-commission", is_staff=True, department=commission)
    person.groups.set(cast.clerk.groups.all())
    return person
