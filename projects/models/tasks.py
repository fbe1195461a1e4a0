"""A year's boxes (专栏) and the tasks in them: what a project should reach in that year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from projects.stages import Stage
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.constraints import agrees, one_of, stays_as_approved
from wanzhou.kernel.plans.models import Plan, Source

from .catalogue import Project


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
    """A project's entry in a year's box (年度任务), with the whole clause that it was printed in."""

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
    planned_investment = models.DecimalField(
        "年度计划投资（万元）", max_digits=18, decimal_places=4, null=True, blank=True
    )
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
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.name}"
