"""What figures, causes and adjustments are attested by, and the sheets that departments signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.evidence.models import Attachment, Holds, kept_once_told, kept_with_its_entry
from wanzhou.kernel.plans.constraints import append_only
from wanzhou.kernel.plans.models import ReportingPeriod

from .actuals import QuarterlyActual
from .reference import ReferenceFigure
from .rulings import Cause, Ruling
from .targets import TargetAdjustment


@tracked()
class FigureDocument(Attachment):
    """A document attached to a figure; it goes with a draft that is taken back."""

    ABOUT = "actual"
    actual = models.ForeignKey(
        QuarterlyActual, models.CASCADE, verbose_name="季度实绩", related_name="documents"
    )

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "季度实绩的佐证材料"
        triggers = [
            *Attachment.Meta.triggers,
            *kept_with_its_entry("indicators_quarterlyactual", "actual_id"),
        ]


@tracked()
class CauseDocument(Attachment):
    """A document attached to a cause."""

    ABOUT = "cause"
    cause = models.ForeignKey(Cause, models.CASCADE, verbose_name="原因说明", related_name="documents")

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "原因说明的佐证材料"
        triggers = [*Attachment.Meta.triggers, *kept_with_its_entry("indicators_cause", "cause_id")]


@tracked()
class RulingDocument(Attachment):
    """A document attached to a ruling."""

    ABOUT = "ruling"
    ruling = models.ForeignKey(Ruling, models.CASCADE, verbose_name="人工认定", related_name="documents")

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "人工认定的佐证材料"
        triggers = [*Attachment.Meta.triggers, *kept_with_its_entry("indicators_ruling", "ruling_id")]


@tracked()
class ReferenceDocument(Attachment):
    """A document attached to a figure of another region; once the public was told of it, it stays."""

    ABOUT = "figure"
    figure = models.ForeignKey(
        ReferenceFigure, models.PROTECT, verbose_name="参考数据", related_name="documents"
    )

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "参考数据的佐证材料"
        triggers = [
            *Attachment.Meta.triggers,
            kept_once_told(
                *("indicators_referencefigure", "figure_id", "indicators_publishedrow"),
                on="r.target_id IN (SELECT t.id FROM indicators_annualtarget t WHERE t.indicator_id = a.indicator_id)",
            ),
        ]


@tracked()
class AdjustmentDocument(Attachment):
    """A document attached to a target's adjustment; once the public was told of it, it stays."""

    ABOUT = "adjustment"
    adjustment = models.ForeignKey(
        TargetAdjustment, models.PROTECT, verbose_name="目标调整", related_name="documents"
    )

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "目标调整的佐证材料"
        triggers = [
            *Attachment.Meta.triggers,
            kept_once_told("indicators_targetadjustment", "adjustment_id", "indicators_publishedrow"),
        ]


@tracked()
class SignedSheet(Holds):
    """The scan of a department's 确认表 of a period, as it was signed. Never public: it bears signatures."""

    period = models.ForeignKey(
        ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="signed_sheets"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="责任单位", related_name="signed_sheets"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    at = models.DateTimeField("上传时间", default=timezone.now, editable=False)

    class Meta(Holds.Meta):
        verbose_name = verbose_name_plural = "签字确认表"
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.department}·{self.period}签字确认表"


@tracked()
class SignedRow(models.Model):
    """A figure that a signed sheet confirms, in the words that were signed."""

    sheet = models.ForeignKey(SignedSheet, models.PROTECT, verbose_name="签字确认表", related_name="rows")
    # A draft may still be taken back; the record of changes knows what was signed.
    actual = models.ForeignKey(
        QuarterlyActual, models.CASCADE, verbose_name="季度实绩", related_name="signed_rows"
    )
    signed = models.CharField("签字时的完成情况", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "签字确认的行"
        ordering = ["id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "actual"],
                name="indicators_signedrow_once",
                violation_error_message="一张确认表对一条数据只确认一次。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actual}：{self.signed}"
