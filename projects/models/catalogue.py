"""The projects themselves: one across years."""

from __future__ import annotations

from django.db import models

from wanzhou.kernel.accounts.history import tracked


@tracked()
class Project(models.Model):
    """One key project across years (重点项目), known by a permanent readable address."""

    slug = models.SlugField("网址名", max_length=100, unique=True)
    name = models.CharField("名称", max_length=200)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重点项目"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
