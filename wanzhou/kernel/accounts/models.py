"""Who works here: responsible departments (责任单位) and the people who belong to them."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from .history import tracked
from .roles import Role
from .sign_in_terms import SignInReason, SignInStep


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

    must_change_password = models.BooleanField(
        "须修改密码", default=False, editable=False, help_text="密码由管理员发给，登录后先要改成自己的。"
    )
    password_set_at = models.DateTimeField("密码设定时间", null=True, blank=True, editable=False)

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


@pghistory.track(
    pghistory.InsertEvent("granted"), pghistory.DeleteEvent("withdrawn"), obj_field=None, append_only=True
)
class Membership(User.groups.through):  # type: ignore[name-defined, misc]  # a table that Django made
    """Who holds which role, for the auditor's record."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.UpdateEvent("enabled", condition=pgtrigger.Q(old__confirmed=False, new__confirmed=True)),
    pghistory.DeleteEvent("removed", condition=pgtrigger.Q(old__confirmed=True)),
    fields=["user"],
    model_name="SecondFactorEvent",
    obj_field=None,
    append_only=True,
)
class SecondFactor(TOTPDevice):  # type: ignore[misc]  # the library is not typed
    """A person's second factor (两步验证), for the auditor's record; the secret is never recorded."""

    class Meta:
        proxy = True


class SignIn(models.Model):
    """A line of the sign-in log (登录记录): who came, from where, whether and why not; kept for half a year.

    `username` is what was typed; `user` the account of that name, if there is one.
    """

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    step = models.CharField("结果", max_length=8, choices=SignInStep.choices())
    reason = models.CharField("说明", max_length=16, choices=SignInReason.choices())
    username = models.CharField("用户名", max_length=150)
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name="用户", null=True, blank=True, related_name="sign_ins"
    )
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)
    agent = models.CharField("浏览器", max_length=255, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录记录"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in SignInStep]),
                name="accounts_signin_step_known",
                violation_error_message="不是登录记录的结果。",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[reason.value for reason in SignInReason]),
                name="accounts_signin_reason_known",
                violation_error_message="不是登录记录的说明。",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="unchanged", operation=pgtrigger.Update),
            pgtrigger.Protect(
                name="kept_half_a_year",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.at > now() - interval '180 days'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S} {self.username} {self.get_step_display()}"
