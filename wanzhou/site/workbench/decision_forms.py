"""What people write when they rule, explain, adjust a target or say that a calibre changed."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from indicators.decisions import Adjusted, CalibreChange, Explanation
from indicators.judging.terms import Verdict
from indicators.models import AnnualTarget, Cause, Ruling
from wanzhou.kernel.plans.models import Source

from .attaching import AttachingForm
from .city_forms import in_the_past
from .forms import Day


def _long(label: str, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


def _source() -> Any:
    return forms.ModelChoiceField(
        label="来源文件", queryset=Source.objects.all(), required=False, empty_label="没有文件"
    )


def _place() -> forms.CharField:
    return forms.CharField(label="出处", max_length=100, required=False, help_text="如：第3页。")


class RulingForm(AttachingForm):
    """A person's verdict."""

    verdict = forms.ChoiceField(
        label="认定为",
        choices=[(verdict.value, verdict.label) for verdict in (Verdict.MET, Verdict.MISSED)],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择认定为达到或超过，还是未完成。"},
    )
    reason = _long("理由", help_text="写明依据。发布以后公众看得到。")

    @classmethod
    def of(cls, ruling: Ruling | None) -> RulingForm:
        """What is under way, or an empty form."""
        return cls(initial={"verdict": ruling.verdict, "reason": ruling.reason}) if ruling else cls()


class CauseForm(AttachingForm):
    """Why, and what next."""

    text = _long("原因", help_text="为什么没有完成，或为什么滞后。发布以后公众看得到。")
    measures = _long("下一步措施", required=False, help_text="滞后的行必须写才能报送。发布以后公众看得到。")
    forecast = forms.DecimalField(
        label="全年预计",
        max_digits=24,
        decimal_places=6,
        required=False,
        help_text="按目标的单位填写；只供内部研判，任何时候都不公开。",
    )
    source = _source()
    place = _place()

    @classmethod
    def of(cls, cause: Cause | None) -> CauseForm:
        """What is under way, or an empty form."""
        if cause is None:
            return cls()
        said = {name: getattr(cause, name) for name in ("text", "measures", "source", "place")}
        forecast = None if cause.forecast is None else f"{cause.forecast.normalize():f}"
        return cls(initial={**said, "forecast": forecast})

    def explanation(self) -> Explanation:
        return Explanation(**self.said)


class AdjustForm(AttachingForm):
    """A new wording with everything that makes it valid."""

    wording = forms.CharField(
        label="调整后的目标", max_length=200, help_text="照批准文件的原文写，如“6左右”“下降3%以上”。"
    )
    body = forms.CharField(label="批准机关", max_length=80, help_text="如：区人大常委会。")
    meeting = forms.CharField(label="会议", max_length=100, help_text="如：第十二次会议。")
    approved_on = Day(label="批准日期")
    document = forms.CharField(label="文件", max_length=200, help_text="文件名称和文号。")
    source = _source()
    place = _place()
    note = _long("内部备注", rows=2, required=False)

    def clean_approved_on(self) -> datetime.date | None:
        return in_the_past(self.cleaned_data["approved_on"], "批准日期")

    def adjusted(self) -> Adjusted:
        return Adjusted(**self.said)


class CalibreForm(AttachingForm):
    """What changed, and what can no longer be compared."""

    explanation = _long(
        "口径怎样变了", help_text="原来的口径、现在的口径、由谁决定。内部留存，审核的人看得到。"
    )
    breaks = forms.ChoiceField(label="历年比较", widget=forms.RadioSelect, initial="")
    public_note = forms.CharField(
        label="公开备注",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="随这一行公布；留空则不写。",
    )
    source = _source()
    place = _place()

    def __init__(
        self, *arguments: Any, target: AnnualTarget, following: AnnualTarget | None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.targets = {str(each.pk): each for each in (target, following) if each is not None}
        field = self.fields["breaks"]
        assert isinstance(field, forms.ChoiceField)
        field.required = False
        field.choices = [("", "仍可与各年比较")] + [
            (key, f"{each.plan.year}年起，与上一年不再连线、不相减") for key, each in self.targets.items()
        ]
        self.fields["public_note"].initial = target.note

    def change(self) -> CalibreChange:
        said = self.cleaned_data
        return CalibreChange(
            explanation=said["explanation"],
            source=said["source"],
            place=said["place"],
            breaks=self.targets.get(said["breaks"]),
            public_note=said["public_note"],
        )
