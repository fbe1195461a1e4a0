"""The folder is written whole or not at all, and never somebody else's."""

from __future__ import annotations

import fcntl
import io
import os
from pathlib import Path, PurePosixPath
from unittest.mock import Mock

import pytest
import time_machine
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command

from tests.pages.plans import publish, row
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.export import exporting
from wanzhou.site.export.asking import missing_page
from wanzhou.site.export.folder import MARK, Refused, replacing, write

pytestmark = pytest.mark.django_db


def exported(folder: Path, *arguments: str) -> str:
    said = io.StringIO()
    call_command("export_site", str(folder), *arguments, stdout=said)
    return said.getvalue()


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def test_the_closing_line_counts_and_says_what_was_left_out(tmp_path: Path, year_over: int) -> None:
    said = exported(tmp_path / "site")
    assert "没有设置 WANZHOU_ADDRESS" in said
    assert f"已导出到 {tmp_path / 'site'}：" in said
    found = {path.name for path in (tmp_path / "site").rglob("*")}
    assert not found & {"feed.xml", "sitemap.xml", "robots.txt"}
    assert 'rel="canonical"' not in page(tmp_path / "site", "index.html")
    assert "og:url" not in page(tmp_path / "site", "2031/index.html")
    assert "http://" not in page(tmp_path / "site", "2031/index.html")
    assert not list(tmp_path.glob("site.*"))


def test_nothing_published_is_a_site_as_well(tmp_path: Path) -> None:
    exported(tmp_path / "site")
    assert "尚未发布任何年度计划" in page(tmp_path / "site", "index.html")
    assert "没有这个页面" in page(tmp_path / "site", "404.html")


def test_what_did_not_change_keeps_its_time(tmp_path: Path, year_over: int) -> None:
    folder = tmp_path / "site"
    exported(folder)
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    act = publish(2032)
    row(act, 1, code="new")
    exported(folder)
    assert (folder / "2031/indicators.json").stat().st_mtime == 1_000_000_000
    assert (folder / "2032/indicators.json").stat().st_mtime > 1_000_000_000
    assert (folder / "search.json").stat().st_mtime > 1_000_000_000


def test_a_day_of_the_past(tmp_path: Path) -> None:
    with time_machine.travel("2032-01-10T12:00+08:00", tick=False):
        row(publish(2031), 1, name="虚构旧名", code="one")
    with time_machine.travel("2032-03-10T12:00+08:00", tick=False):
        row(publish(2031), 1, name="虚构新名", code="one")
        exported(tmp_path / "past", "--as-of", "2032-02-01")
        exported(tmp_path / "now")
    past, now = page(tmp_path / "past", "2031/index.html"), page(tmp_path / "now", "2031/index.html")
    assert "虚构旧名" in past
    assert "虚构新名" not in past
    assert "这是 2032年2月1日当天公开的内容" in past
    assert "as_of=" not in past
    assert "看现在的页面" not in past
    assert "虚构新名" in now


@pytest.mark.parametrize(("day", "says"), [("2999-01-01", "晚于今天"), ("soon", "as_of=“soon”不是一个日期")])
def test_a_day_that_cannot_be(tmp_path: Path, day: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        exported(tmp_path / "site", "--as-of", day)
    assert not list(tmp_path.iterdir())


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/letter.txt").write_text("mine")
    with pytest.raises(CommandError, match="不是空目录，也不是以前导出的"):
        exported(tmp_path / "site")
    (tmp_path / "other").mkdir()
    (tmp_path / "other.tmp").mkdir()
    (tmp_path / "other.tmp/letter.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"other\.tmp 不是空目录"):
        exported(tmp_path / "other")
    with pytest.raises(CommandError, match="是一个文件"):
        exported(tmp_path / "site/letter.txt")
    assert {path.name for path in tmp_path.rglob("*")} == {"site", "other", "other.tmp", "letter.txt"}


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"不能写入 .*；请检查目录和权限。"):
        exported(Path("/dev/null/site"))


def test_a_failure_leaves_what_was_there(
    tmp_path: Path, year_over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    exported(folder)
    before = sorted(folder.rglob("*"))
    monkeypatch.setattr(exporting, "answer_at", Mock(return_value=None))
    with pytest.raises(CommandError, match="页面 / 打不开，导出中止"):
        exported(folder)
    assert sorted(folder.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_broken_page_leaves_what_was_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "site"):
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_an_interrupted_export_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "site.tmp").mkdir()
    (tmp_path / "site.tmp" / MARK).touch()
    (tmp_path / "site.tmp/half.html").touch()
    exported(tmp_path / "site")
    assert not (tmp_path / "site/half.html").exists()


def test_two_at_once_do_not_write_into_one_another(tmp_path: Path) -> None:
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with pytest.raises(CommandError, match="另一次导出正在写入"):
            exported(tmp_path / "site")
    finally:
        os.close(held)


def test_a_publication_meanwhile_is_noticed(
    tmp_path: Path, year_over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publishing_meanwhile() -> object:
        publish(2031, Period.FULL_YEAR)
        return missing_page()

    monkeypatch.setattr(exporting, "missing_page", publishing_meanwhile)
    with pytest.raises(CommandError, match="导出期间有新的发布"):
        exported(tmp_path / "site")
    assert not list(tmp_path.iterdir())


def test_static_files_that_were_not_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staticfiles_storage, "url", Mock(side_effect=ValueError("no manifest entry")))
    with pytest.raises(CommandError, match=r"尚未收集；请先运行 \./run --setup"):
        exported(tmp_path / "site")


def test_a_name_that_is_a_file_and_a_folder(tmp_path: Path) -> None:
    write(tmp_path, PurePosixPath("a"), b"")
    with pytest.raises(Refused, match="a/b 既是文件又是目录"):
        write(tmp_path, PurePosixPath("a/b"), b"")
