"""The desk of documents (文稿): what can be written, and what the congress saw."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import EVERY_DEPARTMENT
from wanzhou.kernel.plans.models import Brief, Edition, PlanKind, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.editions import MARKS, is_sound, kind_of
from wanzhou.site.reports.writing.making import Sort

from .writing_forms import FORMS, OrderForm

READS = (EVERY_DEPARTMENT, "indicators.view_quarterlyactual", "plans.view_publication")
KEEPS = "plans.add_brief"
SHOWN = 20  # editions and briefs
TELLS = {
    Sort.ANNUAL: "大会报告里的统计文字、表1、专栏，和下一年的表2、专栏。"
    "表与文字对不上、未完成而没有原因、还没有发布的，系统不生成正式稿，并指出是哪一行。"
    "按未发布的数据只能写征求意见稿。",
    Sort.MIDYEAR: "上半年（或一季度、前三季度）的进度表、滞后的原因和措施、达到序时的、等市级的、各部门的文字材料。",
    Sort.BRIEF: "给领导看的一页 A4：滞后或未完成的、缺哪些数和找谁要、等市级的、与上次一页纸相比有什么变化。",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One document that can be written: what it holds, its form, and whether making it is remembered."""

    sort: Sort
    tells: str
    form: OrderForm
    keeps: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition with what became of its document."""

    edition: Edition
    kind: str
    sound: bool


@dataclass(frozen=True, slots=True)
class WritingDesk:
    """Everything the page shows."""

    panels: tuple[Panel, ...]
    editions: tuple[EditionLine, ...]
    briefs: tuple[Brief, ...]
    marks: bool


def desk_for(reader: User, filled: OrderForm | None = None) -> WritingDesk:
    """The desk of this reader; `filled` is a form that was sent and comes back with what was typed."""
    periods = periods_of_plans()
    return WritingDesk(
        panels=tuple(_panel(sort, reader, periods, filled) for sort in Sort),
        editions=tuple(_line(edition) for edition in _editions()),
        briefs=tuple(Brief.objects.select_related("period__plan", "by")[:SHOWN]),
        marks=reader.has_perm(MARKS),
    )


def periods_of_plans() -> list[ReportingPeriod]:
    """Every period of every annual plan, newest first."""
    periods = ReportingPeriod.objects.filter(plan__kind=PlanKind.ANNUAL).select_related("plan")
    return sorted(periods, key=lambda one: (one.plan.year, Period(one.period).position), reverse=True)


def _panel(sort: Sort, reader: User, periods: list[ReportingPeriod], filled: OrderForm | None) -> Panel:
    form = filled if filled is not None and filled.sort is sort else FORMS[sort](periods=periods)
    return Panel(sort, TELLS[sort], form, sort is Sort.BRIEF and reader.has_perm(KEEPS))


def _editions() -> list[Edition]:
    related = ("publication__plan", "publication__period__plan", "marked_by")
    return list(Edition.objects.select_related(*related).order_by("-id")[:SHOWN])


def _line(edition: Edition) -> EditionLine:
    kind = kind_of(edition)
    return EditionLine(edition, kind.label if kind else "", bool(kind) and is_sound(edition))


def today_in_name() -> str:
    """The day as files are named."""
    return f"{timezone.localdate():%Y%m%d}"
