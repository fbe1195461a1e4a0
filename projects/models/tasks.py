"""A year's boxes (专栏) and the tasks in them: what a project should reach in that year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from projects.stages import Stage
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.constraints import agrees, one_of, stays_as_approved
from wanzhou.kernel.plans.models import Plan, Source

from .catalogue import Project, amount

_QUARTERS_UNKNOWN = Q(
    planned_first_quarter__isnull=True, planned_first_half__isnull=True, planned_three_quarters__isnull=True
)
_QUARTERS_RISE = Q(
    planned_first_quarter__isnull=False,
    planned_first_quarter__gte=0,
    planned_first_half__gte=F("planned_first_quarter"),
    planned_first_half__isnull=False,
    planned_three_quarters__gte=F("planned_first_half"),
    planned_three_quarters__isnull=False,
    planned_investment__gte=F("planned_three_quarters"),
    planned_investment__isnull=False,
)


@tracked()
class Box(models.Model):
    """A numbered list of projects in the report (专栏)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="boxes")
    number = models.PositiveSmallIntegerField("专栏号")
    title = models.CharField("标题", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "专栏"
        ordering = ["-plan__last_year", "number"]
        triggers = stays_as_approved("number", says="计划批准后，专栏的编号和所属计划不再改变")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="projects_box_once",
                violation_error_message="这份计划里已经有这个专栏。",
            ),
        ]

    def __str__(self) -> str:
        return f"专栏{self.number} {self.title}"


@tracked()
class AnnualTask(models.Model):
    """A project's entry in a year's box (年度任务), with the whole clause that it was printed in.

    Amounts are in 万元. The planned investment by quarter is cumulative; without it the year is spread evenly.
    """

    # What publications may tell, and what never leaves the administration: every field stands in one of the two.
    PUBLIC = (
        *(
            "project",
            "plan",
            "box",
            "section",
            "order",
            "name",
            "planned_stage",
            "wording",
            "group",
            "quantity",
        ),
        *("department", "source", "place"),
    )
    INTERNAL = (
        *("planned_investment", "planned_first_quarter", "planned_first_half", "planned_three_quarters"),
        *("invested_before", "responsible_leader", "assisting", "note"),
    )

    project = models.ForeignKey(Project, models.PROTECT, verbose_name="重点项目", related_name="tasks")
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="tasks")
    box = models.ForeignKey(Box, models.PROTECT, verbose_name="专栏", related_name="tasks")
    section = models.CharField("专栏内分类", max_length=100)
    order = models.PositiveSmallIntegerField("专栏内位置")
    name = models.CharField("当年名称", max_length=200)
    planned_stage = models.CharField("计划阶段", max_length=20, choices=Stage.choices(), blank=True)
    wording = models.TextField("原文", help_text="所在的整个分句，按来源的原文。")
    group = models.BooleanField("成组项目", default=False, help_text="只按数量列出的一组项目，按一条计。")
    quantity = models.CharField("数量", max_length=30, blank=True)
    planned_investment = amount("年度计划投资")
    planned_first_quarter = amount("至一季度末计划投资")
    planned_first_half = amount("至上半年末计划投资")
    planned_three_quarters = amount("至三季度末计划投资")
    invested_before = amount("至上年末累计完成投资")
    responsible_leader = models.CharField("责任领导", max_length=100, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="牵头单位", null=True, blank=True, related_name="tasks"
    )
    assisting = models.ManyToManyField(
        Department, verbose_name="配合单位", blank=True, related_name="assisted_tasks"
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度任务"
        ordering = ["-plan__last_year", "box__number", "order"]
        triggers = [
            agrees(
                "box_of_this_plan",
                where="NEW.plan_id = (SELECT plan_id FROM projects_box WHERE id = NEW.box_id)",
                says="专栏不属于这份计划",
            ),
            *stays_as_approved(
                *("box", "wording", "quantity"), says="计划批准后，任务的专栏、原文和数量不再改变"
            ),
        ]
        constraints = [
            one_of("planned_stage", Stage, blank=True),
            models.UniqueConstraint(
                fields=["box", "order"],
                name="projects_annualtask_order_once",
                violation_error_message="这个专栏里已经有任务占着这个位置。",
            ),
            models.UniqueConstraint(
                fields=["project", "box"],
                name="projects_annualtask_once",
                violation_error_message="这个专栏里已经有这个项目。",
            ),
            models.CheckConstraint(
                condition=~Q(quantity="") & Q(group=True) | Q(quantity="", group=False),
                name="projects_annualtask_group_counted",
                violation_error_message="成组项目须写明数量，单个项目不能有数量。",
            ),
            models.CheckConstraint(
                condition=_QUARTERS_UNKNOWN | _QUARTERS_RISE,
                name="projects_annualtask_quarters_rise",
                violation_error_message=(
                    "按季计划投资须三个季度都填写（或都不填），为累计数、逐季不减，且不超过年度计划投资。"
                ),
            ),
            models.CheckConstraint(
                condition=(Q(planned_investment__isnull=True) | Q(planned_investment__gte=0))
                & (Q(invested_before__isnull=True) | Q(invested_before__gte=0)),
                name="projects_annualtask_investment_not_negative",
                violation_error_message="计划投资和已完成投资不能为负。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.name}"
