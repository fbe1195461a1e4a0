"""Old .xls workbooks: read as their reader saw them, or refused with one sentence.

`files/old.xls` was saved by LibreOffice as Excel 97: a merged title, a per cent, 0, a formula, a date, an error, a
truth value, words, and a hidden sheet. Everything in it is invented.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanzhou.kernel.evidence.compound import Compound
from wanzhou.kernel.workbooks import former
from wanzhou.kernel.workbooks.former import Lack, Unreadable, old_sheets
from wanzhou.kernel.workbooks.opening import NotOpenedError, Sheet, open_sheets
from wanzhou.kernel.workbooks.squares import Fault

OLD = (Path(__file__).parent / "files" / "old.xls").read_bytes()


def test_cells_are_read_as_they_were_seen() -> None:
    visible, hidden = open_sheets("填报.xls", OLD)
    told = {line.squares[0].text: line.squares[1:] for line in visible.lines}
    seen = {name: (cells[0].address, cells[0].text, cells[0].fault) for name, cells in told.items() if cells}
    assert seen == {
        "指标": ("B2", "本期累计", None),
        "百分比格": ("B3", "6.5", None),
        "一般数": ("B4", "6.1", None),
        "零": ("B5", "0", None),
        "公式": ("B6", "7", None),
        "日期": ("B7", "2023-06-05", Fault.DATE),
        "错误": ("B8", "#DIV/0!", Fault.ERROR),
        "真假": ("B9", "TRUE", Fault.TRUTH),
        "文字": ("B10", "6左右", None),
    }
    assert visible.lines[0].squares[0].text == "虚构的老式工作簿"
    assert (hidden.name, hidden.is_hidden) == ("藏起", True)


def test_an_old_workbook_under_a_new_name_is_read_all_the_same() -> None:
    assert open_sheets("填报.xlsx", OLD) == open_sheets("填报.xls", OLD)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是真正的 .xlsx 文件，或已损坏"),
        (b"<table><tr><td>6</td></tr></table>", "不是真正的 .xlsx 文件，或已损坏"),
        (OLD[:600], "不是完好的表格文件"),
        (OLD[: len(OLD) // 2], "不是完好的表格文件"),
        (OLD.replace("Workbook".encode("utf-16-le"), "Wirkbuch".encode("utf-16-le")), "不是完好的表格文件"),
        (
            OLD.replace("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:16]),
            "不是完好",
        ),
        (OLD + bytes(former.MOST_BYTES), "超过 3 MB"),
    ],
)
def test_what_is_no_whole_old_workbook_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(NotOpenedError, match=words):
        open_sheets("填报.xls", content)


@pytest.mark.parametrize(
    ("name", "lack"), [("EncryptedPackage", Lack.LOCKED), ("_VBA_PROJECT_CUR", Lack.MACROS)]
)
def test_locks_and_macros_are_refused(name: str, lack: Lack, monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        names = frozenset({"Workbook", name})

    monkeypatch.setattr(Compound, "read", lambda _content: Found())
    with pytest.raises(Unreadable) as refused:
        old_sheets(OLD)
    assert refused.value.lack is lack


@given(st.integers(0, len(OLD) - 1), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_read_or_refused_and_nothing_else(place: int, damage: bytes) -> None:
    damaged = OLD[:place] + damage + OLD[place + len(damage) :]
    with contextlib.suppress(NotOpenedError):
        assert all(isinstance(sheet, Sheet) for sheet in open_sheets("填报.xls", damaged))
