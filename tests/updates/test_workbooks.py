"""The 调度表 out and in, and pastes: found by headings, previewed, every refusal with its place and what would do."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from projects.cells import Cells
from projects.entry.foreseeing import Foreseen, pasted, uploaded
from projects.entry.rows import TaskRow, row_for, today_here
from projects.ledger import footings_of, tasks_for
from projects.models import StatusUpdate
from projects.workbooks.reading import Told, Untold, lines_told
from projects.workbooks.writing import CLOSED, HEAD, OPEN
from tests.updates.desk import UpdatesDesk, footing, form, newest, seen, signed_in, task_in, unpublished
from tests.updates.test_screens import text_of
from wanzhou.kernel.workbooks.opening import pasted_sheet

pytestmark = pytest.mark.django_db


def book(*rows: Sequence[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def rows_of(desk: UpdatesDesk) -> list[TaskRow]:
    tasks = tasks_for(desk.plan, desk.cast.clerk)
    return [row_for(one, desk.cast.clerk, today=today_here()) for one in footings_of(tasks)]


def said(found: Foreseen) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (one.row.task.name, [(change.label, change.before, change.after) for change in one.changes])
        for one in found.fillings
    ]


def test_headings_in_any_order_under_a_title() -> None:
    lines = (
        *("某单位调度表", "", "序号\t完成投资（万元）\t项目\t进展情况"),
        *('1\t1200\t测试大桥\t"主体\n封顶"', "\t\t", "2\t=1+1\t测试医院\t"),
    )
    text = "\n".join(lines)
    told = list(lines_told("", [pasted_sheet(text)]))
    assert told == [
        Told("第4行", "测试大桥", "", {"invested": "1200", "progress": "主体\n封顶"}),
        Untold("B6", "“测试医院”的这一格是公式，没有读取：请选择性粘贴为数值后再来。"),
    ]


def test_what_is_no_words_in_a_workbook_is_named(desk: UpdatesDesk) -> None:
    a, b = desk.own[:2]
    made = Workbook()
    shown = made.worksheets[0]
    shown.append(("项目名称", "完成比例", "形象进度"))
    shown.append((a.name, datetime.date(2023, 6, 5), "封顶"))
    shown.append((b.name, True, "#N/A"))
    hidden = made.create_sheet("旧表")
    hidden.sheet_state = "hidden"
    hidden.append(("项目名称", "完成比例"))
    hidden.append((a.name, 99))
    out = io.BytesIO()
    made.save(out)
    found = uploaded([file("月报.xlsx", out.getvalue())], rows_of(desk))
    assert [(one.place, one.why) for one in found.unclear] == [
        (
            "《月报.xlsx》“Sheet”B2",
            f"“{a.name}”的这一格是日期（2023-06-05），没有读取：请把这一格设为“文本”，重新填写后再来。",
        ),
        ("《月报.xlsx》“Sheet”B3", f"“{b.name}”的这一格是 TRUE，没有读取：请改成要填的内容后再来。"),
        ("《月报.xlsx》“Sheet”C3", f"“{b.name}”的这一格是错误值 #N/A，没有读取：请改成要填的内容后再来。"),
        ("《月报.xlsx》“旧表”", "这张工作表是隐藏的，没有读取。要用里面的内容，请取消隐藏后再来。"),
    ]
    (filling,) = found.fillings
    assert (filling.row.task, filling.cells.progress) == (a, "封顶")


def test_without_a_heading_it_says_which() -> None:
    (untold,) = lines_told("表.xlsx", [pasted_sheet("甲\t乙\n1\t2")])
    assert isinstance(untold, Untold)
    assert "须有“项目名称”一列" in untold.why


# --- out -------------------------------------------------------------------------------------------------
def test_the_workbook_of_a_department(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    desk.published(a, invested_this_year="1200.5", difficulty="缺电")
    answer = signed_in(desk.cast.clerk).get(desk.url("table/workbook/"))
    assert "filename*=utf-8''1999" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    headings = [cell.value for cell in sheet[HEAD]]
    assert headings == [*CLOSED, *OPEN]
    first = dict(zip(headings, [cell.value for cell in sheet[HEAD + 1]], strict=True))
    assert first["项目名称"] == "测试大桥"
    assert (first["阶段"], first["完成比例（%）"], first["本年完成投资（万元）"]) == (
        "加快建设",
        "60",
        "1200.5",
    )
    assert (first["存在困难"], first["上次更新"]) == ("缺电", "加快建设 60% 投资1200.5万元 · 1999-05-30")
    assert sheet.max_row == HEAD + 3, "only what the department leads"
    assert sheet.protection.sheet
    assert [sheet.cell(HEAD + 1, column).protection.locked for column in (1, 7, 8, 15)] == [
        True,
        True,
        False,
        False,
    ]
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"前期工作,开工建设,加快建设,主体完工,竣工投用,停工,缓建,调出"'
    assert str(offered.sqref) == "H4:H6"


def test_a_text_that_looks_like_a_formula_stays_text(desk: UpdatesDesk) -> None:
    desk.published(desk.own[0], progress="=1+1")
    content = signed_in(desk.cast.clerk).get(desk.url("table/workbook/")).content
    cell = load_workbook(io.BytesIO(content)).worksheets[0].cell(HEAD + 1, 11)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


# --- in --------------------------------------------------------------------------------------------------
def test_what_went_out_comes_back_and_changes_nothing(desk: UpdatesDesk) -> None:
    desk.published(*desk.own[:2], invested_this_year="1200.5", progress="=两行\n的进度")
    client = signed_in(desk.cast.clerk)
    content = client.get(desk.url("table/workbook/")).content
    answer = client.post(desk.url("table/workbook/"), {"workbooks": file("调度表.xlsx", content)})
    assert "没有会改的：都与现在存着的相同" in text_of(answer.content)
    assert "没有对应上" not in text_of(answer.content)


def test_a_filled_workbook_is_previewed_then_saved(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    desk.published(a)
    client = signed_in(desk.cast.clerk)
    filled = load_workbook(io.BytesIO(client.get(desk.url("table/workbook/")).content))
    sheet = filled.worksheets[0]
    sheet.cell(HEAD + 1, 9).value, sheet.cell(HEAD + 1, 11).value = "75", "桥面铺装"
    sheet.cell(HEAD + 2, 8).value, sheet.cell(HEAD + 2, 9).value = "开工建设", 3
    out = io.BytesIO()
    filled.save(out)
    answer = client.post(desk.url("table/workbook/"), {"workbooks": file("调度表.xlsx", out.getvalue())})
    words = text_of(answer.content)
    assert "将改 2 行" in words
    assert "完成比例 60 → 75" in words
    assert "阶段 空 → 开工建设" in words
    assert unpublished(a, b) == 0, "nothing is written before it is accepted"
    sent = form(desk.cast.clerk, a, b, percent="75", progress="桥面铺装") | {f"stage-{b.pk}": "started"}
    client.post(desk.url("table/"), sent | {"takes": "yes", "take": str(a.pk)})
    assert (newest(a).percent, newest(a).progress) == (Decimal(75), "桥面铺装")
    assert unpublished(b) == 0, "only what was ticked"


def test_errors_name_row_cell_value_and_what_would_do(desk: UpdatesDesk) -> None:
    rows: list[list[object]] = [
        ["编号", "项目名称", "阶段", "完成比例", "本年完成投资"],
        [desk.own[0].pk, "测试大桥", "快好了", "一百五", "-3"],
        ["", "没有这个项目", "竣工", "", ""],
        ["", "别家道路", "竣工", "", ""],
        [desk.own[0].pk, "测试医院", "竣工", "", ""],
    ]
    found = uploaded([file("月报.xlsx", book(*rows))], rows_of(desk))
    (one,) = found.fillings
    assert one.place == "《月报.xlsx》“Sheet”第2行"
    faults = {change.label: change.fault for change in one.changes}
    assert faults["阶段"].startswith("阶段“快好了”认不出来，可填：前期工作、")
    assert faults["完成比例"].startswith("完成比例“一百五”不行：填0到100的数")
    assert faults["本年完成投资"].startswith("本年完成投资“-3”不行：按万元填累计数")
    assert [(one.place, one.why) for one in found.unclear] == [
        ("《月报.xlsx》“Sheet”第3行“没有这个项目”", "表里没有这个项目，或不归您单位牵头。"),
        ("《月报.xlsx》“Sheet”第4行“别家道路”", "表里没有这个项目，或不归您单位牵头。"),
        (
            "《月报.xlsx》“Sheet”第5行“测试医院”",
            f"编号{desk.own[0].pk}是“测试大桥”，与名称对不上，没有采用。",
        ),
    ]


def test_a_bad_cell_that_is_accepted_all_the_same_comes_back_as_typed(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    sent = form(desk.cast.clerk, a, stage="快好了", percent="3") | {"takes": "yes", "take": str(a.pk)}
    answer = signed_in(desk.cast.clerk).post(desk.url("table/"), sent)
    assert answer.status_code == 422
    assert "阶段“快好了”认不出来" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()


def test_twice_the_same_project_with_different_words(desk: UpdatesDesk) -> None:
    rows: list[list[object]] = [
        ["项目名称", "阶段"],
        ["测试大桥", "竣工"],
        ["测试大桥", "开工"],
        ["测试医院", "开工"],
        ["测试医院", "开工"],
    ]
    found = uploaded([file("月报.xlsx", book(*rows))], rows_of(desk))
    assert said(found) == [("测试医院", [("阶段", "", "开工建设")])]
    assert {one.why for one in found.unclear} == {"同一个项目有两行不同的内容，都没有采用。"}


def test_namesakes_need_their_number(desk: UpdatesDesk) -> None:
    twin = task_in(desk.small, "测试大桥", desk.cast.department)
    rows: list[list[object]] = [
        ["编号", "项目名称", "阶段"],
        ["", "测试大桥", "竣工"],
        [twin.pk, "测试大桥", "开工"],
    ]
    found = uploaded([file("月报.xlsx", book(*rows))], rows_of(desk))
    assert [one.row.key for one in found.fillings] == [twin.pk]
    assert found.unclear[0].why == "有几个同名的项目，请保留编号一列。"


def test_files_that_are_no_workbooks(desk: UpdatesDesk) -> None:
    client = signed_in(desk.cast.clerk)
    for files, words in (
        ([], "没有选择文件"),
        ([file("a.xlsx", b"zip?")], "《a.xlsx》：不是真正的 .xlsx 文件"),
        ([file(f"{n}.csv", b"x") for n in range(41)], "一次最多上传40个"),
    ):
        answer = client.post(desk.url("table/workbook/"), {"workbooks": files})
        assert words in text_of(answer.content), words
        assert answer.status_code == 200


# --- pastes ----------------------------------------------------------------------------------------------
def test_a_block_is_laid_over_the_table_from_its_cell(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    text = "开工\t5%\r\n\t10\r\n竣工\t100\r\n多出来的\r\n"
    found = pasted(text, rows_of(desk), start=(a.pk, "stage"), now={})
    assert said(found) == [
        (a.name, [("阶段", "", "开工建设"), ("完成比例", "", "5")]),
        (b.name, [("完成比例", "", "10")]),
        (c.name, [("阶段", "", "竣工投用"), ("完成比例", "", "100")]),
    ]
    assert [one.place for one in found.unclear] == ["“多出来的”"]
    assert "阶段" not in {change.label for change in found.fillings[1].changes if not change.fault}


def test_a_table_with_headings_fills_by_names_wherever_it_is_pasted(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    text = f"项目名称\t阶段\t形象进度\n{b.name}\t竣工\t已验收\n"
    for start in (None, (a.pk, "progress")):
        found = pasted(text, rows_of(desk), start=start, now={})
        assert said(found) == [(b.name, [("阶段", "", "竣工投用"), ("形象进度", "", "已验收")])]


def test_a_paste_meets_what_stands_on_the_screen(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    now = {a.pk: Cells(stage="started", progress="没有存的字")}
    found = pasted("80", rows_of(desk), start=(a.pk, "percent"), now=now)
    (one,) = found.fillings
    assert (one.cells.progress, one.cells.percent, one.cells.stage) == ("没有存的字", "80", "started")


def test_a_paste_that_goes_backwards_says_so(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    desk.published(a)
    (one,) = pasted("50", rows_of(desk), start=(a.pk, "percent"), now={}).fillings
    assert one.setbacks == ("完成比例由60%降为50%",)


def test_nonsense_is_pasted_without_harm(desk: UpdatesDesk) -> None:
    for text in ("", "\n\n", "甲" * 500_000, '"', "=1+1\t2", "a\tb\tc\td\te\tf\tg\th\ti\tj"):
        found = pasted(text, rows_of(desk), start=(desk.own[0].pk, "needs"), now={})
        assert all(len(one.changes) <= 2 for one in found.fillings)


def test_the_preview_without_a_script_carries_what_else_was_typed(desk: UpdatesDesk) -> None:
    a, b, c = desk.own
    client = signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, *desk.own, stage="started", progress="没有存的字")
    sent |= {"pasted": f"项目名称\t阶段\n{b.name}\t竣工\n", "start": ""}
    answer = client.post(desk.url("table/paste/"), sent)
    page = answer.content.decode()
    assert "您在表里另外填了、还没有存的 1 行" in text_of(answer.content)
    assert f'name="progress-{a.pk}">没有存的字</textarea>' in page
    assert f'name="stage-{b.pk}">completed</textarea>' in page
    assert f'name="stage-{c.pk}"' not in page
    assert seen(*desk.own) in page


def test_a_locked_row_is_shown_and_not_filled(desk: UpdatesDesk) -> None:
    a = desk.own[0]
    desk.submitted(a)
    (one,) = pasted("80", rows_of(desk), start=(a.pk, "percent"), now={}).fillings
    assert one.is_blocked
    assert footing(a).current is not None
    client: Client = signed_in(desk.cast.clerk)
    sent = form(desk.cast.clerk, *desk.own) | {"pasted": f"项目名称\t完成比例\n{a.name}\t80", "part": "yes"}
    page = client.post(desk.url("table/paste/"), sent).content.decode()
    assert "已报送，等待审核，不能再改。" in page
    assert 'name="take"' not in page
    assert StatusUpdate.objects.count() == 1
