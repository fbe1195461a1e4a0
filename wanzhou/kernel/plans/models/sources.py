"""The documents that facts are copied from."""

from __future__ import annotations

from django.db import models

from wanzhou.kernel.accounts.history import tracked


@tracked()
class Source(models.Model):
    """A document that facts are copied from (来源文件); an unknown date stays empty and reads 报告未载."""

    code = models.SlugField("代码", max_length=100, unique=True)
    title = models.CharField("标题", max_length=200)
    publisher = models.CharField("发布单位", max_length=100, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来源文件"
        ordering = ["-published_on", "code"]

    def __str__(self) -> str:
        return self.title
