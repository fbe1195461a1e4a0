"""The desks of departments, people, roles and the administration's own log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, ManyToManyField, QuerySet
from django.http import HttpRequest

from .desks import Desk, ReadOnlyDesk, person
from .models import Department, User
from .roles import SystemAccount

if TYPE_CHECKING:
    PeopleAdmin = UserAdmin[User]
else:
    PeopleAdmin = UserAdmin

SYSTEM_ACCOUNTS = [account.value for account in SystemAccount]
VERBS = {"view": "查看", "add": "新增", "change": "修改", "delete": "删除"}
VERBS |= {"submit": "报送", "approve": "审核", "publish": "发布"}
# What an administrator does not grant to himself.
OWN_POWERS = ("is_active", "is_staff", "groups")


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


@admin.register(User)
class UserDesk(PeopleAdmin):
    """用户: who it is, the department and the roles on one page. No page makes a superuser."""

    list_display = ("username", "full_name", "department", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active", "department")
    list_select_related = ("department",)
    list_per_page = 50
    search_fields = ("username", "last_name", "first_name", "department__name")
    search_help_text = "按用户名、姓名或责任单位查找"
    ordering = ("department__order", "username")
    filter_horizontal = ()
    readonly_fields = ("is_superuser", "last_login", "date_joined")
    fieldsets = (
        ("账号", {"fields": ("username", "password")}),
        ("姓名与单位", {"fields": (("last_name", "first_name"), "email", "department")}),
        ("角色", {"fields": ("groups",)}),
        ("状态", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("日期", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        ("账号", {"fields": ("username", "usable_password", "password1", "password2")}),
        ("姓名与单位", {"fields": (("last_name", "first_name"), "department")}),
        ("角色", {"fields": ("groups", "is_staff")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="姓名", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="角色")
    def roles(self, user: User) -> str:
        return "、".join(group.name for group in user.groups.all())

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever gets an account works here, and so may sign in."""
        initial = super().get_changeform_initial_data(request)
        return {"is_staff": True, **initial}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = obj is not None and obj.pk == request.user.pk and not person(request).is_superuser
        return (*self.readonly_fields, *(OWN_POWERS if own else ()))

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Six roles, each with its box to tick."""
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "label": "角色", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Built-in accounts are nobody's to edit, and superusers only superusers'."""
        return super().has_change_permission(request, obj) and _within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for changes; nobody deletes himself."""
        own = obj is not None and obj.pk == request.user.pk
        return not own and super().has_delete_permission(request, obj) and _within_reach(request, obj)


def _within_reach(request: HttpRequest, user: User | None) -> bool:
    if user is None:
        return True
    if user.username in SYSTEM_ACCOUNTS:
        return False
    return person(request).is_superuser or not user.is_superuser


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
