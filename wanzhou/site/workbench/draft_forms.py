"""What people write about a plan in the making: its rows, what they paste, and the congress's approval."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.drafting.sheets import FIELDS, Facts, Typed
from indicators.models import AnnualTarget, Indicator
from indicators.models.targets import Nature, Tier
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.plans.models import Source

from .forms import Day, PlainForm

Choices = Sequence[tuple[str, str]]
NOBODY = ("", "未定")
LABELS = {
    "order": "位置", "ordinal": "序号", "parent_id": "所属行", "name": "名称", "unit": "单位", "nature": "属性",
    "department_id": "责任单位", "wording": "目标表述", "series_break": "与上年不可比", "note": "说明",
}  # fmt: skip


class RowForm(PlainForm):
    """One row of the draft, with what the page showed of it when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    order = forms.IntegerField(label="位置", min_value=1, max_value=9999)
    ordinal = forms.IntegerField(label="序号", min_value=1, max_value=9999, required=False)
    parent_id = forms.ChoiceField(label="所属行", required=False)
    name = forms.CharField(label="名称", max_length=100)
    unit = forms.CharField(label="单位", max_length=30, required=False)
    nature = forms.ChoiceField(label="属性", choices=Nature.choices())
    department_id = forms.ChoiceField(label="责任单位", required=False)
    wording = forms.CharField(label="目标表述", max_length=200, required=False)
    series_break = forms.BooleanField(label="与上年不可比", required=False)
    note = forms.CharField(
        label="说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    remove = forms.BooleanField(label="去掉这一行", required=False)

    def __init__(self, *arguments: Any, parents: Choices, departments: Choices, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, choices in (
            ("parent_id", [("", "—"), *parents]),
            ("department_id", [NOBODY, *departments]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name, field in self.fields.items():
            field.widget.attrs.update({"autocomplete": "off", "data-field": name})

    def facts(self) -> Facts:
        """The row as typed."""
        said = self.cleaned_data
        return {
            **{
                field: said[field]
                for field in ("order", "ordinal", "name", "unit", "nature", "series_break", "note")
            },
            "parent_id": int(said["parent_id"]) if said["parent_id"] else None,
            "department_id": int(said["department_id"]) if said["department_id"] else None,
            "wording": said["wording"] or None,
        }

    def clean_seen(self) -> Facts | None:
        """What the page showed; None for a new row or a page that is not ours."""
        return read_seen(self.cleaned_data["seen"])

    def row(self, key: int) -> Typed:
        """The row as seen and as typed."""
        return Typed(key, self.cleaned_data["seen"], self.facts(), self.cleaned_data["remove"])


class NewRowForm(RowForm):
    """A row more, for an indicator of the catalogue; empty until one is chosen."""

    indicator = forms.ModelChoiceField(
        label="指标", queryset=Indicator.objects.none(), required=False, empty_label="不新增"
    )

    def __init__(self, *arguments: Any, indicators: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = indicators
        self.fields["name"].required = self.fields["order"].required = False
        self.fields["name"].help_text = "留空则用指标库里的名称。"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("indicator") is None and (said.get("wording") or said.get("name")):
            self.add_error("indicator", "要新增一行，请先选指标。")
        if said.get("indicator") is not None and not said.get("name"):
            said["name"] = said["indicator"].name
        if said.get("order") is None:
            said["order"] = 9999
        return said


class PasteForm(PlainForm):
    """A block of names and wordings."""

    text = forms.CharField(
        label="粘贴名称和目标两列",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=20_000,
        error_messages={"required": "还没有粘贴内容。"},
    )


class ApproveForm(PlainForm):
    """Which session approved the plan, when, and by which document."""

    digest = forms.CharField(widget=forms.HiddenInput)
    meeting = forms.CharField(
        label="批准机关与会议", max_length=200, help_text="如：区六届人大三次会议。公开页面会写明。"
    )
    on = Day(label="批准日期")
    source = forms.ModelChoiceField(
        label="来源文件", queryset=Source.objects.all(), required=False, empty_label="暂无",
        help_text="计划以哪份文件为准；没有写来源的行会一并写上。",
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="我已逐行核对，与大会批准的文本一致",
        error_messages={"required": "须确认已逐行核对。"},
    )


def read_seen(text: str) -> Facts | None:
    """The facts that a page carried; None where they are not whole."""
    try:
        seen = json.loads(text) if text else None
    except ValueError:
        return None
    return seen if isinstance(seen, dict) and set(seen) == set(FIELDS) else None


def seen_as(facts: Facts) -> str:
    """The facts as a page carries them."""
    return json.dumps(facts, ensure_ascii=False)


def departments() -> list[tuple[str, str]]:
    """Every department that may be asked; one query."""
    return [(str(pk), name) for pk, name in Department.objects.values_list("pk", "name")]


def parents_among(rows: Sequence[AnnualTarget]) -> list[tuple[str, str]]:
    """The rows of the numbered table, any of which may come to have sub-rows."""
    return [(str(row.pk), row.name) for row in rows if row.tier == Tier.HEADLINE]


def shown(field: str, value: Any, choices: dict[str, Choices]) -> str:
    """A value of a row in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return dict(choices.get(field, ())).get(str(value), "（空）" if value in (None, "") else str(value))
