"""What people write in the city log: whom they wait for, when they chased, what the city answered."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Version
from indicators.models import Channel, CityRequest
from indicators.submitting import Figure
from wanzhou.kernel.plans.models import Source

from .attaching import AttachingForm
from .forms import Day, PlainForm

WAYS = ("公函", "电话", "微信", "邮件", "会议", "当面")
ANSWERED_BY = (Channel.LETTER, Channel.PHONE, Channel.WECHAT, Channel.SHEET, Channel.PUBLIC)


def in_the_past(day: datetime.date | None, what: str) -> datetime.date | None:
    """The day, unless it has not come yet."""
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(f"{what}不能晚于今天。")
    return day


class ChaseForm(PlainForm):
    """One reminder to the city, for one figure or for several."""

    on = Day(label="催办日期")
    channel = forms.ChoiceField(label="方式", choices=[(way, way) for way in WAYS])
    note = forms.CharField(
        label="备注",
        max_length=500,
        required=False,
        help_text="如：联系人、对方的答复。只在内部；公开页面只说何日、以何方式催办。",
    )

    def clean_on(self) -> datetime.date | None:
        return in_the_past(self.cleaned_data["on"], "催办日期")


class RequestForm(PlainForm):
    """Whom we wait for, since when, and when the city means to answer."""

    bureau = forms.CharField(
        label="市级部门", max_length=50, required=False, help_text="不知道就留空，公开页面写“报告未载”。"
    )
    since = Day(label="自何日等待", required=False, help_text="不知道就留空；留空则不计等待天数。")
    expected = Day(label="预计反馈日期", required=False)
    note = forms.CharField(
        label="内部备注", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    @classmethod
    def of(cls, asked: CityRequest | None) -> RequestForm:
        """The request as it stands, or an empty form."""
        if asked is None:
            return cls()
        return cls(initial={name: getattr(asked, name) for name in ("bureau", "since", "expected", "note")})

    def clean_since(self) -> datetime.date | None:
        return in_the_past(self.cleaned_data["since"], "开始等待的日期")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, expected = said.get("since"), said.get("expected")
        if since and expected and expected < since:
            self.add_error("expected", "预计反馈日期不能早于开始等待的日期。")
        return said


class AnswerForm(AttachingForm):
    """The figure that the city gave, when and how it gave it."""

    value = forms.DecimalField(
        label="数值",
        max_digits=24,
        decimal_places=6,
        required=False,
        help_text="按指标的单位填。0 是数值，空白不是。",
    )
    wording = forms.CharField(
        label="完成情况表述", max_length=200, required=False, help_text="按来文的原文；留空则照数值写。"
    )
    version = forms.ChoiceField(
        label="数据版本", choices=[("", "未说明"), *Version.choices()], required=False
    )
    answered_on = Day(label="市级反馈日期")
    bureau = forms.CharField(label="由哪个市级部门提供", max_length=50)
    channel = forms.ChoiceField(
        label="提供方式", choices=[(channel.value, channel.label) for channel in ANSWERED_BY]
    )
    source = forms.ModelChoiceField(
        label="来源文件", queryset=Source.objects.all(), required=False, empty_label="没有文件"
    )
    place = forms.CharField(label="出处", max_length=100, required=False)
    reason = forms.CharField(
        label="说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如来文名称、文号；内部留存，审核的人看得到。",
    )

    def clean_answered_on(self) -> datetime.date | None:
        return in_the_past(self.cleaned_data["answered_on"], "市级反馈日期")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("value") is None and not said.get("wording") and "value" not in self.errors:
            self.add_error("value", "须填写数值或表述。0 是数值，空白不是。")
        return said

    def figure(self) -> Figure:
        """What the form says, as a figure."""
        said = self.cleaned_data
        value: Decimal | None = said["value"]
        noon = datetime.datetime.combine(said["answered_on"], datetime.time(12))
        return Figure(
            outcome_state=OutcomeState.REPORTED,
            value=value,
            wording=said["wording"] or (f"{value.normalize():f}" if value is not None else ""),
            version=said["version"],
            source=said["source"],
            place=said["place"],
            provider=said["bureau"],
            channel=Channel(said["channel"]),
            provided_at=min(timezone.make_aware(noon), timezone.now()),
        )
