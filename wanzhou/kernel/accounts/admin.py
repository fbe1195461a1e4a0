"""The desks of departments, people, roles and the administration's own log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static import admin as recovery_codes_of_the_library
from django_otp.plugins.otp_totp import admin as phones_of_the_library

from .desks import Desk, ReadOnlyDesk
from .models import Department, SignIn, User
from .people_desk import UserDesk
from .sign_in_desk import SignInDesk

VERBS = {"view": "查看", "add": "新增", "change": "修改", "delete": "删除"}
VERBS |= {"submit": "报送", "approve": "审核", "publish": "发布"}

# The library's own desks would show secrets; what an administrator needs is on the person's page.
admin.site.unregister([phones_of_the_library.TOTPDevice, recovery_codes_of_the_library.StaticDevice])
admin.site.register(User, UserDesk)
admin.site.register(SignIn, SignInDesk)


@admin.register(Department)
class DepartmentDesk(Desk):
    """责任单位."""

    list_display = ("name", "code", "order", "is_default", "people")
    list_filter = ("is_default",)
    search_fields = ("name", "code")
    search_help_text = "按名称或代码查找"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(people_count=Count("users"))
        return rows

    @admin.display(description="人数", ordering="people_count")
    def people(self, department: Any) -> int:
        return int(department.people_count)


admin.site.unregister(Group)


@admin.register(Group)
class RoleDesk(ReadOnlyDesk):
    """角色: what each may do is data in roles.toml, so this page only shows it."""

    list_display = ("name", "people", "granted")
    search_fields = ("name",)
    search_help_text = "按角色名称查找"
    fields = ("name", "allowed")
    readonly_fields = ("allowed",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counts = {
            "people_count": Count("user", distinct=True),
            "granted_count": Count("permissions", distinct=True),
        }
        rows: QuerySet[Any] = super().get_queryset(request).annotate(**counts)
        return rows

    @admin.display(description="人数", ordering="people_count")
    def people(self, group: Any) -> int:
        return int(group.people_count)

    @admin.display(description="权限项数", ordering="granted_count")
    def granted(self, group: Any) -> int:
        return int(group.granted_count)

    @admin.display(description="权限")
    def allowed(self, group: Group) -> str:
        """One line for each model: what may be done with it, in words."""
        acts: dict[str, list[str]] = {}
        for permission in group.permissions.select_related("content_type").order_by("content_type", "id"):
            verb = VERBS.get(permission.codename.partition("_")[0], permission.name)
            acts.setdefault(_called(permission.content_type), []).append(verb)
        return "\n".join(f"{name}：{'、'.join(verbs)}" for name, verbs in acts.items())


def _called(kind: ContentType) -> str:
    """What a model is called; a table of the auditor's record goes by what it records."""
    model = kind.model_class()
    recorded = getattr(model, "pgh_tracked_model", None)
    return f"{recorded._meta.verbose_name}的变更记录" if recorded else str(kind.name)


@admin.register(LogEntry)
class LogEntryDesk(ReadOnlyDesk):
    """管理日志: what was done at these desks, newest first."""

    list_display = ("action_time", "user", "content_type", "object_repr", "action_flag")
    list_filter = ("action_flag", "action_time")
    list_display_links = ("object_repr",)
    joined = ("user", "content_type")
    search_fields = ("object_repr", "user__username", "user__last_name")
    search_help_text = "按对象或操作人查找"
    fields = ("action_time", "user", "content_type", "object_repr", "action_flag", "said")
    readonly_fields = ("said",)

    @admin.display(description="修改内容")
    def said(self, entry: LogEntry) -> str:
        return entry.get_change_message()
