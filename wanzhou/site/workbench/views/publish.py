"""The publish desk: choose, look, publish what was looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind, Publication, ReportingPeriod
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.reports.publishing import PUBLISHES, PublicationChanged, PublicationRefused
from wanzhou.site.reports.publishing import publish as publish_act
from wanzhou.site.workbench.forms import MINUTE, PublishForm
from wanzhou.site.workbench.places import PLAN_ITSELF
from wanzhou.site.workbench.previews import Preview, preview_for, ready_to_publish

from .pages import answer, permitted, refuse

CHANGED = "在您查看预览之后，内容有了变化（{}）。没有发布；下面是新的预览，请重新查看后再发布。"


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Every plan and period, with what is ready."""
    reader = permitted(request, PUBLISHES)
    return answer(request, "choose.html", "发布台", ready=ready_to_publish(reader))


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, year: int, period: str) -> HttpResponse:
    """What publishing would change; a form sent with the preview's digest publishes exactly that."""
    reader = permitted(request, PUBLISHES)
    plan, chosen = _asked(year, period)
    if request.method == "POST":
        form = PublishForm(request.POST)
        done = _publish(request, reader, plan, chosen, form)
        if done is not None:
            return HttpResponseRedirect(request.path)
        return _shown(request, reader, plan, chosen, form)
    return _shown(request, reader, plan, chosen, None)


def _asked(year: int, period: str) -> tuple[Plan, ReportingPeriod | None]:
    plan = get_object_or_404(Plan, kind=PlanKind.ANNUAL, last_year=year)
    if period == PLAN_ITSELF:
        return plan, None
    found = plan.periods.select_related("plan__rule_set").filter(period=period).first()
    if found is None:
        raise Http404(f"{year}年没有这一填报期")
    return found.plan, found


def _publish(
    request: HttpRequest, reader: User, plan: Plan, period: ReportingPeriod | None, form: PublishForm
) -> Publication | None:
    """Publish, or say why not."""
    if not form.is_valid():
        return None
    try:
        digest = form.cleaned_data["digest"]
        publication = publish_act(plan=plan, period=period, by=reader, seen=digest, **form.recorded())
    except PublicationChanged:
        messages.error(request, CHANGED.format(_newest_act(plan, period)))
        return None
    except (PublicationRefused, MoveRefused) as refusal:
        refuse(request, refusal.problems)
        return None
    if publication is None:
        messages.warning(request, "没有可以发布的新内容。")
        return None
    messages.success(request, _done(publication))
    return publication


def _newest_act(plan: Plan, period: ReportingPeriod | None) -> str:
    """Who published this last: often the reason why the preview is out of date."""
    newest = Publication.objects.filter(plan=plan, period=period).select_related("by").first()
    if newest is None:
        return "还没有人发布过这一期"
    return f"最近一次由{newest.by}于{timezone.localtime(newest.at):%Y-%m-%d %H:%M}发布"


def _done(publication: Publication) -> str:
    query = f"?period={publication.period.period}" if publication.period else ""
    place = f"/{publication.plan.year}/{query}"
    if publication.not_before is not None:
        when = timezone.localtime(publication.not_before)
        return format_html("已发布，公众自 {} 起可以看到。", f"{when:%Y-%m-%d %H:%M}")
    return format_html('已发布，公开页面已经更新：<a href="{}">查看</a>。', place)


def _shown(
    request: HttpRequest,
    reader: User,
    plan: Plan,
    period: ReportingPeriod | None,
    form: PublishForm | None,
) -> HttpResponse:
    try:
        not_before = form.cleaned_data.get("not_before") if form is not None and form.is_valid() else None
        page = preview_for(plan, period, reader, not_before)
    except MoveRefused as refusal:
        refuse(request, refusal.problems)
        return answer(request, "choose.html", "发布台", ready=ready_to_publish(reader), status=409)
    return answer(
        request,
        "preview.html",
        f"发布预览：{page.title}",
        preview=page,
        form=_form_of(request, page, form),
    )


def _form_of(request: HttpRequest, page: Preview, sent: PublishForm | None) -> PublishForm:
    """The form as it was sent, but bound to what is shown now."""
    if sent is None:
        now = timezone.localtime().replace(second=0, microsecond=0)
        return PublishForm(initial={"digest": page.digest, "secrecy_at": f"{now:{MINUTE}}"})
    said = request.POST.copy()
    if said.get("digest") != page.digest:
        # What was confirmed was another preview.
        said.pop("confirmed", None)
    said["digest"] = page.digest
    sent.data = said
    return sent
