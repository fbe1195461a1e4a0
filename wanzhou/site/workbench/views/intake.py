"""Reports read in: handed in, gone through beside their text, compared, and at last made into a draft plan."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.drafting.refusals import DRAFTS
from indicators.judging.terms import Accrual, Favourable
from wanzhou.kernel.accounts.models import User
from wanzhou.site.reports.intake import Manuscript, NotReadError, open_report, pasted
from wanzhou.site.reports.intake.comparing import held_against_plans
from wanzhou.site.reports.intake.deciding import (
    ADDS,
    CHANGES,
    READS,
    ReadingMoved,
    ReadingRefused,
    accept_certain,
    decide,
    keep_reading,
)
from wanzhou.site.reports.intake.kept import Reading
from wanzhou.site.reports.intake.making import is_ours, make_plan, prospect_of
from wanzhou.site.reports.intake.matching import Catalogue
from wanzhou.site.reports.intake.opening import MEGABYTE, MOST_BYTES
from wanzhou.site.workbench.intake import intake_page, typed_of

from .pages import answer, permitted, refuse, refuse_a_post_without

METHODS = ["GET", "HEAD", "POST"]
MOVED = "您打开这一页之后，别人保存过；都没有保存。下面是您填的，请核对后再保存一次。"


@require_http_methods(METHODS)
def intake(request: HttpRequest) -> HttpResponse:
    """Every reading, and where a report is handed in."""
    by = permitted(request, READS)
    refuse_a_post_without(request, by, ADDS)
    typed, fault = "", ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            name, manuscript = _handed_in(request)
            reading = keep_reading(name, manuscript, by=by)
        except (NotReadError, ReadingRefused) as refusal:
            fault = str(refusal)
        else:
            return HttpResponseRedirect(reverse("workbench:intake-draft", args=[reading.pk]))
    readings = Reading.objects.select_related("by", "plan").defer("text", "payload", "decisions")
    page = {"readings": readings[:100], "typed": typed, "fault": fault, "may_add": by.has_perm(ADDS)}
    return answer(
        request, "intake.html", "读入报告", status=422 if fault else 200, most=MOST_BYTES // MEGABYTE, **page
    )


def _handed_in(request: HttpRequest) -> tuple[str, Manuscript]:
    """The file, or else the pasted text. Raises NotReadError."""
    upload = request.FILES.get("file")
    if isinstance(upload, UploadedFile):
        name = upload.name or "报告"
        return name, open_report(name, upload.read(MOST_BYTES + 1))
    return "粘贴的文字", pasted(request.POST.get("text", ""))


@require_http_methods(METHODS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One part of a reading beside its text; saving keeps all of the part or nothing."""
    by = permitted(request, READS)
    refuse_a_post_without(request, by, CHANGES)
    reading = _reading(pk)
    code = request.POST.get("part", "") or request.GET.get("part", "")
    whole = request.GET.get("text") == "all"
    if request.method != "POST":
        return _shown(request, by, reading, intake_page(reading, code, whole=whole))
    step = request.POST.get("step", "")
    if step in ("certain", "every"):
        return _certain(request, reading, code, by, every=step == "every")
    typed = typed_of(reading, code, request.POST)
    if typed.faults:
        refuse(request, ["有几处填写不对，都没有保存；请看标出的地方。"])
        page = intake_page(reading, code, whole=whole, posted=request.POST, typed=typed)
        return _shown(request, by, reading, page, status=422)
    try:
        changed = decide(reading, typed.said, seen=_revision(request), by=by)
    except ReadingMoved:
        refuse(request, [MOVED])
        reading.refresh_from_db(fields=["decisions", "revision"])
        page = intake_page(reading, code, whole=whole, posted=request.POST, typed=typed)
        return _shown(request, by, reading, page, status=409)
    except ReadingRefused as refusal:
        refuse(request, refusal.problems)
        return HttpResponseRedirect(_address(reading, code))
    messages.success(request, f"已保存：{changed} 条有了新的决定。" if changed else "没有改动，不需要保存。")
    return HttpResponseRedirect(_address(reading, code))


def _certain(request: HttpRequest, reading: Reading, code: str, by: User, *, every: bool) -> HttpResponse:
    """Accept what is certain and undecided, of this part or of all."""
    page = intake_page(reading, code)
    parts = [tab.part.code for tab in page.tabs if every or tab.current]
    try:
        count = accept_certain(reading, parts, seen=_revision(request), by=by)
    except ReadingMoved:
        refuse(request, ["您打开这一页之后，别人保存过；没有作任何改动，请看过现在的内容再点。"])
    except ReadingRefused as refusal:
        refuse(request, refusal.problems)
    else:
        messages.success(request, f"已接受 {count} 条确定的内容；拿不准的没有动。")
    return HttpResponseRedirect(_address(reading, code))


def _shown(
    request: HttpRequest, by: User, reading: Reading, page: object, *, status: int = 200
) -> HttpResponse:
    may = {
        "may_change": by.has_perm(CHANGES) and reading.plan_id is None,
        "may_draft": by.has_perms(DRAFTS),
        "ours": is_ours(reading.title),
    }
    return answer(request, "intake_draft.html", str(reading)[:80], status=status, page=page, **may)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading against the plans that are here already; nothing is changed."""
    permitted(request, READS)
    reading = _reading(pk)
    held = held_against_plans(reading.report)
    return answer(
        request,
        "intake_compare.html",
        "与已有计划比较",
        reading=reading,
        held=held,
        ours=is_ours(reading.title),
    )


@require_http_methods(METHODS)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be made of what was accepted; sending it makes the draft plan."""
    by = permitted(request, READS, *DRAFTS)
    reading = _reading(pk)
    if request.method == "POST":
        chosen = [name for name in request.POST if name.startswith("match-")]
        choices = {name.removeprefix("match-"): request.POST.get(name, "") for name in chosen}
        try:
            plan = make_plan(reading, choices, seen=_revision(request), by=by)
        except ReadingRefused as refusal:
            refuse(request, refusal.problems)
            reading.refresh_from_db(fields=["decisions", "revision"])
            return _prospect(request, reading, choices, status=422)
        messages.success(request, f"已编制{plan}草稿；请逐行核对，提请审查之前公众看不到。")
        return HttpResponseRedirect(reverse("workbench:draft", args=[plan.year]))
    return _prospect(request, reading, {})


def _prospect(
    request: HttpRequest, reading: Reading, choices: dict[str, str], *, status: int = 200
) -> HttpResponse:
    prospect = prospect_of(reading)
    catalogue = Catalogue.gather() if prospect.unmatched else None
    known = {one.pk for one in prospect.matched.values()}
    indicators = [
        (str(key), one.name)
        for key, one in (catalogue.indicators.items() if catalogue else ())
        if key not in known
    ]
    kinds = [
        (f"new:{accrual.value}:{way.value}", f"新建：{accrual.label}，{way.label}")
        for accrual in Accrual
        for way in Favourable
    ]
    lines = [(one, choices.get(one.key, "")) for one in prospect.unmatched]
    page = {
        "reading": reading,
        "prospect": prospect,
        "lines": lines,
        "indicators": indicators,
        "kinds": kinds,
    }
    return answer(request, "intake_make.html", "编成计划草稿", status=status, **page)


def _reading(pk: int) -> Reading:
    return get_object_or_404(Reading.objects.select_related("by", "plan"), pk=pk)


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _address(reading: Reading, code: str) -> str:
    return f"{reverse('workbench:intake-draft', args=[reading.pk])}?part={code}"
