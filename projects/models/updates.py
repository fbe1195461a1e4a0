"""What became of a task: updates of its progress, and its milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from projects.stages import Stage
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import agrees, one_of
from wanzhou.kernel.plans.models import Source
from wanzhou.kernel.workflow.models import Submission, acts_on
from wanzhou.kernel.workflow.moves import State

from .tasks import AnnualTask

# What counts as a department's word: drafts and what was sent back do not.
HANDED_IN = (State.SUBMITTED, State.APPROVED, State.PUBLISHED)
# What an update says of its task; two updates with the same content report no change.
CONTENT = (
    *("reached_stage", "percent", "invested_this_year", "reached_count"),
    *("progress", "difficulty", "next_step", "needs"),
)
_EQUAL = " AND ".join(f"r.{name} IS NOT DISTINCT FROM NEW.{name}" for name in CONTENT)
# The names in the statement are those of our own table and columns.
_THE_SAME = (
    "SELECT 1 FROM projects_statusupdate r WHERE r.id = NEW.repeats_id AND r.task_id = NEW.task_id"  # noqa: S608
    f" AND r.state = 'published' AND {_EQUAL}"
)


@tracked()
class StatusUpdate(Submission):
    """A department's word on where a task stands (进展更新), born a draft."""

    # What publications may tell; difficulties, next steps, needs and amounts never leave the administration.
    PUBLIC = ("task", "as_of", "reached_stage", "percent", "progress", "replaces", "state", "publication")
    INTERNAL = (
        *("invested_this_year", "reached_count", "difficulty", "next_step", "needs", "source", "place"),
        *("entered_by", "entered_at", "submitted_by", "submitted_at", "returned_by", "returned_at"),
        *("returned_note", "approved_by", "approved_at", "revision"),
        *("repeats", "setback_reason", "provider"),
    )

    task = models.ForeignKey(AnnualTask, models.PROTECT, verbose_name="年度任务", related_name="updates")
    as_of = models.DateField("截至日期", null=True, blank=True, help_text="来源未载则留空。")
    reached_stage = models.CharField("已达阶段", max_length=20, choices=Stage.choices())
    percent = models.DecimalField("完成比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    invested_this_year = models.DecimalField(
        "本年完成投资（万元）", max_digits=18, decimal_places=4, null=True, blank=True
    )
    reached_count = models.PositiveIntegerField(
        "成组项目已完成个数", null=True, blank=True, help_text="只用于按数量列出的一组项目。"
    )
    progress = models.TextField("形象进度", blank=True)
    difficulty = models.TextField("存在困难", blank=True)
    next_step = models.TextField("下一步措施", blank=True)
    needs = models.TextField("需协调事项", blank=True)
    setback_reason = models.TextField(
        "倒退缘由", blank=True, help_text="阶段、比例或投资比上次低时，写明为什么；不公开。"
    )
    provider = models.CharField(
        "由谁提供", max_length=100, blank=True, help_text="代填时写明谁、怎样、何时提供的；不公开。"
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="没有变化（同上次）",
        null=True,
        blank=True,
        related_name="repeated_by",
        help_text="与这一条已发布的更新一字不差，只是日期新。",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="替换", null=True, blank=True, related_name="replaced_by"
    )

    class Meta(Submission.Meta):
        verbose_name = verbose_name_plural = "进展更新"
        ordering = ["-id"]
        permissions = acts_on("statusupdate", "进展更新")
        indexes = [
            models.Index(
                fields=["task", "-id"], condition=Q(state__in=HANDED_IN), name="projects_newest_update"
            ),
        ]
        triggers = [
            *Submission.Meta.triggers,
            agrees(
                "replaces_a_published_update",
                where="NEW.replaces_id IS NULL OR EXISTS (SELECT 1 FROM projects_statusupdate r"
                " WHERE r.id = NEW.replaces_id AND r.task_id = NEW.task_id"
                " AND r.state = 'published')",
                says="只能替换同一任务已发布的更新",
            ),
            agrees(
                "counted_in_a_group",
                where="NEW.reached_count IS NULL OR"
                ' (SELECT t."group" FROM projects_annualtask t WHERE t.id = NEW.task_id)',
                says="只有成组项目才能填写已完成个数",
            ),
            agrees(
                "repeats_word_for_word",
                where=f"NEW.repeats_id IS NULL OR EXISTS ({_THE_SAME})",
                says="没有变化的更新须与同一任务已发布的那一条内容相同",
            ),
        ]
        constraints = [
            *Submission.Meta.constraints,
            one_of("reached_stage", Stage),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="projects_statusupdate_percent_within",
                violation_error_message="完成比例须在0与100之间。",
            ),
            models.CheckConstraint(
                condition=Q(invested_this_year__isnull=True) | Q(invested_this_year__gte=0),
                name="projects_statusupdate_investment_not_negative",
                violation_error_message="完成投资不能为负。",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=~Q(state=State.PUBLISHED),
                name="projects_statusupdate_one_unpublished",
                violation_error_message="这项任务已有一条未发布的更新。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}·{Stage(self.reached_stage).label}"


@tracked()
class Milestone(models.Model):
    """A step of a task with the day it was planned for and the day it was reached (节点)."""

    task = models.ForeignKey(AnnualTask, models.PROTECT, verbose_name="年度任务", related_name="milestones")
    name = models.CharField("节点", max_length=100)
    planned_on = models.DateField("计划日期", null=True, blank=True)
    reached_on = models.DateField("实际日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering = ["task", "planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "name"],
                name="projects_milestone_once",
                violation_error_message="这项任务已有同名的节点。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
