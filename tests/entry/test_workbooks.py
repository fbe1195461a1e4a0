"""The period's workbook out and in: nothing is written before it is accepted, and going out and in changes nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from indicators.models import QuarterlyActual
from tests.cast import Cast
from tests.entry.desk import PROVIDED, EntryDesk, address, form, printed_half_year, signed_in, texts
from tests.entry.uploads import accept, accepted, send, sheet, unread
from wanzhou.kernel.plans.models import ReportingPeriod

pytestmark = pytest.mark.django_db


def test_a_sheet_with_titles_shuffled_columns_and_short_names(desk: EntryDesk) -> None:
    a, b, c = desk.own
    client = signed_in(desk.cast.clerk)
    file = sheet(
        ("某单位上半年数据",), (), ("备注", "完成情况", "单位", "指标名称"),
        ("月报", 6.5, "%", f"其中：{a.name}"), (None, None, "%", c.name), ("", "市级暂未反馈", "%", b.name),
    )  # fmt: skip
    previewed = send(client, desk.url("workbook/"), file)
    assert not QuarterlyActual.objects.exists(), "nothing is written before it is accepted"
    assert "草稿已保存" in accept(client, desk.period, previewed, desk.cast.clerk)
    assert texts(a, b, c) == ["6.5", "awaiting_city", ""]
    assert a.actuals.get().note == "月报"


def test_what_goes_out_comes_in_and_changes_nothing(desk: EntryDesk) -> None:
    clerk = desk.cast.clerk
    client = signed_in(clerk)
    a, b, _ = desk.own
    client.post(desk.url(), form(clerk, (a, "6.50"), (b, "口径调整"), **{f"note-{b.pk}": "新口径"}))
    out = client.get(desk.url("workbook/"))
    assert out["Content-Type"].endswith("spreadsheetml.sheet")
    previewed = send(client, desk.url("workbook/"), SimpleUploadedFile("填报.xlsx", out.content))
    assert previewed.context["found"].fillings == ()
    assert previewed.context["found"].unclear == ()


def test_the_form_guards_all_but_its_open_cells(desk: EntryDesk) -> None:
    out = signed_in(desk.cast.clerk).get(desk.url("workbook/"))
    page = load_workbook(io.BytesIO(out.content)).worksheets[0]
    headings = [cell.value for cell in page[3]]
    assert headings[:5] == ["序号", "指标", "单位", "责任单位", "全年目标"]
    assert headings[-3:] == ["上半年累计", "填报情况", "备注"]
    assert [cell.protection.locked for cell in page[4]] == [
        *[True] * (len(headings) - 3),
        False,
        False,
        False,
    ]
    assert page.protection.sheet
    (offered,) = page.data_validations.dataValidation
    assert offered.formula1 == '"正常填报,市级暂未反馈,口径调整,年度指标"'
    names = [row[1].value for row in page.iter_rows(min_row=4)]
    assert names == [target.name for target in desk.own], "the own department's rows and no other's"


def test_the_real_half_year_comes_in_from_one_workbook(half_year: ReportingPeriod, cast: Cast) -> None:
    printed = printed_half_year()
    targets = half_year.plan.targets.select_related("indicator")
    lines = [(t.name, printed[t.indicator.code]) for t in targets if t.indicator.code in printed]
    client = signed_in(cast.reviewer)
    file = sheet(("主要指标", "上半年累计"), *lines)
    previewed = send(client, address(half_year, "workbook/"), file, **PROVIDED)
    assert "草稿已保存" in accept(client, half_year, previewed, cast.reviewer)
    stored = {e.target.indicator.code: e for e in half_year.actuals.select_related("target__indicator")}
    assert {code: entry.wording for code, entry in stored.items()} == printed
    assert {entry.provider for entry in stored.values()} == {"张三"}


def test_two_workbooks_at_once_and_what_cannot_be_read(desk: EntryDesk) -> None:
    a, b, c = desk.own
    head = ("指标", "完成情况")
    previewed = send(
        signed_in(desk.cast.clerk), desk.url("workbook/"),
        sheet(head, (a.name, "6"), (b.name, "=1+5"), name="甲.xlsx"),
        sheet(head, (a.name, "7"), (c.name, "1"), (desk.theirs.name, "9"), name="乙.xlsx"),
        SimpleUploadedFile("旧.et", b"\xd0\xcf\x11\xe0"), sheet(("谁", "多少"), name="丙.xlsx"),
    )  # fmt: skip
    found = previewed.context["found"]
    assert [one.row.key for one in found.fillable] == [c.pk]
    said = unread(previewed)
    assert said["《甲.xlsx》“Sheet”B2"] == "同一行有两个不同的数据，这里是“6”。"
    assert "是公式，文件里没有存下算出的数，没有读取" in said["《甲.xlsx》“Sheet”B3"]
    assert said[f"《乙.xlsx》“Sheet”B4 {desk.theirs.name}：9"].startswith("没有认出是哪一行")
    assert "另存为" in said["《旧.et》"]
    assert said["《丙.xlsx》"] == "没有找到表头：须有“指标”一列和“上半年累计”（或“完成情况”）一列。"


def test_a_cell_that_somebody_changed_since_the_preview_is_not_overwritten(desk: EntryDesk) -> None:
    a = desk.own[0]
    client = signed_in(desk.cast.clerk)
    previewed = send(client, desk.url("workbook/"), sheet(("指标", "完成情况"), (a.name, "6")))
    head = desk.cast.head
    signed_in(head).post(desk.url("save/"), form(head, (a, "7")))
    assert "刚改为：7" in accept(client, desk.period, previewed, desk.cast.clerk)
    assert texts(a) == ["7"]


def test_gb18030_text_and_per_cents(desk: EntryDesk) -> None:
    a, b, _ = desk.own
    client = signed_in(desk.cast.clerk)
    text = f"指标,完成情况\n{a.name},６.５\n{b.name},6.2%\n"
    previewed = send(client, desk.url("workbook/"), SimpleUploadedFile("月报.csv", text.encode("gb18030")))
    accept(client, desk.period, previewed, desk.cast.clerk)
    assert texts(a, b) == ["6.5", "6.2"]


def test_no_file_is_said(desk: EntryDesk) -> None:
    page = send(signed_in(desk.cast.clerk), desk.url("workbook/")).content.decode()
    assert "请先选择填好的工作簿" in page


@pytest.mark.parametrize(
    ("who", "reads", "sends"),
    [
        ("clerk", 200, 200), ("head", 200, 200), ("reviewer", 200, 200), ("publisher", 200, 200),
        ("auditor", 200, 403), ("administrator", 403, 403),
    ],
)  # fmt: skip
def test_who_may(desk: EntryDesk, who: str, reads: int, sends: int) -> None:
    client = signed_in(getattr(desk.cast, who))
    assert client.get(desk.url("workbook/")).status_code == reads
    answer = client.post(desk.url("workbook/"), {"workbooks": [sheet(("指标", "完成情况"))]})
    assert answer.status_code == sends


def test_a_visitor_gets_nothing(desk: EntryDesk) -> None:
    assert Client().get(desk.url("workbook/")).status_code == 302
    answer = Client().post(desk.url("workbook/"), {"workbooks": [sheet(("指标", "完成情况"))]})
    assert answer.status_code == 401


def with_a_formula(name: str) -> SimpleUploadedFile:
    """A figure that a formula came to, stored as Excel stores it."""
    plain = sheet(("指标", "完成情况"), (name, 6.25)).read()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(file, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content.replace(b"<v>6.25</v>", b"<f>B9/B8*100</f><v>6.25</v>"))
    return SimpleUploadedFile("公式.xlsx", file.getvalue())


def test_what_a_formula_came_to_is_offered_and_taken_only_when_ticked(desk: EntryDesk) -> None:
    a = desk.own[0]
    client, clerk = signed_in(desk.cast.clerk), desk.cast.clerk
    previewed = send(client, desk.url("workbook/"), with_a_formula(a.name))
    (filling,) = previewed.context["found"].fillings
    assert (filling.cell.text, filling.is_result) == ("6.25", True)
    page = previewed.content.decode()
    assert "这是公式算出的数。请核对，对了再勾选。" in page
    assert f'name="take" value="{a.pk}" aria-label' in page, "not ticked"
    accept(client, desk.period, previewed, clerk)
    assert texts(a) == [""]
    client.post(desk.url(), {**accepted(previewed, clerk), "take": [a.pk]})
    assert texts(a) == ["6.25"]


def test_a_sheet_without_notes_leaves_the_notes_that_are_there(desk: EntryDesk) -> None:
    a, b, _ = desk.own
    client, clerk = signed_in(desk.cast.clerk), desk.cast.clerk
    client.post(desk.url(), form(clerk, (a, "6"), (b, "6"), **{f"note-{a.pk}": "甲", f"note-{b.pk}": "乙"}))
    accept(
        client,
        desk.period,
        send(client, desk.url("workbook/"), sheet(("指标", "完成情况"), (a.name, 7))),
        clerk,
    )
    blank = sheet(("指标", "完成情况", "备注"), (b.name, 8, None))
    accept(client, desk.period, send(client, desk.url("workbook/"), blank), clerk)
    assert [(one.wording, one.note) for one in (a.actuals.get(), b.actuals.get())] == [
        ("7", "甲"),
        ("8", "乙"),
    ]


def test_out_and_in_changes_nothing_whatever_stands_there(desk: EntryDesk) -> None:
    a, b, c = desk.own
    client, clerk = signed_in(desk.cast.clerk), desk.cast.clerk
    notes = {f"note-{a.pk}": "第一行\n第二行", f"note-{c.pk}": "=1+1"}
    client.post(
        desk.url(), form(clerk, (a, "同比增长2.8%"), (b, "初步核算 5.50"), (c, "27.8亿左右吧？"), **notes)
    )
    out = client.get(desk.url("workbook/"))
    previewed = send(client, desk.url("workbook/"), SimpleUploadedFile("填报.xlsx", out.content))
    assert previewed.context["found"].fillings == ()
    assert previewed.context["found"].unclear == ()
    assert "和现在填的都一样，没有要改的" in previewed.content.decode()


def test_words_that_stand_for_a_figure_are_shown_on_both_sides(desk: EntryDesk) -> None:
    a = desk.own[0]
    client, clerk = signed_in(desk.cast.clerk), desk.cast.clerk
    client.post(desk.url(), form(clerk, (a, "市级暂未反馈")))
    file = sheet(("指标", "完成情况", "备注"), (a.name, 6.5, "市级已反馈"))
    (filling,) = send(client, desk.url("workbook/"), file).context["found"].fillings
    assert (filling.before, filling.cell.text, filling.cell.note) == ("市级暂未反馈", "6.5", "市级已反馈")


def test_the_row_s_own_unit_is_kept(desk: EntryDesk) -> None:
    trade = desk.small.target("60", name="进出口总额", unit="亿元", accrual="cumulative")
    client, clerk = signed_in(desk.cast.clerk), desk.cast.clerk
    file = sheet(("指标名称", "单位", "完成情况"), ("进出口总额", "万元", 278000))
    previewed = send(client, desk.url("workbook/"), file)
    (filling,) = previewed.context["found"].fillings
    assert (filling.cell.text, "原文278000万元" in filling.said) == ("27.8", True)
    accept(client, desk.period, previewed, clerk)
    assert texts(trade) == ["27.8"]
