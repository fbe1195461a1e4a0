"""What people write on the workbench: why they publish, when a period is due, what replaces a figure."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Version
from indicators.models import QuarterlyActual, Replacement
from indicators.models.actuals import SILENT, SPOKEN
from indicators.submitting import Figure
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import SystemAccount
from wanzhou.kernel.plans.actions import SecrecyCheck
from wanzhou.kernel.plans.models import Source
from wanzhou.site.reports.publishing import CHECKS_SECRECY

from .attaching import AttachingForm

# Where permissions come from; other ways to sign in may stand beside it.
BACKEND = "django.contrib.auth.backends.ModelBackend"
MINUTE = "%Y-%m-%dT%H:%M"


def secrecy_checkers() -> QuerySet[User]:
    """People who may answer for the secrecy check; the system's own accounts are no people."""
    named = User.objects.with_perm(CHECKS_SECRECY, include_superusers=False, backend=BACKEND)
    return named.exclude(username__in=list(SystemAccount)).order_by("last_name", "first_name", "pk")


class Moment(forms.DateTimeField):
    """A day and a time to the minute, typed or picked."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
        super().__init__(widget=widget, input_formats=[MINUTE, "%Y-%m-%d %H:%M"], **options)


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PlainForm(forms.Form):
    """A form whose labels stand above their fields, without a colon."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})


class PublishForm(PlainForm):
    """Why it is published, who checked that it may be, and from when on the public may read it."""

    digest = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label="发布缘由", max_length=200, help_text="公开日志会写明，如：2023年上半年数据首次发布。"
    )
    secrecy_by = forms.ModelChoiceField(
        label="保密审查人",
        queryset=User.objects.none(),
        empty_label="请选择",
        help_text="须有权限，且不是所发布内容的录入人或报送人。",
    )
    secrecy_at = Moment(label="保密审查时间")
    confirmed = forms.BooleanField(
        label="审查人已看过以上全部内容，确认不涉密、可以公开",
        error_messages={"required": "须确认已经过保密和公开审查。"},
    )
    not_before = Moment(
        label="不早于", required=False, help_text="市级先公布的，写明公众最早何时可以看到；留空则立即公开。"
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        checkers = self.fields["secrecy_by"]
        assert isinstance(checkers, forms.ModelChoiceField)
        checkers.queryset = secrecy_checkers()

    def clean_not_before(self) -> datetime.datetime | None:
        moment: datetime.datetime | None = self.cleaned_data["not_before"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError("“不早于”须晚于现在；要立即公开请留空。")
        return moment

    def recorded(self) -> dict[str, Any]:
        """What the publication records besides its entries."""
        said = self.cleaned_data
        return {
            "why": said["why"],
            "secrecy": SecrecyCheck(said["secrecy_by"], said["secrecy_at"]),
            "not_before": said["not_before"],
        }


class DueForm(PlainForm):
    """Until when the departments are asked."""

    due_on = Day(label="截止日期", required=False)


class ReopenForm(PlainForm):
    """Why a closed period takes entries again."""

    reason = forms.CharField(
        label="重新开启的理由", max_length=500, error_messages={"required": "重新开启须写明理由。"}
    )


class ReplaceForm(AttachingForm):
    """Another figure in the place of a published one."""

    because = forms.ChoiceField(label="替换缘由", choices=Replacement.choices(), widget=forms.RadioSelect)
    outcome_state = forms.ChoiceField(
        label="填报情况", choices=[(state.value, state.label) for state in (*SPOKEN, *SILENT)]
    )
    value = forms.DecimalField(label="新的数值", max_digits=24, decimal_places=6, required=False)
    wording = forms.CharField(
        label="完成情况表述", max_length=200, required=False, help_text="按来源的原文；留空则照数值写。"
    )
    version = forms.ChoiceField(
        label="数据版本", choices=[("", "未说明"), *Version.choices()], required=False
    )
    source = forms.ModelChoiceField(
        label="来源文件", queryset=Source.objects.all(), required=False, empty_label="没有文件"
    )
    place = forms.CharField(label="出处", max_length=100, required=False)
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么替换、依据是什么；内部留存。",
    )

    @classmethod
    def of(cls, published: QuarterlyActual) -> ReplaceForm:
        """The empty form, except for what stays as it was."""
        return cls(initial={"outcome_state": OutcomeState.REPORTED, "source": published.source_id})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        silent = said.get("outcome_state") in SILENT
        spoken = said.get("value") is not None or said.get("wording")
        if silent and spoken:
            self.add_error("outcome_state", "待市级反馈、口径调整、年度指标不能有数值或表述。")
        if not silent and not spoken and "value" not in self.errors:
            self.add_error("value", "须填写数值或表述。0 是数值，空白不是。")
        return said

    def figure(self) -> Figure:
        """What the form says, as a figure."""
        said = self.cleaned_data
        value: Decimal | None = said["value"]
        return Figure(
            outcome_state=OutcomeState(said["outcome_state"]),
            value=value,
            wording=said["wording"] or (f"{value.normalize():f}" if value is not None else ""),
            version=said["version"],
            source=said["source"],
            place=said["place"],
        )


class ReferenceForm(AttachingForm):
    """What holds for every figure that is changed on a screen of reference figures."""

    region = forms.CharField(label="另加一个地区", max_length=50, required=False)
    source = forms.ModelChoiceField(
        label="来源文件", queryset=Source.objects.all(), required=False, empty_label="没有文件"
    )
    place = forms.CharField(
        label="出处", max_length=100, required=False, help_text="如：统计公报第2页、市统计局月报。"
    )
