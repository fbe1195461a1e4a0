"""Who works here: responsible departments (责任单位) and the people who belong to them."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from .history import tracked
from .roles import Role


@tracked()
class Department(models.Model):
    """A responsible department (责任单位); `is_default` marks the proposed mapping that nobody confirmed yet."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=100, unique=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    is_default = models.BooleanField(
        "默认对应", default=False, help_text="由系统按惯例预设、尚未由本区确认的责任单位。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person (or one of the two built-in accounts) who belongs to one department or to none."""

    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="责任单位", null=True, blank=True, related_name="users"
    )

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The Chinese order: family name first, nothing between."""
        return f"{self.last_name}{self.first_name}"

    def has_role(self, role: Role) -> bool:
        """Whether the person holds this role; roles are groups named after them."""
        return self.groups.filter(name=role.label).exists()
