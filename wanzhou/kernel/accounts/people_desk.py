"""The desk of people (用户): who it is, department and roles on one page; passwords, second factors, lockouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, ManyToManyField, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import lockouts, second_factor
from .desks import Desk, person
from .forms import PersonForm
from .models import User
from .passwords import give_password
from .record import changes_of_person
from .roles import SystemAccount

if TYPE_CHECKING:
    PeopleAdmin = UserAdmin[User]
else:
    PeopleAdmin = UserAdmin

SYSTEM_ACCOUNTS = [account.value for account in SystemAccount]
# What an administrator does not grant to himself.
OWN_POWERS = ("is_active", "groups")
ADMINISTERED = {
    "unlock": ("解除暂停登录", "登录失败次数清零，可以立即再试。密码和两步验证不变。"),
    "second-factor": (
        "重置两步验证",
        "手机验证器和恢复码全部作废，下次登录只用密码。请先当面或电话核实本人身份。",
    ),
    "password": (
        "重置密码",
        "生成一个随机密码，只显示一次；本人登录后须先改成自己的。已登录的地方会立即退出。请先核实本人身份。",
    ),
}


class UserDesk(Desk, PeopleAdmin):
    """用户. No page makes a superuser, and nobody who has ever signed in is deleted: he is deactivated."""

    list_display = ("username", "full_name", "department", "roles", "standing", "factor", "last_login")
    list_filter = ("groups", "is_active", "department")
    list_select_related = ("department",)
    list_per_page = 50
    search_fields = ("username", "last_name", "first_name", "department__name")
    search_help_text = "按用户名、姓名或责任单位查找"
    ordering = ("department__order", "username")
    filter_horizontal = ()
    form = add_form = PersonForm
    readonly_fields = ("standing", "factor", "password_set_at", "is_superuser", "last_login", "date_joined")
    fieldsets = (
        ("账号", {"fields": ("username",)}),
        ("姓名与单位", {"fields": (("last_name", "first_name"), "email", "department")}),
        ("角色", {"fields": ("groups",)}),
        ("状态", {"fields": ("is_active", "is_superuser", "date_joined")}),
        ("登录", {"fields": ("standing", "factor", "password_set_at", "last_login")}),
    )
    add_form_template = None
    change_form_template = "accounts/person.html"
    add_fieldsets = (
        (
            "账号",
            {
                "fields": ("username",),
                "description": "密码由系统随机生成，保存后只显示一次，请当时抄给本人。",
            },
        ),
        ("姓名与单位", {"fields": (("last_name", "first_name"), "department")}),
        ("角色", {"fields": ("groups",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        facts = {"has_factor": Exists(phones), "is_locked_out": lockouts.locked_out()}
        people: QuerySet[Any] = super().get_queryset(request).prefetch_related("groups").annotate(**facts)
        return people

    @admin.display(description="姓名", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="角色")
    def roles(self, user: User) -> str:
        return "、".join(group.name for group in user.groups.all())

    @admin.display(description="登录状态")
    def standing(self, user: Any) -> str:
        """In one word, the gravest first."""
        if user.username in SYSTEM_ACCOUNTS:
            return "系统账号"
        if not user.is_active or not user.is_staff:
            return "已停用"
        if user.is_locked_out:
            return "暂停登录中"
        return "待修改密码" if user.must_change_password else "正常"

    @admin.display(description="两步验证", boolean=True, ordering="has_factor")
    def factor(self, user: Any) -> bool:
        return bool(user.has_factor)

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
        """As for changes; nobody deletes himself, nor anybody who has ever signed in."""
        kept = obj is not None and (obj.pk == request.user.pk or obj.last_login is not None)
        return not kept and super().has_delete_permission(request, obj) and _within_reach(request, obj)

    # --- making an account -------------------------------------------------------------------------------
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever gets an account works here, and gets a password to change."""
        if not change:
            obj.is_staff = True
            request.password_given = give_password(obj)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The password, in this one answer, which like every page here is stored nowhere."""
        return self._password_once(request, obj, request.password_given)  # type: ignore[attr-defined]

    def _password_once(self, request: HttpRequest, user: User, password: str) -> HttpResponse:
        facts = {"title": "一次性密码", "person": user, "password": password, "opts": self.opts}
        return render(
            request, "accounts/password_once.html", {**self.admin_site.each_context(request), **facts}
        )

    # --- what is administered on an account, each asked for and then done -----------------------------------
    def get_urls(self) -> list[Any]:
        """One address for each act; the first of them takes the place of Django's own page."""
        view = self.admin_site.admin_view(self.administer)
        own = [
            path(f"<id>/{act}/", view, {"act": act}, name=f"accounts_user_{act}")
            for act in reversed(ADMINISTERED)
        ]
        return [*own, *super().get_urls()]

    def administer(self, request: HttpRequest, id: str, act: str) -> HttpResponse:  # noqa: A002  # Django's name
        """Ask whether to do it, and do it."""
        user = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404("没有这个用户。")
        title, says = ADMINISTERED[act]
        if request.method == "POST":
            return self._administered(request, user, act, title)
        facts = {"title": f"{title}：{user}", "act": title, "says": says, "person": user, "opts": self.opts}
        return render(request, "accounts/administer.html", {**self.admin_site.each_context(request), **facts})

    @transaction.atomic
    def _administered(self, request: HttpRequest, user: User, act: str, title: str) -> HttpResponse:
        self.log_change(request, user, title)
        if act == "password":
            password = give_password(user)
            user.save(update_fields=["password", "must_change_password", "password_set_at"])
            return self._password_once(request, user, password)
        if act == "second-factor":
            done = "已重置两步验证。" if second_factor.remove(user) else "本来就没有启用两步验证。"
        else:
            done = "已解除暂停登录。" if lockouts.unlock(user.username) else "本来就没有暂停登录。"
        self.message_user(request, f"{user}：{done}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, roles and second factor included, for those who may read the record."""
        user = self.get_object(request, unquote(object_id))
        record = changes_of_person(user, person(request)) if user is not None else None
        return super(Desk, self).history_view(request, object_id, {**(extra_context or {}), "record": record})


def _within_reach(request: HttpRequest, user: User | None) -> bool:
    if user is None:
        return True
    if user.username in SYSTEM_ACCOUNTS:
        return False
    return person(request).is_superuser or not user.is_superuser
