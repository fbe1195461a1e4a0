"""What the public was told: one row per target and publication, complete in itself and never changed."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from indicators.judging.terms import Accrual, Favourable, OutcomeState, Pace, Verdict
from wanzhou.kernel.plans.constraints import agrees, append_only, one_of
from wanzhou.kernel.plans.models import Plan, PlanKind, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period

from .actuals import QuarterlyActual, Replacement
from .catalogue import Frequency
from .rulings import Ruling
from .targets import AnnualTarget, Nature

# The order of time within a year: first the plan, then its periods.
_IN_ORDER_OF_TIME = models.Case(
    *(models.When(publication__period__period=period, then=period.position) for period in Period), default=0
)

# How well a row knows the wording in force of its year: 0 before 1.
_TRUST = models.Case(
    models.When(Q(publication__period=None) | Q(publication__period__period=Period.FULL_YEAR), then=0),
    models.When(~Q(adjustment="") & ~Q(wording=""), then=0),
    default=1,
)


class PublishedRowQuerySet(models.QuerySet["PublishedRow"]):
    """Published rows in the domain's words.

    With `as_of` only what the public could read at that moment counts; without it, as publishing itself looks, all.
    """

    def visible(self, moment: datetime.datetime) -> PublishedRowQuerySet:
        """Rows of publications that the public may read at the moment."""
        return self.filter(publication__in=Publication.objects.visible(moment).order_by())

    def current(
        self, plan: Plan, period: ReportingPeriod | None, *, as_of: datetime.datetime | None = None
    ) -> PublishedRowQuerySet:
        """The newest row of each target of the plan for the period, in table order."""
        rows = self.filter(publication__plan=plan, publication__period=period)
        newest = _as_of(rows, as_of).order_by("target_id", "-publication_id").distinct("target_id")
        return self.filter(pk__in=newest.values("pk")).select_related("publication").order_by("order")

    def in_force(
        self, plans: Collection[Plan], *, as_of: datetime.datetime | None = None
    ) -> PublishedRowQuerySet:
        """One row for each target of the plans, with the wording in force: year by year, in table order.

        The plan itself and the full year tell it, and any period that tells of an adjustment; other periods only
        where nothing else was published, since a target may be adjusted after their end.
        """
        rows = _as_of(self.filter(publication__plan__in=plans), as_of).annotate(trust=_TRUST)
        newest = rows.order_by("target_id", "trust", "-publication_id").distinct("target_id")
        in_time = ("publication__plan__last_year", "order")
        return self.filter(pk__in=newest.values("pk"))._joined().order_by(*in_time)

    def of_reports(
        self, plans: Collection[Plan], *, as_of: datetime.datetime | None = None
    ) -> PublishedRowQuerySet:
        """The newest row of each target of the plans, of the plan itself and of its full year, with their rules."""
        asked = Q(publication__period=None) | Q(publication__period__period=Period.FULL_YEAR)
        rows = _as_of(self.filter(asked, publication__plan__in=plans), as_of)
        each = ("target_id", "publication__period_id")
        newest = rows.order_by(*each, "-publication_id").distinct(*each)
        return (
            self.filter(pk__in=newest.values("pk")).select_related("publication__rule_set").order_by("order")
        )

    def of_indicator(self, code: str, *, as_of: datetime.datetime | None = None) -> PublishedRowQuerySet:
        """The newest row of the indicator for each annual plan and period, in the order of time."""
        rows = self.filter(code=code, publication__plan__kind=PlanKind.ANNUAL)
        each = ("target_id", "publication__period_id")
        newest = _as_of(rows, as_of).order_by(*each, "-publication_id").distinct(*each)
        in_time = ("publication__plan__last_year", _IN_ORDER_OF_TIME, "order")
        return self.filter(pk__in=newest.values("pk"))._joined().order_by(*in_time)

    def newest_of_years(self, *, as_of: datetime.datetime | None = None) -> PublishedRowQuerySet:
        """The newest row of each indicator in each annual plan that has it: of the plan's newest period with one."""
        rows = _as_of(self.filter(publication__plan__kind=PlanKind.ANNUAL), as_of)
        each = ("code", "publication__plan_id")
        newest = (
            rows.alias(place=_IN_ORDER_OF_TIME).order_by(*each, "-place", "-publication_id").distinct(*each)
        )
        return self.filter(pk__in=newest.values("pk")).order_by("-publication__plan__last_year", "order")

    def history(self, code: str = "", *, as_of: datetime.datetime | None = None) -> PublishedRowQuerySet:
        """Every row of the indicator, or of all, in the order of publication, replaced ones included."""
        rows = self.filter(code=code) if code else self
        return _as_of(rows, as_of)._joined().order_by("publication_id", "order")

    def told_again(self, *, as_of: datetime.datetime | None = None) -> PublishedRowQuerySet:
        """Every row of the targets that something changed about, in the order of publication.

        Something changed where a period was told of more than once, or where the target was adjusted.
        """
        targets = _as_of(self, as_of).order_by().values("target_id")
        changed = targets.annotate(
            told=models.Count("pk"),
            periods=models.Count(Coalesce("publication__period_id", 0), distinct=True),
            adjusted=models.Count("pk", filter=~Q(adjustment="")),
        ).filter(Q(told__gt=models.F("periods")) | Q(adjusted__gt=0))
        return self.filter(target_id__in=changed.values("target_id")).history(as_of=as_of)

    def _joined(self) -> PublishedRowQuerySet:
        return self.select_related("publication__plan", "publication__period")


def _as_of(rows: PublishedRowQuerySet, moment: datetime.datetime | None) -> PublishedRowQuerySet:
    return rows if moment is None else rows.visible(moment)


class PublishedRow(models.Model):
    """A row as published: figure, wording in force, verdict or pace, its sentence, and where it comes from."""

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="发布", related_name="rows")
    target = models.ForeignKey(
        AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="published_rows"
    )
    actual = models.ForeignKey(
        QuarterlyActual,
        models.PROTECT,
        verbose_name="季度实绩",
        null=True,
        blank=True,
        related_name="published_rows",
    )
    ruling = models.ForeignKey(
        Ruling, models.PROTECT, verbose_name="人工认定", null=True, blank=True, related_name="published_rows"
    )
    # The row of the table as it stood that day.
    order = models.PositiveSmallIntegerField("表中位置")
    ordinal = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    code = models.CharField("代码", max_length=60)
    parent_code = models.CharField("所属行代码", max_length=60, blank=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("短名", max_length=20)
    unit = models.CharField("单位", max_length=30, blank=True)
    nature = models.CharField("属性", max_length=20, choices=Nature.choices())
    section = models.CharField("章节", max_length=100, blank=True)
    department = models.CharField("责任单位", max_length=100, blank=True)
    accrual = models.CharField("累计方式", max_length=20, choices=Accrual.choices())
    favourable = models.CharField("向好方向", max_length=10, choices=Favourable.choices())
    frequency = models.CharField("频次", max_length=20, choices=Frequency.choices(), blank=True)
    definition = models.TextField("定义", blank=True)
    series_break = models.BooleanField("与上年不可比", default=False)
    search_key = models.TextField("查找用字", blank=True)
    note = models.TextField("备注", blank=True)
    # What was asked.
    wording = models.CharField("目标表述", max_length=200, blank=True)
    first_wording = models.CharField("原目标表述", max_length=200, blank=True)
    adjustment = models.CharField("目标调整", max_length=400, blank=True)
    reading = models.JSONField("系统理解")
    # What was reported.
    outcome_state = models.CharField("填报情况", max_length=20, choices=OutcomeState.choices(), blank=True)
    outcome_value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True, blank=True)
    outcome_wording = models.CharField("完成情况表述", max_length=200, blank=True)
    outcome_version = models.CharField("数据版本", max_length=20, blank=True)
    basis_value = models.DecimalField(
        "另一口径的数值", max_digits=24, decimal_places=6, null=True, blank=True
    )
    basis_unit = models.CharField("另一口径的单位", max_length=30, blank=True)
    basis_note = models.CharField("另一口径的说明", max_length=200, blank=True)
    replaced_because = models.CharField("替换缘由", max_length=20, choices=Replacement.choices(), blank=True)
    # What it waits for, leans on and compares with; `indicators/surroundings.py` says in which form.
    waiting = models.JSONField("等待市级", null=True, blank=True)
    base = models.JSONField("基数", null=True, blank=True)
    references = models.JSONField("参考数据", default=list, blank=True)
    # What was concluded, and why.
    computed = models.CharField("自动判定", max_length=20, choices=Verdict.choices(), blank=True)
    verdict = models.CharField("结论", max_length=20, choices=Verdict.choices(), blank=True)
    ruling_reason = models.TextField("认定理由", blank=True)
    pace = models.CharField("序时进度", max_length=20, choices=Pace.choices(), blank=True)
    gap = models.DecimalField("与目标之差", max_digits=24, decimal_places=6, null=True, blank=True)
    expected = models.DecimalField("此时应达", max_digits=24, decimal_places=6, null=True, blank=True)
    sentence = models.TextField("判定说明")
    reachability = models.TextField("能否达到", blank=True)
    cause = models.TextField("原因", blank=True)
    cause_source = models.CharField("原因出处", max_length=300, blank=True)
    measures = models.TextField("下一步措施", blank=True)
    # Where it comes from.
    source_title = models.CharField("来源", max_length=200, blank=True)
    source_url = models.URLField("来源网址", max_length=500, blank=True)
    source_place = models.CharField("出处", max_length=100, blank=True)
    source_published_on = models.DateField("来源发布日期", null=True, blank=True)

    # The files that everybody may read, as `Document.told` gives them; the vault keeps them by their fingerprint.
    documents = models.JSONField("公开的佐证材料", default=list, blank=True)

    objects = PublishedRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已发布指标"
        ordering = ["-publication_id", "order"]
        indexes = [
            models.Index(fields=["target", "-publication"], name="indicators_newest_row"),
            models.Index(fields=["code", "-publication"], name="indicators_newest_of_code"),
        ]
        triggers = [
            append_only(),
            agrees(
                "target_of_published_plan",
                where="(SELECT plan_id FROM indicators_annualtarget WHERE id = NEW.target_id) ="
                " (SELECT plan_id FROM plans_publication WHERE id = NEW.publication_id)",
                says="年度目标不属于所发布的计划",
            ),
        ]
        constraints = [
            one_of("frequency", Frequency, blank=True),
            one_of("replaced_because", Replacement, blank=True),
            one_of("outcome_state", OutcomeState, blank=True),
            one_of("computed", Verdict, blank=True),
            one_of("verdict", Verdict, blank=True),
            one_of("pace", Pace, blank=True),
            models.UniqueConstraint(
                fields=["publication", "target"],
                name="indicators_publishedrow_once",
                violation_error_message="一次发布中每个目标只能有一行。",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(pace=""),
                name="indicators_publishedrow_verdict_or_pace",
                violation_error_message="年度结论与序时进度不能并存。",
            ),
            models.CheckConstraint(
                condition=Q(ruling__isnull=True, ruling_reason="", verdict=models.F("computed"))
                | (Q(ruling__isnull=False, computed=Verdict.REVIEW) & ~Q(ruling_reason="")),
                name="indicators_publishedrow_ruled_only_in_review",
                violation_error_message="只有待认定的结论可以由人工认定改变。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}·{self.publication_id}"

    @property
    def counted(self) -> bool:
        """Whether the tally counts the row: numbered rows only."""
        return self.ordinal is not None
