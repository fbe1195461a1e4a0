"""One task on a phone: the last word beside, the new one to type, photographs, draft or handed in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from projects.cells import Cells
from projects.ledger import ENTERS, Footing, footings_of
from projects.models import AnnualTask, StatusUpdate, UpdateDocument
from projects.photos import ACCEPTED, ENDINGS, attach_photos
from projects.stages import Stage
from projects.updating import (
    NotTheirs,
    RowsRefused,
    Typed,
    UpdatesClash,
    UpdatesRefused,
    confirm_unchanged,
    save_updates,
    submit_updates,
)
from wanzhou.kernel.accounts.desks import refusal_of
from wanzhou.kernel.accounts.doors import wants_json
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.actions import FilesRefused
from wanzhou.kernel.evidence.kinds import MOST_BYTES
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.plans.models import Plan

from . import doors
from .frames import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    address,
    answered,
    frame,
    plan_of,
    reader_of,
    task_of,
    writer_of,
)
from .rows import TaskRow, row_for, today_here
from .sending import Sent, read_sent, seen_in

CLASH = (
    "“{name}”在您打开之后被别人改动过，没有保存。现在存着的是：{now}。"
    "您填的还在下面：核对后再点一次，就以您的为准。"
)

TYPED = (
    "您填了新的内容，没有当作“没有变化”。要用新的，点“存草稿”或“报送”；不要的，重新打开这一页再点“没有变化”。"
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph that is attached already."""

    key: int
    name: str
    href: str
    public: bool


@dataclass(frozen=True, slots=True)
class OneTask:
    """The page of one task."""

    row: TaskRow
    plan: Plan
    as_of: str
    last: StatusUpdate | None
    photos: tuple[Photo, ...]
    may_enter: bool
    leads: bool
    provider: str
    place: str
    back: str

    @property
    def stages(self) -> list[tuple[str, str, bool, bool]]:
        """Code, word, whether it is chosen, whether it was the last."""
        last = "" if self.last is None else self.last.reached_stage
        chosen = self.row.cells.stage
        return [(one.value, one.label, one.value == chosen, one.value == last) for one in Stage]

    @property
    def last_percent(self) -> str:
        return "" if self.last is None or self.last.percent is None else plain(self.last.percent)

    @property
    def last_invested(self) -> str:
        invested = None if self.last is None else self.last.invested_this_year
        return "" if invested is None else plain(invested)

    @property
    def asks_reason(self) -> bool:
        return self.row.needs_reason or bool(self.row.cells.reason)


def one(request: HttpRequest, site: AdminSite, year: int, key: int) -> HttpResponse:
    """The form of one task; sent back it saves a draft, hands it in, or says 没有变化."""
    reader, plan = reader_of(request), plan_of(year)
    task, leads = task_of(plan, key, reader)
    if request.method != "POST":
        return _page(request, site, plan, task, reader, leads)
    sent = read_sent(request.POST)
    if getattr(request, "stale", False):
        return _refused(request, site, plan, task, reader, leads, sent, [doors.STALE], FORBIDDEN)
    try:
        done = _carried_out(request, plan, task, writer_of(request), sent)
    except UpdatesClash as clash:
        (footing,) = clash.clashes
        now = row_for(footing, reader, today=today_here(), clash=True).clash
        says = [CLASH.format(name=task.name, now=now)]
        return _refused(request, site, plan, task, reader, leads, sent, says, CONFLICT)
    except RowsRefused as refused:
        says = list(refused.reasons.values())
        return _refused(request, site, plan, task, reader, leads, sent, says, UNPROCESSABLE)
    except FilesRefused as refused:
        says = [*refused.problems, "其余填的都在下面，还没有保存；去掉或换一张照片后再点一次。"]
        return _refused(request, site, plan, task, reader, leads, sent, says, UNPROCESSABLE)
    except UpdatesRefused as refused:
        status = FORBIDDEN if isinstance(refused, NotTheirs) else CONFLICT
        return _refused(request, site, plan, task, reader, leads, sent, [str(refused)], status)
    except DatabaseError as error:
        if not (refusal := refusal_of(error)):
            raise
        return _refused(request, site, plan, task, reader, leads, sent, [refusal], CONFLICT)
    messages.success(request, done)
    return answered(request, _back(plan, task, reader))


@transaction.atomic
def _carried_out(request: HttpRequest, plan: Plan, task: AnnualTask, reader: User, sent: Sent) -> str:
    act = request.POST.get("do", "save")
    if act == "unchanged":
        _refuse_typed(task, sent)
        seen = seen_in(request.POST)
        confirm_unchanged(plan=plan, task_ids=[task.pk], by=reader, provider=sent.provider, seen=seen)
        return f"“{task.name}”已记为没有变化（草稿）。全部记好后点“报送”。"
    typed = [one for one in sent.typed if one.task_id == task.pk] or [Typed(task.pk, Cells())]
    save_updates(plan=plan, typed=typed, by=reader, provider=sent.provider, asserted=True)
    (footing,) = footings_of([task])
    _arrange_photos(request, footing, reader)
    if act == "submit":
        submit_updates(plan=plan, task_ids=[task.pk], by=reader)
        return f"“{task.name}”已报送，等待审核。"
    return f"“{task.name}”的草稿已保存，{timezone.localtime():%H:%M}；还没有报送。"


def _refuse_typed(task: AnnualTask, sent: Sent) -> None:
    """没有变化 beside something newly typed is a slip: what was typed is not thrown away."""
    (footing,) = footings_of([task])
    if any(one.cells.digest != footing.cells.digest for one in sent.typed):
        raise UpdatesRefused(TYPED)


def _arrange_photos(request: HttpRequest, footing: Footing, reader: User) -> None:
    """Take away what was ticked, attach what was chosen; both belong to the draft that was just saved."""
    update = footing.current
    if update is None:
        return
    gone = [int(key) for key in request.POST.getlist("remove") if key.isdecimal() and len(key) < 19]
    if gone:
        UpdateDocument.objects.filter(update=update, pk__in=gone).delete()
    files = [file for file in request.FILES.getlist("photos") if file.name]
    attach_photos(update, files, public=request.POST.get("public") == "on", by=reader)


# --- the page --------------------------------------------------------------------------------------------
def _refused(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    task: AnnualTask,
    reader: User,
    leads: bool,
    sent: Sent,
    says: list[str],
    status: int,
) -> HttpResponse:
    """The same form as it was typed; to a script only the words, and the stamp of what is stored now."""
    if not wants_json(request):
        return _page(request, site, plan, task, reader, leads, sent, says, status)
    (footing,) = footings_of([task])
    typed = sent.cells.get(task.pk, Cells())
    row = row_for(footing, reader, today=today_here(), typed=typed)
    told = {"says": says, "seen": f"{task.pk}:{footing.stamp}", "setbacks": list(row.setbacks)}
    return JsonResponse(told, status=status)


def _page(
    request: HttpRequest,
    site: AdminSite,
    plan: Plan,
    task: AnnualTask,
    reader: User,
    leads: bool,
    sent: Sent | None = None,
    says: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    page = {
        **frame(request, site, reader),
        "title": task.name,
        "one": _shown(plan, task, reader, leads, sent),
        "says": list(says),
        "accepted": ACCEPTED,
        "endings": ENDINGS,
        "most": MOST_BYTES,
        "public": request.POST.get("public") == "on",
        "token": address("token", plan),
    }
    return TemplateResponse(request, "projects/one.html", page, status=status)


def _shown(plan: Plan, task: AnnualTask, reader: User, leads: bool, sent: Sent | None) -> OneTask:
    (footing,) = footings_of([task])
    if not leads:  # an assisting department reads what was handed in, not what is still being written
        footing = _handed_in(footing)
    today = today_here()
    typed = None if sent is None else sent.cells.get(task.pk)
    row = row_for(footing, reader, today=today, typed=typed)
    return OneTask(
        row=row,
        plan=plan,
        as_of=f"{_as_of(footing, sent, today):%Y-%m-%d}",
        last=footing.last,
        photos=_photos(footing) if leads else (),
        may_enter=leads and reader.has_perm(ENTERS) and not row.locked,
        leads=leads,
        provider=sent.provider if sent else (footing.current.provider if footing.current else ""),
        place=address("one", plan, task.pk),
        back=_back(plan, task, reader),
    )


def _handed_in(footing: Footing) -> Footing:
    if footing.current is None or not footing.current.is_editable():
        return footing
    return replace(footing, current=None)


def _as_of(footing: Footing, sent: Sent | None, today: datetime.date) -> datetime.date:
    typed = None if sent is None else next((one.as_of for one in sent.typed), None)
    stored = None if footing.current is None else footing.current.as_of
    return typed or stored or today


def _photos(footing: Footing) -> tuple[Photo, ...]:
    if footing.current is None:
        return ()
    attached = UpdateDocument.objects.filter(update=footing.current).select_related("document")
    return tuple(
        Photo(
            one.pk,
            one.document.name,
            reverse("admin:projects_statusupdate_evidence_file", args=[one.update_id, one.pk]),
            one.public,
        )
        for one in attached.order_by("pk")
    )


def _back(plan: Plan, task: AnnualTask, reader: User) -> str:
    """The list that the task was chosen from: that of its department, for who works for every one."""
    place = address("mine", plan)
    if task.department is not None and task.department_id != reader.department_id:
        return f"{place}?department={task.department.code}"
    return place
