"""The city log: the list with its chases, one figure's page, and the letter's annex."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from indicators.arrivals import ENTERS, record
from indicators.effects import periods_leaning_on
from indicators.models import Replacement
from indicators.submitting import REPLACES
from indicators.waiting.log import Standing
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.workbench import annexes, places
from wanzhou.site.workbench import city as desk
from wanzhou.site.workbench.city import ASKS, CHASES, READS, Line
from wanzhou.site.workbench.city_forms import AnswerForm, ChaseForm, RequestForm
from wanzhou.site.workbench.foreseen import Foreseen
from wanzhou.site.workbench.subjects import subject_of

from .changes import attempt, files_of, look, only_looks, row_or_404
from .pages import answer, permitted, refuse_a_post_without


@require_http_methods(["GET", "HEAD", "POST"])
def city(request: HttpRequest) -> HttpResponse:
    """Every awaited figure; ticked lines are chased in one step."""
    reader = permitted(request, READS)
    refuse_a_post_without(request, reader, CHASES, ASKS)
    bureau = request.GET.get("bureau", "")
    form = ChaseForm(request.POST) if request.method == "POST" else _new_chase()
    if request.method == "POST" and form.is_valid():
        chased = attempt(
            request, partial(desk.chase, request.POST.getlist("line"), **form.cleaned_data, by=reader)
        )
        if chased is not None:
            messages.success(request, f"已登记催办 {chased} 条。")
            return HttpResponseRedirect(request.get_full_path())
    return answer(
        request,
        "city.html",
        "市级数据",
        log=desk.city_log(reader, bureau),
        form=form,
        kept=request.POST.getlist("line"),
        chases=reader.has_perms([CHASES, ASKS]),
    )


def _new_chase() -> ChaseForm:
    return ChaseForm(initial={"on": timezone.localdate()})


@require_safe
def annex(request: HttpRequest) -> HttpResponse:
    """The annex as a page to print."""
    log = desk.city_log(permitted(request, READS), request.GET.get("bureau", ""))
    shown: dict[str, Any] = {"rows": log.annex, "headings": annexes.HEADINGS, "bureau": log.bureau}
    return answer(request, "annex.html", annexes.TITLE, day=timezone.localdate(), **shown)


@require_safe
def annex_file(request: HttpRequest, form: str) -> HttpResponse:
    """The annex as a workbook or as CSV."""
    log = desk.city_log(permitted(request, READS), request.GET.get("bureau", ""))
    day = timezone.localdate()
    if form == "xlsx":
        content, kind = annexes.xlsx_of(log.annex, day), annexes.XLSX
    elif form == "csv":
        content, kind = annexes.csv_of(log.annex), annexes.CSV
    else:
        raise Http404(f"没有 {form} 格式")
    name = f"city-annex-{day:%Y%m%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, target: int, period: int) -> HttpResponse:
    """One figure: its request, its chases, and where the city's answer is entered."""
    reader = permitted(request, READS)
    refuse_a_post_without(request, reader, CHASES, ASKS)
    about = desk.log_line(*row_or_404(target, period, reader), reader)
    page = _LinePage(request, reader, about)
    if request.method == "POST" and page.take():
        return HttpResponseRedirect(request.path)
    return page.answer()


class _LinePage:
    """The three small forms of one figure; the one that was sent keeps what was typed."""

    def __init__(self, request: HttpRequest, reader: User, line: Line) -> None:
        self.request, self.reader, self.line = request, reader, line
        self.effects: tuple[Foreseen, ...] = ()
        asked = line.log.request
        self.forms: dict[str, Any] = {
            "ask": RequestForm.of(asked),
            "chase": _new_chase(),
            "answer": AnswerForm(
                initial={"answered_on": timezone.localdate(), "bureau": asked.bureau if asked else ""}
            ),
        }

    def take(self) -> bool:
        """Do what the form asks; whether it was done."""
        step = self.request.POST.get("step", "")
        kind = {"ask": RequestForm, "chase": ChaseForm, "answer": AnswerForm, "look": AnswerForm}.get(step)
        if kind is None:
            return False
        name = "answer" if step == "look" else step
        form = self.forms[name] = kind(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return False
        done: bool = getattr(self, f"_{name}")(form)
        return done

    def _ask(self, form: RequestForm) -> bool:
        log = self.line.log
        done = attempt(
            self.request, partial(desk.ask, log.target, log.period, form.cleaned_data, by=self.reader)
        )
        if done is not None:
            messages.success(self.request, "已登记。下次发布这一期时，公开页面随之更新。")
        return done is not None

    def _chase(self, form: ChaseForm) -> bool:
        act = partial(desk.chase, [self.line.log.key], **form.cleaned_data, by=self.reader)
        done = attempt(self.request, act)
        if done is not None:
            messages.success(self.request, "已登记催办。")
        return done is not None

    def _answer(self, form: AnswerForm) -> bool:
        log = self.line.log
        act = partial(
            record,
            log.target,
            log.period,
            form.figure(),
            because=Replacement.ARRIVAL,
            reason=form.cleaned_data["reason"],
            by=self.reader,
            attach=files_of(self.request, form, self.reader),
        )
        if only_looks(self.request):
            periods = periods_leaning_on(log.target, log.period)
            self.effects = look(self.request, act, periods, self.reader)
            return False
        done = attempt(self.request, act)
        if done is not None:
            messages.success(
                self.request, "已录入并报送，须由另一人审核；发布之后，这条市级数据请求自动办结。"
            )
        return done is not None

    def answer(self) -> HttpResponse:
        log = self.line.log
        return answer(
            self.request,
            "city_line.html",
            f"市级数据：{log.target.name}",
            line=self.line,
            subject=subject_of(log.target, log.period),
            forms=self.forms,
            effects=self.effects,
            may_ask=self.reader.has_perm(ASKS),
            may_chase=self.reader.has_perms([CHASES, ASKS]) and self.line.is_open,
            answering=self._answering(),
            entry_href=places.row_of(log.entry) if log.entry else "",
            cause_href=places.cause(log.target.pk, log.period.pk),
        )

    def _answering(self) -> str:
        """Which way the answer goes: as a replacement, as an entry, for another person, or not now."""
        log = self.line.log
        if log.standing in (Standing.ENTERED, Standing.APPROVED, Standing.CLOSED):
            return "done"
        if not self.reader.has_perm(ENTERS):
            return ""
        entry = log.entry
        if entry is None or entry.state != State.PUBLISHED:
            return "entry"
        return "replacement" if self.reader.has_perm(REPLACES) else "publisher"
