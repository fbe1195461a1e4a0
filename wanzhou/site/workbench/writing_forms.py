"""What is asked for at the desk of documents: which one, of what, on which basis, in which form; and editions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from indicators.scoreboard import Basis
from wanzhou.kernel.plans.models import PlanKind, Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.editions import Held, generated, uploaded
from wanzhou.site.reports.writing.forms import Form
from wanzhou.site.reports.writing.making import Order, Sort

from .forms import Day, PlainForm

BASES = [
    (Basis.PUBLISHED, "已发布的数据（可以对外）"),
    (Basis.APPROVED, "已审核的数据（内部）"),
    (Basis.SUBMITTED, "已报送的数据（内部）"),
]
OFFERED = 60  # publications that an edition may be chosen from
GENERATED, UPLOADED, NONE = "generated", "uploaded", "none"


class OrderForm(PlainForm):
    """One document; `sort` says which."""

    sort: Sort
    of = forms.ChoiceField(label="时期", choices=[])
    basis = forms.ChoiceField(label="依据", choices=BASES, initial=Basis.PUBLISHED)
    form = forms.ChoiceField(label="文件形式", choices=Form.choices(), initial=Form.DOCX)

    def __init__(self, *arguments: Any, periods: Iterable[ReportingPeriod], **options: Any) -> None:
        super().__init__(*arguments, **{"auto_id": f"id_{self.sort}_%s", **options})
        choices = [(self.key(one), self.label_of(one)) for one in periods if self.offers(one)]
        self.fields["of"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def key(period: ReportingPeriod) -> str:
        """A period as an address writes it: 2023-first_half."""
        return f"{period.plan.year}-{period.period}"

    def label_of(self, period: ReportingPeriod) -> str:
        return str(period)

    def offers(self, period: ReportingPeriod) -> bool:
        """Whether the document can be of this period."""
        return True

    def order(self) -> Order:
        """What was asked for; of a valid form."""
        year, _, period = self.cleaned_data["of"].partition("-")
        asked = Basis(self.cleaned_data["basis"])
        return Order(self.sort, int(year), period, asked, bool(self.cleaned_data.get("draft")))


class DraftableForm(OrderForm):
    """A document that may go round as a draft before it is final."""

    draft = forms.BooleanField(label="征求意见稿（每页加水印，文末列出尚待补齐的内容）", required=False)


class AnnualForm(DraftableForm):
    """年度报告: of a finished year."""

    sort = Sort.ANNUAL

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["of"].label = "年度"

    def offers(self, period: ReportingPeriod) -> bool:
        return period.period == Period.FULL_YEAR

    def label_of(self, period: ReportingPeriod) -> str:
        return f"{period.plan.year} 年执行情况和 {period.plan.year + 1} 年计划"


class MidyearForm(DraftableForm):
    """年中报告: of a period before the year's end."""

    sort = Sort.MIDYEAR

    def offers(self, period: ReportingPeriod) -> bool:
        return period.period != Period.FULL_YEAR


class BriefForm(OrderForm):
    """一页纸: of any period."""

    sort = Sort.BRIEF


FORMS: dict[str, type[OrderForm]] = {
    Sort.ANNUAL: AnnualForm,
    Sort.MIDYEAR: MidyearForm,
    Sort.BRIEF: BriefForm,
}


class EditionForm(PlainForm):
    """Which publication the congress saw, and the document that it saw."""

    publication = forms.ModelChoiceField(
        label="哪一次发布",
        queryset=Publication.objects.none(),
        empty_label="请选择",
        help_text="大会看到的，就是到这次发布为止的数据。报告里有下一年计划的，选下一年计划的那次发布。",
    )
    title = forms.CharField(label="名称", max_length=200, help_text="如：区七届人大二次会议文件（四）。")
    issued_on = Day(label="印发日期", required=False, help_text="不知道就留空，页面写“报告未载”。")
    source = forms.ChoiceField(
        label="文件",
        widget=forms.RadioSelect,
        choices=[
            (UPLOADED, "上传印发的文件（PDF 或 Word）"),
            (GENERATED, "用系统按那次发布生成的 Word 文件"),
            (NONE, "不附文件"),
        ],
        initial=UPLOADED,
    )
    document = forms.FileField(label="要上传的文件", required=False)
    public = forms.BooleanField(label="让公众下载这个文件", required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        acts = Publication.objects.filter(plan__kind=PlanKind.ANNUAL).order_by("-id")
        newest = list(acts.values_list("pk", flat=True)[:OFFERED])
        offered = Publication.objects.filter(pk__in=newest).select_related("plan", "period__plan")
        self.fields["publication"].queryset = offered.order_by("-id")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A file that should be uploaded has to be there."""
        said = super().clean() or {}
        if said.get("source") == UPLOADED and not said.get("document"):
            self.add_error("document", "请选要上传的文件；没有文件请选“不附文件”。")
        if said.get("source") == NONE and said.get("public"):
            self.add_error("public", "没有文件，就没有可以下载的；请取消勾选。")
        return said

    def held(self) -> Held | None:
        """The document to keep; of a valid form. Raises EditionRefused."""
        match self.cleaned_data["source"]:
            case "uploaded":
                return uploaded(self.cleaned_data["document"])
            case "generated":
                return generated(self.cleaned_data["publication"])
        return None
