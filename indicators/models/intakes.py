"""What was imported from workbooks: who, which files, when; and which rows said what before and after."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import append_only, together
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.models import person

from .targets import AnnualTarget


@tracked()
class Intake(models.Model):
    """An import (导入) into a period's grid. It is undone once or never, and stays on record either way."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, verbose_name="填报期", related_name="intakes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导入人", related_name="+")
    at = models.DateTimeField("导入时间", default=timezone.now, editable=False)
    files = models.TextField("文件", help_text="每行一个文件名，照上传时的写法。")
    fingerprints = models.TextField("文件指纹", help_text="每行一个，各文件的 SHA-256，次序同上。")
    undone_by = person("撤销人")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True, editable=False)
    left_alone = models.TextField("没有撤销的行", blank=True, help_text="每行一条：指标和缘由。")

    class Meta:
        verbose_name = verbose_name_plural = "导入记录"
        ordering = ["-id"]
        default_permissions = ("view",)
        triggers = [
            pgtrigger.ReadOnly(name="stays_as_it_is", fields=["period", "by", "at", "files", "fingerprints"]),
            pgtrigger.Protect(
                name="undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]
        constraints = [
            together("undone_by", "undone_at", says="撤销人与撤销时间须同时填写或同时留空。"),
        ]

    def __str__(self) -> str:
        return f"{self.period}·{'、'.join(f'《{name}》' for name in self.files.splitlines())}"


class IntakeRow(models.Model):
    """A row that an import filled: the content of its entry before (null where there was none) and after."""

    intake = models.ForeignKey(Intake, models.PROTECT, verbose_name="导入", related_name="rows")
    target = models.ForeignKey(AnnualTarget, models.PROTECT, verbose_name="年度目标", related_name="+")
    # The entry's number, not a reference: a draft that was taken back is gone, and the record of it stays.
    entry = models.BigIntegerField("所填的季度实绩")
    before = models.JSONField("原来的内容", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("导入的内容", encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = verbose_name_plural = "导入的行"
        ordering = ["id"]
        default_permissions = ("view",)
        triggers = [append_only()]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "target"],
                name="indicators_intakerow_once",
                violation_error_message="一次导入对一行只填一次。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake}·{self.target}"
