"""What every page of the administration shares: whose rows are seen, what may be chosen, refusals in Chinese.

A desk is one model's place in the administration.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet, URLField
from django.db.models.fields.related import RelatedField
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .models import User
from .record import changes_of
from .roles import EVERY_DEPARTMENT

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Form = ModelForm[Any]
else:
    ModelAdmin = admin.ModelAdmin
    Form = ModelForm

STATE_MOVED = "这一行已经报送、审核或发布，或状态刚被别人改变，内容不能这样改动；请重新打开后再看。"


def person(request: HttpRequest) -> User:
    """Who is signed in; nobody else reaches a desk."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def of_own_department(rows: QuerySet[Any], path: str, reader: User) -> QuerySet[Any]:
    """The rows whose department (along `path`) is the reader's, or all with permission for every department."""
    if reader.has_perm(EVERY_DEPARTMENT):
        return rows
    return rows.none() if reader.department_id is None else rows.filter(**{path: reader.department_id})


def refusal_of(error: DatabaseError) -> str:
    """Why a constraint or a trigger refused, in Chinese; empty where the error is something else."""
    diagnosis = getattr(error.__cause__, "diag", None)
    said: str = getattr(diagnosis, "message_primary", None) or ""
    if said.startswith("pgtrigger:"):
        return STATE_MOVED
    constraint = getattr(diagnosis, "constraint_name", None)
    if constraint:
        return next((says for name, says in _constraints() if name == constraint), "")
    return f"{said}。" if any("\u4e00" <= sign <= "\u9fff" for sign in said) else ""


def _constraints() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            yield constraint.name, str(constraint.violation_error_message)


class RefusableForm(Form):
    """A form that can be shown again, filled as it was, with what the database had against it."""

    refusal = ""

    def clean(self) -> dict[str, Any] | None:
        """Repeat the database's refusal as an error of the form."""
        if self.refusal:
            raise ValidationError(self.refusal)
        return super().clean()


class Finder(AutocompleteSelect):
    """A choice found by typing; the empty box says what it is for, also to a screen reader."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": f"{self.field.verbose_name}：输入以查找"}


class Desk(ModelAdmin):
    """A model's place in the administration: rows of the own department only, refusals shown and not crashed on."""

    form = RefusableForm
    joined: tuple[str, ...] = ()  # what a row's name and columns are made from
    department_path = ""  # from a row to its department; empty where rows are everybody's
    written_elsewhere = False  # whether these rows are written on a page of the workbench's own
    list_per_page = 50
    formfield_overrides = {
        URLField: {"assume_scheme": "https"},
        ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    object_history_template = "admin/history.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if self.joined:
            rows = rows.select_related(*self.joined)
        return (
            of_own_department(rows, self.department_path, person(request)) if self.department_path else rows
        )

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """What the menus go by: whoever writes such rows elsewhere is led there; who only reads, reads here."""
        may: dict[str, bool] = super().get_model_perms(request)
        return {} if self.written_elsewhere and (may["add"] or may["change"]) else may

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Lists examine what is typed, choices that are found by typing do not: no text of ours has a NUL in it."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField[Any, Any], request: HttpRequest
    ) -> QuerySet[Any] | None:
        """What a person may choose is what he may see at the other model's desk."""
        model: Any = db_field.related_model
        if self.admin_site.is_registered(model):
            return self.admin_site.get_model_admin(model).get_queryset(request)
        return super().get_field_queryset(db, db_field, request)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Finder(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice stand a way to see it and to add one; rows are changed and deleted at their own desk."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_change_related = widget.can_delete_related = False
        return field

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[Form]:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As usual; what the database refuses comes back as the same form with the reason on top."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DatabaseError as error:
            refusal = refusal_of(error)
            if not refusal or hasattr(request, "refusal"):
                raise
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except DatabaseError as error:
            return self.refused(request, error)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As usual; an action is done with every chosen row or with none."""
        try:
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return super().changelist_view(request, extra_context)
        except DatabaseError as error:
            return self.refused(request, error)

    def refused(self, request: HttpRequest, error: DatabaseError) -> HttpResponse:
        """Say why and go back to where the person was; what no rule of ours refused is raised again."""
        refusal = refusal_of(error)
        if not refusal or request.method != "POST":
            raise error
        self.message_user(request, refusal, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what: with the auditor's record for those who may read it."""
        row = self.get_object(request, object_id)
        record = changes_of(row, person(request)) if row is not None else None
        return super().history_view(request, object_id, {**(extra_context or {}), "record": record})


class ReadOnlyDesk(Desk):
    """What nobody edits by hand: it was published, computed or recorded."""

    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class AppendOnlyDesk(ReadOnlyDesk):
    """What is added to and never changed."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super(ReadOnlyDesk, self).has_add_permission(request)
