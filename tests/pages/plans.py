"""Small plans made only for page tests: every invented figure belongs to an invented indicator or year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from indicators.judging.terms import Accrual, Favourable, OutcomeState
from indicators.models import AnnualTarget, Frequency, Indicator, Nature, PublishedRow
from projects.models import AnnualTask, Box, Project, PublishedTask, StatusUpdate
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.pinyin import search_key
from wanzhou.kernel.plans.models import Origin, Plan, Publication, ReportingPeriod, RuleSet
from wanzhou.kernel.plans.periods import Period


def publisher() -> User:
    """Whoever publishes in these tests."""
    return User.objects.get_or_create(username="page-tests", defaults={"last_name": "测试发布人"})[0]


def plan_of(year: int) -> Plan:
    """The annual plan of a year, judged by the first version of the rules."""
    rules, _ = RuleSet.objects.get_or_create(version=1, defaults={"by": publisher(), "reason": "测试"})
    title = f"{year}年测试计划"
    return Plan.objects.get_or_create(
        first_year=year, last_year=year, defaults={"title": title, "rule_set": rules}
    )[0]


def publish(
    year: int, period: Period | None = None, *, origin: Origin = Origin.REPORTED, complete: bool = False
) -> Publication:
    """An act of publication for a year's period, or for the plan itself."""
    plan = plan_of(year)
    reported = None
    if period is not None:
        declared = {"complete_by": publisher(), "complete_at": timezone.now()} if complete else {}
        reported, _ = ReportingPeriod.objects.get_or_create(
            plan=plan, period=period, defaults={"origin": origin, **declared}
        )
    return Publication.objects.create(
        plan=plan, period=reported, by=publisher(), why="测试", rule_set=plan.rule_set
    )


def target_of(plan: Plan, code: str, facts: dict[str, Any]) -> AnnualTarget:
    """The target that a published row belongs to; sub-rows hang below the row of `parent_code`."""
    indicator, _ = Indicator.objects.get_or_create(
        code=code,
        defaults={
            "name": facts["name"],
            "short_name": facts["short_name"],
            "accrual": facts["accrual"],
            "favourable": facts["favourable"],
            "frequency": Frequency.QUARTERLY,
        },
    )
    parent = AnnualTarget.objects.filter(plan=plan, indicator__code=facts["parent_code"]).first()
    return AnnualTarget.objects.get_or_create(
        plan=plan,
        indicator=indicator,
        defaults={
            "name": facts["name"],
            "nature": facts["nature"],
            "wording": facts["wording"] or None,
            "ordinal": facts["ordinal"],
            "order": facts["order"],
            "parent": parent,
            "unit": facts["unit"],
        },
    )[0]


def row(publication: Publication, ordinal: int | None, wording: str = "6", **facts: Any) -> PublishedRow:
    """A published row; a wording that is a number is also its reading."""
    code = facts.pop("code", f"invented-{ordinal}")
    number = wording.removesuffix("以上").removesuffix("以内").removesuffix("左右")
    reading = {"kind": "plain", "number": number, "low": number, "high": None}
    whole: dict[str, Any] = {
        "name": f"虚构指标{ordinal or ''}",
        "short_name": "虚构 指标",
        "unit": "%",
        "ordinal": ordinal,
        "order": PublishedRow.objects.filter(publication=publication).count() + 1,
        "parent_code": "",
        "nature": Nature.ANTICIPATORY,
        "accrual": Accrual.RATE,
        "favourable": Favourable.HIGHER,
        "wording": wording,
        "reading": reading,
        "outcome_state": OutcomeState.REPORTED,
        "sentence": f"目标“{wording}”的判定说明。",
        **facts,
    }
    whole.setdefault("computed", whole.get("verdict", ""))
    whole.setdefault("search_key", search_key(whole["name"], whole["short_name"], code))
    target = target_of(publication.plan, code, whole)
    return PublishedRow.objects.create(publication=publication, target=target, code=code, **whole)


def figure(value: str) -> dict[str, Any]:
    """A reported figure."""
    return {"outcome_value": Decimal(value), "outcome_wording": value}


def task(publication: Publication, box: int, section: str, name: str, **facts: Any) -> PublishedTask:
    """A published task; with a reached stage it rests on an update."""
    plan, order = publication.plan, PublishedTask.objects.filter(publication=publication, box=box).count() + 1
    project, _ = Project.objects.get_or_create(slug=f"invented-{box}-{order}", defaults={"name": name})
    shelf, _ = Box.objects.get_or_create(
        plan=plan, number=box, defaults={"title": f"{plan.year}年虚构专栏{box}"}
    )
    planned, group = facts.get("planned_stage", ""), facts.get("group", False)
    entry, _ = AnnualTask.objects.get_or_create(
        project=project,
        plan=plan,
        box=shelf,
        defaults={
            "section": section,
            "order": order,
            "name": name,
            "planned_stage": planned,
            "wording": name,
            "group": group,
            "quantity": facts.get("quantity", ""),
        },
    )
    reached = facts.get("reached_stage", "")
    update = (
        StatusUpdate.objects.create(task=entry, reached_stage=reached, entered_by=publisher())
        if reached
        else None
    )
    facts.setdefault("wording", f"{name}等项目")
    facts.setdefault("search_key", search_key(name, section, shelf.title))
    return PublishedTask.objects.create(
        publication=publication,
        task=entry,
        update=update,
        box=box,
        box_title=shelf.title,
        section=section,
        order=order,
        name=name,
        slug=project.slug,
        **facts,
    )
