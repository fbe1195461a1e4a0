"""What people write at the desk of projects."""

from __future__ import annotations

from typing import Any

from django import forms

from projects.models import Rhythm, Ruled
from wanzhou.kernel.accounts.models import Department
from wanzhou.site.workbench.forms import Day, PlainForm


class RoundForm(PlainForm):
    """A round to open: how often it comes, up to which day, until when."""

    rhythm = forms.ChoiceField(label="调度方式", choices=Rhythm.choices())
    as_of = Day(label="截至日期", help_text="进度统计到哪一天，如季末、月末。")
    due_on = Day(label="报送期限", help_text="各单位最晚哪天报来；不早于截至日期。")
    note = forms.CharField(
        label="要求",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="各单位会看到，如：请写明年底前能否开工。",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        as_of, due_on = said.get("as_of"), said.get("due_on")
        if as_of and due_on and due_on < as_of:
            self.add_error("due_on", "报送期限不能早于截至日期。")
        return said


class ProblemForm(PlainForm):
    """A need that becomes a problem to settle."""

    text = forms.CharField(label="需协调事项", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(
        label="由哪个单位办", queryset=Department.objects.all(), required=False, empty_label="未定"
    )
    due_on = Day(label="办结期限", required=False)


class SettleForm(PlainForm):
    """What was done about a problem."""

    answer = forms.CharField(label="办理情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class FindingForm(PlainForm):
    """What was found out about a question."""

    text = forms.CharField(
        label="核实结论",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明结论和依据，如：经区发改委核实，两处是两个项目。原文不改动。",
    )


class LikenessForm(PlainForm):
    """Whether two projects are one, and why."""

    ruled = forms.ChoiceField(label="结论", choices=Ruled.choices(), widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=500, help_text="如：同一业主、同一地点，去年已列入。")
