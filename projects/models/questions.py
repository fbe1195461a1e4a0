"""What does not go together in the sources (待核实问题): both places as they stand, and what people found out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import append_only
from wanzhou.kernel.plans.models import Source

from .catalogue import Project, person


@tracked()
class Question(models.Model):
    """A question that the sources leave open; it is answered beside them, and nothing in them is changed."""

    code = models.SlugField("代码", max_length=100, unique=True)
    text = models.TextField("问题")

    class Meta:
        verbose_name = verbose_name_plural = "待核实问题"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


@tracked()
class Quotation(models.Model):
    """One of the places that a question is about, word for word."""

    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name="待核实问题", related_name="quotations"
    )
    order = models.PositiveSmallIntegerField("次序")
    wording = models.TextField("原文")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name="来源文件")
    place = models.CharField("出处", max_length=100)
    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name="重点项目", null=True, blank=True, related_name="quotations"
    )

    class Meta:
        verbose_name = verbose_name_plural = "待核实问题的原文"
        ordering = ["question", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "order"],
                name="projects_quotation_once",
                violation_error_message="这个问题里已经有这个次序的原文。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}：{self.place}"


@tracked()
class Finding(models.Model):
    """What a person found out about a question (核实结论); a later one stands beside it, the newest holds."""

    question = models.ForeignKey(Question, models.PROTECT, verbose_name="待核实问题", related_name="findings")
    text = models.TextField("核实结论")
    by = person("核实人")
    at = models.DateTimeField("核实时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "核实结论"
        ordering = ["-id"]
        triggers = [append_only()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="projects_finding_said",
                violation_error_message="须写明核实结论。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}：{self.text[:30]}"
