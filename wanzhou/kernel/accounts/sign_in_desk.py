"""The desk of the sign-in log (登录记录): read, searched and exported; nobody writes it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils import timezone

from .desks import ReadOnlyDesk
from .models import SignIn
from .sign_in_log import as_csv


class SignInDesk(ReadOnlyDesk):
    """登录记录, newest first."""

    list_display = ("when", "username", "named", "step", "reason", "address")
    list_filter = ("step", "reason", "at")
    joined = ("user", "user__department")
    date_hierarchy = "at"
    search_fields = ("username", "user__last_name", "user__first_name", "address")
    search_help_text = "按用户名、姓名或来源地址查找"
    fields = ("when", "username", "user", "step", "reason", "address", "agent")
    readonly_fields = ("when",)
    change_list_template = "accounts/sign_ins.html"

    @admin.display(description="时间", ordering="at")
    def when(self, sign_in: SignIn) -> str:
        """To the second."""
        return f"{timezone.localtime(sign_in.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description="姓名", ordering="user__last_name")
    def named(self, sign_in: SignIn) -> str:
        return sign_in.user.get_full_name() if sign_in.user else "—"

    def get_urls(self) -> list[Any]:
        """The table, beside the usual pages."""
        export = path("export/", self.admin_site.admin_view(self.export), name="accounts_signin_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the list shows, with its search and filters, as a CSV table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = self.get_changelist_instance(request).get_queryset(request)
        table = StreamingHttpResponse(
            as_csv(shown.iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8"
        )
        stamp = f"{timezone.localtime():%Y%m%d-%H%M}"
        table["Content-Disposition"] = f'attachment; filename="sign-ins-{stamp}.csv"'
        table["Cache-Control"] = "no-store"
        return table
