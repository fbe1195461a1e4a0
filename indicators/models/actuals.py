"""What was reported for a target and a period: a figure, a phrase, or the reason why there is none."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from indicators.judging.terms import OutcomeState
from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import agrees, one_of, together
from wanzhou.kernel.plans.models import ReportingPeriod, Source
from wanzhou.kernel.terms import Term
from wanzhou.kernel.workflow.models import Submission, acts_on, person
from wanzhou.kernel.workflow.moves import State

from .agreements import closed_to_entries, target_and_period_agree
from .targets import AnnualTarget

# States in which something was said; in the others the cell holds no figure, on purpose.
SPOKEN = (OutcomeState.REPORTED, OutcomeState.ESTIMATED, OutcomeState.DECLARED)
SILENT = (OutcomeState.AWAITING_CITY, OutcomeState.REDEFINED, OutcomeState.ANNUAL_ONLY)


class Replacement(Term):
    """Why a published figure was replaced; only a correction is an error of ours."""

    ARRIVAL = "arrival", "市级反馈"
    REVISION = "revision", "统计核定"
    CALIBRE = "calibre", "口径调整"
    CORRECTION = "correction", "录入差错"


class Channel(Term):
    """How a figure reached whoever entered it."""

    SYSTEM = "system", "本系统"
    WECHAT = "wechat", "微信"
    PHONE = "phone", "电话"
    SHEET = "sheet", "表格"
    LETTER = "letter", "公函"
    PUBLIC = "public", "公开资料"


class Answer(Term):
    """What the department says of a figure that somebody else entered for it."""

    CONFIRMED = "confirmed", "已确认"
    DISPUTED = "disputed", "有异议"


class QuarterlyActualQuerySet(models.QuerySet["QuarterlyActual"]):
    """Figures in the domain's words."""

    def published(self) -> QuarterlyActualQuerySet:
        """Published figures that no later published one replaces."""
        replaced = self.model.objects.filter(state=State.PUBLISHED, replaces=models.OuterRef("pk"))
        return self.filter(state=State.PUBLISHED).exclude(models.Exists(replaced))

    def unpublished(self) -> QuarterlyActualQuerySet:
        """Drafts and whatever else the public has not seen."""
        return self.exclude(state=State.PUBLISHED)

    def awaiting_city(self) -> QuarterlyActualQuerySet:
        """Figures that only the city can give and has not given."""
        return self.filter(outcome_state=OutcomeState.AWAITING_CITY)


@tracked()
class QuarterlyActual(Submission):
    """A year-to-date figure (季度实绩), born a draft. The full year's row is the annual outcome."""

    target = models.ForeignKey(AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="actuals")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="actuals")
    outcome_state = models.CharField(
        "填报情况",
        max_length=20,
        choices=[(state.value, state.label) for state in (*SPOKEN, *SILENT)],
        default=OutcomeState.REPORTED,
    )
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True, blank=True)
    wording = models.CharField("完成情况表述", max_length=200, blank=True, help_text="按来源的原文。")
    version = models.CharField("数据版本", max_length=20, blank=True)
    basis_value = models.DecimalField(
        "另一口径的数值", max_digits=24, decimal_places=6, null=True, blank=True
    )
    basis_unit = models.CharField("另一口径的单位", max_length=30, blank=True)
    basis_note = models.CharField("另一口径的说明", max_length=200, blank=True)
    provider = models.CharField("提供人", max_length=50, blank=True)
    channel = models.CharField("提供渠道", max_length=20, choices=Channel.choices(), default=Channel.SYSTEM)
    provided_at = models.DateTimeField("提供时间", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件", null=True, blank=True)
    place = models.CharField("出处", max_length=100, blank=True)
    note = models.TextField("备注", blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="替换", null=True, blank=True, related_name="replaced_by"
    )
    replaced_because = models.CharField("替换缘由", max_length=20, choices=Replacement.choices(), blank=True)
    # The department may still answer while others check (SAID_BESIDE): it changes nothing of the figure.
    answer = models.CharField("单位确认", max_length=20, choices=Answer.choices(), blank=True, editable=False)
    answered_by = person("确认人")
    answered_at = models.DateTimeField("确认时间", null=True, blank=True, editable=False)
    answer_note = models.CharField("异议说明", max_length=500, blank=True, editable=False)

    objects = QuarterlyActualQuerySet.as_manager()

    class Meta(Submission.Meta):
        verbose_name = verbose_name_plural = "季度实绩"
        ordering = ["-period__plan__last_year", "period_id", "target__order", "id"]
        permissions = [
            *acts_on("quarterlyactual", "季度实绩"),
            ("replace_quarterlyactual", "可以替换已发布的季度实绩"),
        ]
        triggers = [
            *Submission.Meta.triggers,
            target_and_period_agree(),
            closed_to_entries(but="NEW.replaces_id IS NOT NULL"),
            agrees(
                "replaces_a_published_figure",
                where="NEW.replaces_id IS NULL OR EXISTS (SELECT 1 FROM indicators_quarterlyactual r"
                " WHERE r.id = NEW.replaces_id AND r.target_id = NEW.target_id"
                " AND r.period_id = NEW.period_id AND r.state = 'published')",
                says="只能替换同一指标同一期已发布的数据",
            ),
        ]
        constraints = [
            *Submission.Meta.constraints,
            one_of("channel", Channel),
            one_of("replaced_because", Replacement, blank=True),
            one_of("answer", Answer, blank=True),
            together("answered_by", "answered_at", says="确认人与确认时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answer_note="")
                | Q(answer=Answer.CONFIRMED, answered_by__isnull=False, answer_note="")
                | (Q(answer=Answer.DISPUTED, answered_by__isnull=False) & ~Q(answer_note="")),
                name="indicators_quarterlyactual_answered_by_somebody",
                violation_error_message="单位的确认须有确认人；有异议须写明，确认则不写。",
            ),
            models.CheckConstraint(
                condition=Q(outcome_state__in=[*SPOKEN, *SILENT]),
                name="indicators_quarterlyactual_outcome_state_known",
                violation_error_message="填报情况不是可选的值。",
            ),
            models.CheckConstraint(
                condition=Q(outcome_state__in=SPOKEN) & (Q(value__isnull=False) | ~Q(wording=""))
                | Q(outcome_state__in=SILENT, value__isnull=True, wording=""),
                name="indicators_quarterlyactual_figure_when_reported",
                violation_error_message="正常填报须有数值或表述；待市级反馈、口径调整、年度指标不能有。",
            ),
            models.CheckConstraint(
                condition=Q(basis_value__isnull=True, basis_unit="")
                | (Q(basis_value__isnull=False) & ~Q(basis_note="")),
                name="indicators_quarterlyactual_basis_explained",
                violation_error_message="另一口径的数值须写明是什么口径。",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, replaced_because="")
                | (Q(replaces__isnull=False) & ~Q(replaced_because="")),
                name="indicators_quarterlyactual_replacement_explained",
                violation_error_message="替换已发布数据须写明缘由，不替换则不能有缘由。",
            ),
            models.UniqueConstraint(
                fields=["target", "period"],
                condition=~Q(state=State.PUBLISHED),
                name="indicators_quarterlyactual_one_unpublished",
                violation_error_message="这一指标这一期已有一条未发布的数据。",
            ),
            models.UniqueConstraint(
                fields=["target", "period"],
                condition=Q(state=State.PUBLISHED, replaces__isnull=True),
                name="indicators_quarterlyactual_one_published_root",
                violation_error_message="这一指标这一期已有已发布的数据，请用替换。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}·{self.period.get_period_display()}"
