"""Opening, closing and reopening periods, and declaring them complete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans import actions as steps
from wanzhou.kernel.plans.actions import CHANGES_PERIODS, PeriodRefused
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.site.workbench.forms import DueForm, ReopenForm
from wanzhou.site.workbench.periods import PeriodLine, period_lines

from .pages import answer, permitted, refuse


@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """Every period; a step leads back to it."""
    by = permitted(request, CHANGES_PERIODS)
    lines = period_lines()
    if request.method != "POST":
        return answer(request, "periods.html", "填报期", lines=lines)
    step, _, key = request.POST.get("step", "").partition(":")
    line = next((line for line in lines if line.key == key), None)
    try:
        if line is None:
            raise PeriodRefused("没有这一填报期。")
        messages.success(request, _take(request, step, line, by))
    except PeriodRefused as refusal:
        refuse(request, [str(refusal)])
        return answer(request, "periods.html", "填报期", lines=period_lines(), status=409)
    return HttpResponseRedirect(f"{request.path}#{line.key}")


def _take(request: HttpRequest, step: str, line: PeriodLine, by: User) -> str:
    """Take the step and say what was done."""
    if step == "open":
        due = _said(DueForm(request.POST, prefix=line.key))["due_on"]
        return f"已开启：{steps.open_period(plan=line.plan, period=line.term, due_on=due, by=by)}。"
    row = _existing(line)
    if step == "due":
        due = _said(DueForm(request.POST, prefix=line.key))["due_on"]
        return f"已改截止日期：{steps.set_due(row, due_on=due, by=by)}。"
    if step == "close":
        return f"已关闭：{steps.close_period(row, by=by)}。"
    if step == "reopen":
        reason = _said(ReopenForm(request.POST, prefix=line.key))["reason"]
        return f"已重新开启：{steps.reopen_period(row, reason=reason, by=by)}。"
    if step == "complete":
        return f"已宣布完整：{steps.declare_complete(row, by=by)}。"
    raise PeriodRefused("请选择要做什么。")


def _existing(line: PeriodLine) -> ReportingPeriod:
    if line.row is None:
        raise PeriodRefused(f"{line.name}还没有开启。")
    return line.row


def _said(form: forms.Form) -> dict[str, Any]:
    """What a form says; raises PeriodRefused with its first error."""
    if not form.is_valid():
        raise PeriodRefused(next(iter(form.errors.values()))[0])
    return form.cleaned_data
