"""The projects themselves: one across years, and which of them people took for one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import one_of
from wanzhou.kernel.terms import Term


def amount(label: str) -> Any:
    """A sum of money in 万元, which may be unknown."""
    return models.DecimalField(f"{label}（万元）", max_digits=18, decimal_places=4, null=True, blank=True)


def person(label: str, *, null: bool = False) -> Any:
    """A reference to whoever did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=label, null=null, blank=null, related_name="+"
    )


@tracked()
class Project(models.Model):
    """One key project across years (重点项目), known by a permanent readable address."""

    # What publications may tell, and what never leaves the administration: every field stands in one of the two.
    PUBLIC = ("slug", "name")
    INTERNAL = (
        *("owner", "content", "site", "start_year", "end_year", "total_investment", "funding", "note"),
        "joined_into",
    )

    slug = models.SlugField("网址名", max_length=100, unique=True)
    name = models.CharField("名称", max_length=200)
    owner = models.CharField("业主", max_length=200, blank=True)
    content = models.TextField("建设内容", blank=True)
    site = models.CharField("建设地点", max_length=200, blank=True)
    start_year = models.PositiveSmallIntegerField("开工年份", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("完工年份", null=True, blank=True)
    total_investment = amount("总投资")
    funding = models.TextField("资金来源", blank=True, help_text="每行一项，例如：中央预算内投资 3000 万元")
    joined_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="已并入",
        null=True,
        blank=True,
        editable=False,
        related_name="joined",
    )
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重点项目"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
                name="projects_project_years_in_order",
                violation_error_message="完工年份不能早于开工年份。",
            ),
            models.CheckConstraint(
                condition=Q(total_investment__isnull=True) | Q(total_investment__gte=0),
                name="projects_project_investment_not_negative",
                violation_error_message="总投资不能为负。",
            ),
            models.CheckConstraint(
                condition=Q(joined_into__isnull=True) | ~Q(joined_into=F("id")),
                name="projects_project_joined_into_another",
                violation_error_message="项目不能并入自己。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ruled(Term):
    """What a person said of two projects that look alike."""

    JOINED = "joined", "是同一个项目"
    APART = "apart", "不是同一个项目"


@tracked()
class Likeness(models.Model):
    """Two projects that look alike, and what a person ruled of them (相似项目); who was kept apart stays apart.

    `likeness` keeps the sentence that was shown when they were proposed.
    """

    first = models.ForeignKey(Project, models.PROTECT, verbose_name="项目", related_name="+")
    second = models.ForeignKey(Project, models.PROTECT, verbose_name="相似的项目", related_name="+")
    ruled = models.CharField("结论", max_length=10, choices=Ruled.choices())
    likeness = models.CharField("相似之处", max_length=200)
    reason = models.TextField("理由")
    by = person("认定人")
    at = models.DateTimeField("认定时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "相似项目"
        ordering = ["-id"]
        constraints = [
            one_of("ruled", Ruled),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="projects_likeness_once",
                violation_error_message="这两个项目已经认定过。",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="projects_likeness_in_order",
                violation_error_message="两个项目须不同，并按录入的先后排列。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="projects_likeness_reasoned",
                violation_error_message="须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.first}”与“{self.second}”"
