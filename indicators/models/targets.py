"""What a year's plan asks of an indicator, in the words that the congress approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.constraints import agrees, one_of, stays_as_approved
from wanzhou.kernel.plans.models import Plan, Source
from wanzhou.kernel.terms import Term

from .catalogue import Indicator


class Tier(Term):
    """The numbered table, or the quantified commitments of the report's prose."""

    HEADLINE = "headline", "主要指标"
    WORK = "work", "重点工作目标"


class Nature(Term):
    """Whether a target binds (约束性) or is expected (预期性)."""

    BINDING = "binding", "约束性"
    ANTICIPATORY = "anticipatory", "预期性"


class AnnualTargetQuerySet(models.QuerySet["AnnualTarget"]):
    """Targets in the domain's words."""

    def headline(self) -> AnnualTargetQuerySet:
        """The rows of the numbered table, sub-rows included, as printed."""
        return self.filter(tier=Tier.HEADLINE).order_by("order")

    def work(self) -> AnnualTargetQuerySet:
        """The quantified commitments of the report's prose, in its order."""
        return self.filter(tier=Tier.WORK).order_by("order")

    def collected(self) -> AnnualTargetQuerySet:
        """The rows that departments are asked for each quarter: every headline row, and chosen work targets."""
        return self.filter(in_grid=True)

    def numbered(self) -> AnnualTargetQuerySet:
        """The rows that the tally counts."""
        return self.headline().filter(ordinal__isnull=False)

    def for_user(self, user: User) -> AnnualTargetQuerySet:
        """The targets a person works on: the department's own, or all with permission for every department."""
        if user.has_perm("indicators.view_every_department"):
            return self
        return self.filter(department__isnull=False, department=user.department_id)


@tracked()
class AnnualTarget(models.Model):
    """One row of a year's table (年度目标); all that varies by year lives here. `wording` is as first approved."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度计划", related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指标", related_name="targets")
    tier = models.CharField("层次", max_length=20, choices=Tier.choices(), default=Tier.HEADLINE)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="所属行", null=True, blank=True, related_name="sub_rows"
    )
    ordinal = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    order = models.PositiveSmallIntegerField("表中位置", help_text="含其中行，自上而下从1数起。")
    name = models.CharField("当年名称", max_length=100)
    unit = models.CharField("单位", max_length=30, blank=True)
    nature = models.CharField("属性", max_length=20, choices=Nature.choices())
    wording = models.CharField(
        "目标表述",
        max_length=200,
        null=True,
        blank=True,
        help_text="按批准时的原文；未知（报告未载）则留空。",
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="责任单位", null=True, blank=True, related_name="targets"
    )
    section = models.CharField("章节", max_length=100, blank=True)
    series_break = models.BooleanField(
        "与上年不可比", default=False, help_text="口径、单位或名称变了，不能与上年连线、相减或相除。"
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    quoted = models.TextField("报告原句", blank=True, help_text="重点工作目标所在的那句话。")
    in_grid = models.BooleanField(
        "列入季度填报表",
        default=True,
        help_text="主要指标都列入；重点工作目标默认不列入，需要按季跟踪的再勾选。",
    )
    note = models.TextField("备注", blank=True)

    objects = AnnualTargetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度目标"
        ordering = ["-plan__last_year", "tier", "order"]
        permissions = [("view_every_department", "可以查看所有单位的内容")]
        triggers = [
            agrees(
                "parent_in_same_plan",
                where="NEW.parent_id IS NULL OR EXISTS (SELECT 1 FROM indicators_annualtarget p"
                " WHERE p.id = NEW.parent_id AND p.plan_id = NEW.plan_id AND p.tier = NEW.tier"
                " AND p.parent_id IS NULL)",
                says="其中行须与所属行同在一份计划、同一层次，且只能有一层",
            ),
            *stays_as_approved(
                *("indicator", "tier", "wording"), says="计划批准后，目标表述只能通过目标调整改变，行不能挪动"
            ),
        ]
        constraints = [
            one_of("tier", Tier),
            one_of("nature", Nature),
            models.UniqueConstraint(
                fields=["plan", "indicator", "tier"],
                name="indicators_annualtarget_once",
                violation_error_message="这份计划里已经有这个指标。",
            ),
            models.UniqueConstraint(
                fields=["plan", "ordinal"],
                condition=Q(tier=Tier.HEADLINE),
                name="indicators_annualtarget_ordinal_once",
                violation_error_message="这份计划里已经有这个序号。",
            ),
            models.UniqueConstraint(
                fields=["plan", "tier", "order"],
                name="indicators_annualtarget_order_once",
                violation_error_message="这份计划里已经有指标占着这个位置。",
            ),
            models.CheckConstraint(
                condition=~Q(tier=Tier.HEADLINE)
                | Q(ordinal__isnull=False, parent__isnull=True)
                | Q(ordinal__isnull=True, parent__isnull=False),
                name="indicators_annualtarget_numbered_or_sub",
                violation_error_message="主要指标要么有序号，要么是某一行的其中行，二者必居其一。",
            ),
            models.CheckConstraint(
                condition=~Q(tier=Tier.HEADLINE) | Q(in_grid=True),
                name="indicators_annualtarget_headline_in_grid",
                violation_error_message="主要指标都要列入季度填报表。",
            ),
            models.CheckConstraint(
                condition=Q(wording__isnull=True) | ~Q(wording=""),
                name="indicators_annualtarget_wording_or_unknown",
                violation_error_message="目标表述未知请留空值，不能是空文字。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.year}年{self.name}"


@tracked()
class TargetAdjustment(models.Model):
    """A target changed in the year (目标调整): the new wording, and who approved it, as far as is known."""

    target = models.ForeignKey(
        AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="adjustments"
    )
    wording = models.CharField("调整后的目标表述", max_length=200)
    approved_by = models.CharField("批准机关与会议", max_length=200)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    document = models.CharField("文件", max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    note = models.TextField("备注", blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="录入人", related_name="+"
    )
    entered_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "目标调整"
        ordering = ["target", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(wording="") & ~Q(approved_by=""),
                name="indicators_targetadjustment_says_what_and_who",
                violation_error_message="须写明调整后的目标表述和批准机关。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}调整为{self.wording}"
