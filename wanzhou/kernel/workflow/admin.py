"""What the desks of all entries share: content while it is a draft, steps by actions, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wanzhou.kernel.accounts.desks import Desk, RefusableForm, person
from wanzhou.kernel.accounts.models import User

from . import actions as steps
from .actions import MoveRefused
from .models import STEP_FIELDS, Submission
from .moves import State

Fieldset = tuple[str | None, dict[str, Any]]
WAY: Fieldset = (
    "流程",
    {
        "fields": (
            ("state", "revision"),
            ("entered_by", "entered_at"),
            ("submitted_by", "submitted_at"),
            ("returned_by", "returned_at"),
            "returned_note",
            ("approved_by", "approved_at"),
            "publication",
        )
    },
)
PEOPLE = ("entered_by", "submitted_by", "returned_by", "approved_by", "publication__period__plan")


class SeenForm(RefusableForm):
    """An entry's form that knows which revision it shows, and does not write over a newer one unseen."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["seen"].initial = self.instance.revision

    def clean(self) -> dict[str, Any] | None:
        """Say what happened to the entry meanwhile; whoever saves again has been told, and is asked no more."""
        entry = self.instance
        if entry.pk is not None and self.cleaned_data.get("seen") != entry.revision:
            sent = QueryDict(mutable=True)
            sent.update(self.data)
            sent[self.add_prefix("seen")] = str(entry.revision)
            self.data = sent
            raise ValidationError(
                f"这一行在您打开之后被改动过，没有保存；现在存着的是：{self._stored()}。"
                "您填的还在下面：核对后再保存一次，就以您的为准。"
            )
        return super().clean()

    def _stored(self) -> str:
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        said = (
            f"{field.label} {getattr(stored, f'get_{name}_display', lambda name=name: getattr(stored, name))()}"
            for name, field in self.fields.items()
            if name in self.changed_data and name != "seen"
        )
        return "，".join(said) or "与您填的相同的内容"


class SubmissionDesk(Desk):
    """An entry's content is edited while it is a draft or returned; its steps are taken by actions."""

    content: tuple[Fieldset, ...] = ()
    computed: tuple[str, ...] = ()  # read-only fields that a desk adds to the content
    form = SeenForm
    actions = ("submit_entries", "approve_entries", "send_back_entries")

    # --- what is shown ------------------------------------------------------------------------------------
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*STEP_FIELDS, "entered_by", "entered_at", *self.computed)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.content
        seen: Fieldset = (None, {"fields": ("seen",)})
        return (*self.content, *([seen] if self.has_change_permission(request, obj) else ()), WAY)

    @admin.display(description="状态", ordering="state")
    def standing(self, entry: Submission) -> SafeString:
        return format_html('<span class="step is-{}">{}</span>', entry.state, State(entry.state).label)

    def get_actions(self, request: HttpRequest) -> Any:
        """The steps; entries are deleted one by one, since only a draft may go."""
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    # --- who may do what ----------------------------------------------------------------------------------
    def has_submit_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "submit")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "approve")

    def _may(self, request: HttpRequest, act: str) -> bool:
        return person(request).has_perm(f"{self.opts.app_label}.{act}_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """While it is editable. Who approves edits only his own: a figure he changed would be his to approve."""
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        own = obj.entered_by_id == request.user.pk
        return obj.is_editable() and (own or not self.has_approve_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may add entries may take back his own drafts; nobody else's, and nothing that went further."""
        if obj is None:
            return super().has_delete_permission(request)
        own_draft = obj.state == State.DRAFT and obj.entered_by_id == request.user.pk
        return own_draft and self.has_add_permission(request)

    # --- what is written ----------------------------------------------------------------------------------
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.revision += 1
        else:
            obj.entered_by = person(request)
        super().save_model(request, obj, form, change)

    @admin.action(description="报送", permissions=["submit"])
    def submit_entries(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._take(request, lambda: self.submitted(queryset, person(request)), "已报送")

    def submitted(self, entries: QuerySet[Any], by: User) -> list[Any]:
        """Submit entries; a desk whose entries go with others, or not at all at times, says so here."""
        return list(steps.submit(entries, by=by))

    @admin.action(description="审核通过", permissions=["approve"])
    def approve_entries(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._take(request, lambda: steps.approve(queryset, by=person(request)), "已审核通过")

    @admin.action(description="退回", permissions=["approve"])
    def send_back_entries(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the note first, then return the entries with it."""
        note = request.POST.get("note")
        if note and note.strip():
            self._take(request, lambda: steps.send_back(queryset, by=person(request), note=note), "已退回")
            return None
        page = {
            **self.admin_site.each_context(request),
            "title": "退回并写明意见",
            "opts": self.opts,
            "entries": queryset,
            "lacks_note": note is not None,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/send_back.html", page)

    def _take(self, request: HttpRequest, step: Callable[[], list[Any]], done: str) -> None:
        try:
            entries = step()
        except MoveRefused as refusal:
            for problem in refusal.problems:
                self.message_user(request, problem, messages.ERROR)
        else:
            self.message_user(
                request, f"{done} {len(entries)} 条{self.opts.verbose_name}。", messages.SUCCESS
            )
