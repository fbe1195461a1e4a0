"""Files that are no reports, or that would hurt: refused in one Chinese sentence, or read with a clear problem."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.acceptance.printed_report import REPORT
from tests.site.intake.words import EXPECTED, HEADS, ROWS, packed, read_text, saved, told, word_file
from wanzhou.site.reports.intake import NotReadError, open_report, opening, pasted, read_report, word

NAMESPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def body(inside: bytes) -> bytes:
    return b"<w:document " + NAMESPACE + b"><w:body>" + inside + b"</w:body></w:document>"


def workbook() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


REFUSED = {
    "empty": ("报告.txt", b"", "是空文件"),
    "blank": ("报告.txt", b" \r\n\t ", "是空文件"),
    "a PDF renamed docx": ("报告.docx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "其实是 PDF 文件"),
    "an old doc": ("报告.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "旧的 .doc"),
    "RTF": ("报告.docx", b"{\\rtf1}", "其实是 RTF 文件"),
    "text renamed docx": ("报告.docx", "第一段".encode(), "不是真正的 .docx"),
    "a picture": ("报告.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "认不出来"),
    "broken UTF-8 behind its mark": ("报告.txt", b"\xef\xbb\xbf\xff\xfe\xfa", "认不出来，或已损坏"),
    "50 MB": ("报告.docx", b"PK" + bytes(50 * 1024 * 1024), "超过 20 MB"),
    "half a package": ("报告.docx", saved(word_file([HEADS, *ROWS]))[:3000], "不是完好的 .docx"),
    "an empty workbook": ("报告.xlsx", workbook(), "里没有文字"),
    "half a workbook": ("报告.xlsx", workbook()[:2000], "不是完好的"),
    "a package of something else": ("报告.docx", b"", ""),
    "no XML": ("报告.docx", packed(b"<w:document"), "不是完好的 .docx"),
    "entities": ("报告.docx", packed(b'<!DOCTYPE a [<!ENTITY b "c">]>' + body(b"")), "文档类型声明"),
    "entities far behind": ("报告.docx", packed(b" " * 200_000 + b"<!DOCTYPE a>" + body(b"")), "没有打开"),
    "XML of two bytes a sign": ("报告.docx", packed(body(b"").decode().encode("utf-16")), "没有打开"),
    "a bomb": ("报告.docx", packed(body(b"<w:p/>" * 3_000_000)), "异常厉害"),
    "nothing but pictures": (
        "报告.docx",
        packed(body(b"<w:p><w:r><w:drawing/></w:r></w:p>")),
        "里没有文字",
    ),
    "nested without end": (
        "报告.docx",
        packed(body(b"<w:tbl><w:tr><w:tc>" * 200 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 200)),
        "没有打开",
    ),
}
file = io.BytesIO()
with zipfile.ZipFile(file, "w") as package:
    package.writestr("readme.txt", "x")
REFUSED["a package of something else"] = ("报告.docx", file.getvalue(), "不是 Word 文档")


@pytest.mark.parametrize(("name", "content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_report_is_refused_in_one_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(NotReadError) as refusal:
        read_report(open_report(name, content))
    assert said in str(refusal.value)
    assert str(refusal.value).startswith(f"《{name}》")
    assert "\n" not in str(refusal.value)


def test_a_package_that_lies_about_its_size_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_UNPACKED", 10_000)
    monkeypatch.setattr(word, "_refuse", lambda _package: None)
    with pytest.raises(NotReadError, match="解压后超过"):
        open_report("报告.docx", packed(body(b"<w:p/>" * 10_000)))


def test_large_parts_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_UNPACKED", 10_000)
    with pytest.raises(NotReadError, match="解压后超过"):
        open_report("报告.docx", packed(body(b"<w:p/>" * 10_000)))


def test_too_many_lines_or_signs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_PASSAGES", 3)
    with pytest.raises(NotReadError, match="超过 3 行"):
        pasted("一\n二\n三\n四")
    monkeypatch.setattr(opening, "MOST_SIGNS", 3)
    with pytest.raises(NotReadError, match="请只保留计划报告本身"):
        pasted("一二三四")


def test_nothing_pasted_is_said() -> None:
    with pytest.raises(NotReadError, match="没有粘贴任何文字"):
        pasted(" \n")


def test_a_word_file_under_another_name_is_still_read() -> None:
    content = saved(word_file([HEADS, *ROWS]))
    assert told(read_report(open_report("报告.txt", content))) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog. " * 50,
        "# README\n\nAnnual plan: 25 targets, 14 met.\n| a | b |\n|---|---|\n",
        "会议通知\n请于下周一上午参加会议。",
    ],
)
def test_noise_is_read_as_nothing_and_said(text: str) -> None:
    report = read_text(text)
    assert report.says_nothing
    assert report.problems == (
        "没有找到计划报告的内容：没有指标表，没有专栏，也没有“…项目标中…”这样的句子。请核对是不是选错了文件。",
    )


def test_a_box_framed_as_a_table_of_one_cell() -> None:
    document = word_file([HEADS, *ROWS])
    document.add_paragraph("专栏1  2022年重点项目推进情况")
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "一、交通：郑万高铁、南环高速建成通车。"
    cell.add_paragraph("二、水利：青龙水库等项目加快建设。")
    document.add_paragraph("二、2023年总体考虑")
    report = read_report(open_report("报告.docx", saved(document)))
    assert [(entry.section, entry.name, entry.stage) for entry in report.boxes[0].entries] == [
        ("交通", "郑万高铁", "completed"),
        ("交通", "南环高速", "completed"),
        ("水利", "青龙水库", "underway"),
    ]


def test_a_report_of_300_pages_is_read_whole() -> None:
    """The published report twenty times over: about 300 pages."""
    report = read_text("\n".join([REPORT] * 20))
    assert len(report.boxes) == 100


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from django.core.management import CommandError, call_command

    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="gb18030")
    call_command("read_report", str(path), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["title", "years", "tables", "boxes", "tally", "commitments", "problems"]
    assert list(printed["tables"][0]) == ["caption", "year", "rows"]
    assert printed["tables"][0]["rows"][7] == {
        "ordinal": 8, "name": "一般公共预算收入增速", "unit": "%", "target": "0", "outcome": "0.1",
        "nature": "anticipatory", "sub": False,
    }  # fmt: skip
    assert printed["boxes"][0]["entries"][26] == {
        "section": "乡村振兴", "name": "17个农村供水保障项目", "stage_wording": "开工建设", "stage": "started",
        "group": True, "quantity": "17个",
    }  # fmt: skip
    assert list(printed["commitments"][0]) == ["section", "item", "target", "unit"]
    assert printed["tally"]["missed"] == {
        "count": 3,
        "names": ["地区生产总值增速", "固定资产投资增速", "社会消费品零售总额增速"],
    }
    call_command("read_report", str(path))
    assert "专栏3《2023年城乡建设及基础设施重点项目》：点名 57 条" in capsys.readouterr().out
    with pytest.raises(CommandError, match="找不到"):
        call_command("read_report", str(tmp_path / "没有.docx"))
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="其实是 PDF 文件"):
        call_command("read_report", str(path))
    path.write_text("会议通知", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("read_report", str(path), "--json")
    assert ended.value.code == 3
