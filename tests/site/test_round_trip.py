"""Out and in again: the report that we write reads as the report that was printed, in every form that can be read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.printed_report import REPORT
from wanzhou.site.reports.intake import open_report, read_report
from wanzhou.site.reports.intake.printed import as_json
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.making import Order, Sort, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]


def read(name: str, content: bytes) -> dict[str, Any]:
    return as_json(read_report(open_report(name, content)))


@pytest.mark.parametrize("form", [Form.DOCX, Form.XLSX, Form.TXT])
def test_what_was_printed_comes_back(form: Form) -> None:
    printed = read("报告.txt", REPORT.encode())
    ours = read(f"报告.{form}", written(make(Order(Sort.ANNUAL, 2022)).document, form))
    assert ours["title"] == printed["title"]
    assert ours["years"] == printed["years"]
    assert [table["rows"] for table in ours["tables"]] == [table["rows"] for table in printed["tables"]]
    assert ours["boxes"] == printed["boxes"]
    assert sum(len(box["entries"]) for box in ours["boxes"]) == 208
    assert ours["tally"] == printed["tally"]
    # The prose of section three is not written by us, and the reader says so instead of inventing it.
    assert ours["commitments"] == []
    assert ours["problems"] == ["没有找到重点工作部分里有数的句子。"]
