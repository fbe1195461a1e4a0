"""The panel of evidence on the page of a fact: what is attached, and what this person may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from wanzhou.kernel.accounts.desks import Desk, person, refusal_of
from wanzhou.kernel.accounts.models import User

from . import serving
from .actions import WITHDRAWS, FilesRefused, mark_again, take_in, withdraw
from .kinds import ACCEPTED, ENDINGS
from .models import Attachment, Withdrawal

SEE_OTHER, UNPROCESSABLE = 303, 422
NOTHING_DONE = "没有选要做什么。"


class NotDone(Exception):
    """Why an act on the panel was not carried out, in Chinese."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One attached document as the panel shows it."""

    key: int
    name: str
    what: str
    by: str
    href: str
    public: bool
    withdrawn: str
    is_picture: bool
    may_rearrange: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything about the evidence of one fact that one person may see and do."""

    about: str
    shown: tuple[Shown, ...]
    place: str
    may_attach: bool
    may_publish: bool
    publishes_with: str
    problems: tuple[str, ...] = ()
    typed_public: bool = False
    accepted: str = ACCEPTED
    endings: str = ENDINGS


class EvidenceDesk(Desk):
    """A desk whose rows have documents attached; it serves them to whoever may see the row."""

    attachment: ClassVar[type[Attachment]]
    publishes_with = "数据"  # with what its public documents are published
    change_form_template = "admin/evidence/change_form.html"

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_evidence"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/evidence/<int:key>/", view(self.evidence_file), name=f"{name}_file"),
            path("<path:object_id>/evidence/", view(self.evidence), name=name),
            *super().get_urls(),
        ]

    # --- who may do what ----------------------------------------------------------------------------------
    def may_attach(self, request: HttpRequest, row: Any) -> bool:
        """Whoever writes rows of this desk may add what attests one that he sees, at any time."""
        writes = self.has_add_permission(request) or self.has_change_permission(request)
        return self.has_view_permission(request, row) and writes

    def may_rearrange(self, request: HttpRequest, row: Any) -> bool:
        """Whoever may change the row's content decides what will be public, and takes away what was wrong."""
        return self.has_change_permission(request, row)

    # --- the panel ----------------------------------------------------------------------------------------
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As usual, with the panel below the form."""
        row = self.get_object(request, unquote(object_id))
        panel = {"panel": self.panel(request, row)} if row is not None else {}
        return super().change_view(request, object_id, form_url, {**panel, **(extra_context or {})})

    def panel(self, request: HttpRequest, row: Any, problems: Sequence[str] = ()) -> Panel:
        reader, rearranges = person(request), self.may_rearrange(request, row)
        attached = list(self._attached(row))
        prints = [one.document.sha256 for one in attached]
        withdrawn = dict(Withdrawal.objects.filter(sha256__in=prints).values_list("sha256", "reason"))
        return Panel(
            about=str(row),
            shown=tuple(self._shown(one, row, reader, rearranges, withdrawn) for one in attached),
            place=self._place(row),
            may_attach=self.may_attach(request, row),
            may_publish=rearranges,
            publishes_with=self.publishes_with,
            problems=tuple(problems),
            typed_public=request.POST.get("public") == "on",
        )

    def _attached(self, row: Any) -> Any:
        about = {self.attachment.ABOUT: row}
        rows = self.attachment._default_manager.filter(**about)
        return rows.select_related("document__uploaded_by").order_by("pk")

    def _shown(
        self, one: Attachment, row: Any, reader: User, rearranges: bool, withdrawn: dict[str, str]
    ) -> Shown:
        document = one.document
        reason = withdrawn.get(document.sha256, "") if one.public else ""
        told = one.public and self.is_told(row)
        return Shown(
            key=one.pk,
            name=document.name,
            what=f"{document.found.label}，{document.size_in_words}",
            by=f"{document.uploaded_by}，{document.uploaded_at:%Y-%m-%d}",
            href=f"{self._place(row)}{one.pk}/",
            public=one.public,
            withdrawn=reason,
            is_picture=document.found.is_picture,
            may_rearrange=rearranges and not told,
            may_withdraw=told and not reason and reader.has_perm(WITHDRAWS),
        )

    def is_told(self, row: Any) -> bool:
        """Whether the public was told of the row."""
        return bool(row.publication_id)

    def _place(self, row: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_evidence"
        return reverse(name, args=[row.pk], current_app=self.admin_site.name)

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404("没有这条内容，或不归您查看。")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    # --- what is done on it -------------------------------------------------------------------------------
    def evidence(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The panel by itself; sent back, it uploads, marks, removes or withdraws."""
        row = self._row(request, object_id)
        if request.method != "POST":
            return self._page(request, row)
        try:
            with transaction.atomic():
                done = self._carried_out(request, row)
        except FilesRefused as refused:
            return self._page(request, row, refused.problems)
        except NotDone as refused:
            return self._page(request, row, [str(refused)])
        except DatabaseError as error:
            if not (refusal := refusal_of(error)):
                raise
            return self._page(request, row, [refusal])
        messages.success(request, done)
        answer = HttpResponseRedirect(self._place(row) if "alone" in request.POST else self._back(row))
        answer.status_code = SEE_OTHER
        return answer

    def _back(self, row: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[row.pk], current_app=self.admin_site.name) + "#evidence"

    def _carried_out(self, request: HttpRequest, row: Any) -> str:
        act, _, key = request.POST.get("do", "").partition(":")
        if act == "attach":
            return self._attach(request, row)
        if not key.isdecimal() or len(key) > 18:
            raise NotDone(NOTHING_DONE)
        one = self._attached(row).filter(pk=key).first()
        if one is None:
            raise NotDone("这份材料已经不在这里了，可能刚被别人移除。")
        if act == "withdraw":
            return self._withdraw(request, row, one)
        if not self.may_rearrange(request, row):
            raise PermissionDenied
        return _rearranged(act, one)

    def _attach(self, request: HttpRequest, row: Any) -> str:
        public = request.POST.get("public") == "on"
        if not self.may_attach(request, row) or (public and not self.may_rearrange(request, row)):
            raise PermissionDenied
        documents = take_in(request.FILES.getlist("files"), by=person(request))
        for document in documents:
            self.attachment._default_manager.create(
                document=document, public=public, **{self.attachment.ABOUT: row}
            )
        return f"已附上 {len(documents)} 份佐证材料：{'、'.join(map(str, documents))}。"

    def _withdraw(self, request: HttpRequest, row: Any, one: Attachment) -> str:
        if not person(request).has_perm(WITHDRAWS) or not one.public:
            raise PermissionDenied
        if not self.is_told(row):
            raise NotDone(f"“{one.document}”还没有公开，不用撤回；改为只供内部即可。")
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise NotDone(f"撤回“{one.document}”须写明理由，公众会看到它。")
        withdraw(one.document, by=person(request), reason=reason)
        return f"“{one.document}”已撤回，公众从现在起打不开它。"

    def _page(self, request: HttpRequest, row: Any, problems: Sequence[str] = ()) -> HttpResponse:
        page = {
            **self.admin_site.each_context(request),
            "title": "佐证材料",
            "opts": self.opts,
            "original": row,
            "back": self._back(row),
            "panel": self.panel(request, row, problems),
        }
        status = UNPROCESSABLE if problems else 200
        return TemplateResponse(request, "admin/evidence/page.html", page, status=status)

    def evidence_file(self, request: HttpRequest, object_id: str, key: int) -> HttpResponse:
        """The file, to whoever may see the row that it attests."""
        row = self._row(request, object_id)
        one = self._attached(row).filter(pk=key).first()
        if one is None:
            raise Http404("没有这份材料，可能已被移除。")
        return answered(request, one.document)


def _rearranged(act: str, one: Attachment) -> str:
    if act == "remove":
        one.delete()
        return f"已移除“{one.document}”。"
    if act in ("public", "internal"):
        mark_again(one, public=act == "public")
        return f"“{one.document}”改为{'随发布公开' if act == 'public' else '只供内部'}。"
    raise NotDone(NOTHING_DONE)


def answered(request: HttpRequest, document: Any) -> HttpResponse:
    """A document to somebody who may read it inside. Raises Http404 where its file is missing."""
    try:
        return serving.answer(
            request, sha256=document.sha256, kind=document.found, name=document.name, everybody=False
        )
    except serving.FileMissing as missing:
        raise Http404(str(missing)) from missing
