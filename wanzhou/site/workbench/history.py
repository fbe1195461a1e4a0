"""The desk of the auditor's record: which changes are asked for, and the record as a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from django import forms
from django.utils import timezone

from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.accounts.trail import SYSTEM, Kind, Question, Told
from wanzhou.kernel.pages.sheets import inert

from .forms import Day, PlainForm

PAGE = 50
COLUMNS = ("时间", "操作人", "账号", "动作", "对象类别", "对象", "字段", "原值", "新值", "来源地址", "页面")
SHEET_ROWS = 1_000_000  # a sheet holds 1 048 576
CELL_SIGNS = 32_000  # and a cell 32 767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class AskForm(PlainForm):
    """Which changes: by whom, of what, of which department, from when to when."""

    person = forms.ChoiceField(label="操作人", required=False)
    kind = forms.ChoiceField(label="对象类别", required=False)
    department = forms.ModelChoiceField(
        label="责任单位", queryset=Department.objects.all(), required=False, empty_label="全部"
    )
    since = Day(label="从", required=False)
    until = Day(label="到", required=False)

    def __init__(self, *arguments: Any, kinds: Sequence[Kind], **options: Any) -> None:
        super().__init__(*arguments, **options)
        people = [(str(user.pk), f"{user}（{user.username}）") for user in User.objects.order_by("username")]
        for name, choices in (
            ("person", [("", "全部"), (SYSTEM, "系统"), *people]),
            ("kind", [("", "全部"), *((kind.key, kind.label) for kind in kinds)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "结束日期不能早于开始日期。")
        return said

    def question(self) -> Question:
        """What is asked for."""
        said = self.cleaned_data
        department = said["department"]
        return Question(
            said["person"], said["kind"], department.pk if department else None, said["since"], said["until"]
        )


def lines_of(told: Told) -> Iterator[tuple[str, ...]]:
    """One line for each field that changed, or one where no field did."""
    at = f"{timezone.localtime(told.at):%Y-%m-%d %H:%M:%S}"
    head = (at, told.by, told.username, told.step, told.kind, told.name)
    for field in told.fields or (("", "", ""),):
        yield (*head, *field, told.address, told.page)


class _Line:
    """What a CSV writer writes to: hands the line on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(changes: Iterable[Told]) -> Iterator[bytes]:
    """The record as CSV, line by line: UTF-8 with BOM, and no text that a spreadsheet would run."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + str(writer.writerow(COLUMNS)).encode()
    for told in changes:
        for line in lines_of(told):
            yield str(writer.writerow([inert(cell) for cell in line])).encode()


def write_workbook(changes: Iterable[Told], file: BinaryIO) -> None:
    """The record as a workbook, written as it is read; every cell is a text, and none a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet, rows = None, 0
    for told in changes:
        for line in lines_of(told):
            if sheet is None or rows % SHEET_ROWS == 0:
                sheet = _sheet(workbook)
            rows += 1
            cells = []
            for text in line:
                cell = WriteOnlyCell(sheet)
                cell.value, cell.data_type = _CONTROL.sub("", text)[:CELL_SIGNS], "s"
                cells.append(cell)
            sheet.append(cells)
    if sheet is None:
        _sheet(workbook)
    workbook.save(file)


def _sheet(workbook: Any) -> Any:
    sheet = workbook.create_sheet(f"变更记录{len(workbook.sheetnames) + 1}")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    return sheet
