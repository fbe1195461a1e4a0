"""Rows and files agree: no row without its file, whole files only, orphans are swept, damage is told."""

from __future__ import annotations

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from indicators.models import FigureDocument
from tests.entry.desk import EntryDesk
from tests.evidence import files, pictures
from wanzhou.kernel.evidence import vault as place
from wanzhou.kernel.evidence.actions import MOST_FILES, FilesRefused, clean_name, take_in
from wanzhou.kernel.evidence.kinds import MOST_BYTES, SCANS, Kind
from wanzhou.kernel.evidence.models import Document

pytestmark = pytest.mark.django_db


def swept(*asked: str) -> str:
    said = StringIO()
    call_command("sweep_evidence", *asked, stdout=said)
    return said.getvalue()


def kept(vault: Path) -> list[Path]:
    return sorted(found for found in vault.rglob("*") if found.is_file())


def test_a_file_lies_under_its_content_and_is_not_for_others(desk: EntryDesk, vault: Path) -> None:
    one, again = take_in(
        [files.upload("甲.pdf", files.pdf()), files.upload("乙.pdf", files.pdf())], by=desk.cast.clerk
    )
    assert one.sha256 == again.sha256
    (only,) = kept(vault)
    assert only == vault / one.sha256[:2] / one.sha256
    assert only.stat().st_mode & 0o777 == 0o640
    assert (one.name, one.kind, one.size) == ("甲.pdf", "pdf", len(files.pdf()))
    assert place.is_sound(one.sha256)


def test_one_bad_file_refuses_all_and_each_is_named(desk: EntryDesk, vault: Path) -> None:
    sent = [
        files.upload("好.pdf", files.pdf()),
        files.upload("网页.pdf", b"<html></html>"),
        files.upload("大.pdf", b"%PDF-" + b"0" * MOST_BYTES),
    ]
    with pytest.raises(FilesRefused) as refused:
        take_in(sent, by=desk.cast.clerk)
    page, big = refused.value.problems
    assert page.startswith("“网页.pdf”没有保存：网页或 XML 文件。可以上传：PDF，Word")
    assert "“大.pdf”没有保存：文件太大（20.0 MB）" in big
    assert (kept(vault), Document.objects.count()) == ([], 0)


def test_a_picture_is_kept_without_what_hangs_on_it(desk: EntryDesk, vault: Path) -> None:
    told = [files.upload(f"照片.{ending}", pictures.telling(ending)) for ending in ("jpg", "png", "webp")]
    for document in take_in(told, by=desk.cast.clerk):
        content = place.content_of(document.sha256)
        assert document.size == len(content)
        assert not [secret for secret in pictures.SECRETS if secret.encode() in content]
    assert len(kept(vault)) == 3


def test_a_picture_that_cannot_be_drawn_is_refused(desk: EntryDesk, vault: Path) -> None:
    with pytest.raises(FilesRefused, match=r"“大图\.png”没有保存：过大的 PNG 图片"):
        take_in([files.upload("大图.png", pictures.swelling_png(9000))], by=desk.cast.clerk)
    assert kept(vault) == []


def test_nothing_too_many_and_the_wrong_kind(desk: EntryDesk) -> None:
    for sent, says in (
        ([], "没有选文件"),
        ([files.upload("a.pdf", files.pdf())] * (MOST_FILES + 1), "一次最多上传 10 个"),
        ([files.upload("a.docx", files.office("docx"))], "是 Word 文档，这里不收。可以上传：PDF、JPEG 图片"),
    ):
        with pytest.raises(FilesRefused, match=says):
            take_in(sent, by=desk.cast.clerk, kinds=SCANS)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告.pdf", "报告.pdf"),
        ("报告.PDF", "报告.pdf"),
        ("报告.exe", "报告.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\表\\一.pdf", "一.pdf"),
        ("甲\u202efdp.exe", "甲fdp.exe.pdf"),
        ("a\r\nb: c\x00.pdf", "ab_ c.pdf"),
        ('<img src=x onerror="1">.pdf', "_img src=x onerror=_1__.pdf"),
        ("", "未命名.pdf"),
        (".htaccess", "htaccess.pdf"),
        (".pdf", "未命名.pdf"),
        ("长" * 400 + ".pdf", "长" * 150 + ".pdf"),
    ],
)
def test_names_do_not_deceive(name: str, shown: str) -> None:
    assert clean_name(name, Kind.PDF) == shown


def test_a_full_disk_leaves_neither_row_nor_half_a_file(
    desk: EntryDesk, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        take_in([files.upload("a.pdf", files.pdf())], by=desk.cast.clerk)
    assert (kept(vault), Document.objects.count()) == ([], 0)


def test_the_sweep_takes_what_nothing_names(desk: EntryDesk, vault: Path) -> None:
    attached, loose = take_in(
        [files.upload("a.pdf", files.pdf()), files.upload("b.png", files.png())], by=desk.cast.clerk
    )
    FigureDocument.objects.create(document=attached, actual=desk.small.draft(desk.own[0]))
    rolled_back = place.put(files.jpeg())
    assert "0 条无主的记录、0 个没有记录的文件" in swept()  # all of it is younger than a day
    _age(vault)
    assert "0 条无主的记录、1 个没有记录的文件" in swept()
    assert not place.is_sound(rolled_back)
    assert place.is_sound(loose.sha256)
    assert "1 条无主的记录、0 个" in swept("--hours", "0").replace("1 个没有", "0 个没有")
    assert [one.name for one in kept(vault)] == [attached.sha256]
    assert list(Document.objects.all()) == [attached]


def _age(vault: Path) -> None:
    old = time.time() - 25 * 3600
    for found in kept(vault):
        os.utime(found, (old, old))


def test_putting_the_same_content_again_makes_it_young(vault: Path) -> None:
    sha256 = place.put(files.pdf())
    _age(vault)
    assert place.put(files.pdf()) == sha256
    assert list(place.old_files(3600)) == []


def test_a_missing_or_changed_file_is_told(desk: EntryDesk, vault: Path) -> None:
    (one,) = take_in([files.upload("证据.pdf", files.pdf())], by=desk.cast.clerk)
    assert "1 份佐证材料的文件都在" in swept("--check")
    place.place_of(one.sha256).write_bytes(b"changed")
    with pytest.raises(CommandError, match=r"1 个文件缺失或被改动，请从备份恢复：证据\.pdf"):
        swept("--check")


def test_the_database_keeps_documents_as_they_are(desk: EntryDesk) -> None:
    (one,) = take_in([files.upload("a.pdf", files.pdf())], by=desk.cast.clerk)
    rows = Document.objects.filter(pk=one.pk)
    for change in ({"name": "b.pdf"}, {"sha256": "0" * 64}, {"uploaded_at": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    for bad in ({"size": 0}, {"size": MOST_BYTES + 1}, {"sha256": "x"}, {"kind": "exe"}, {"name": ""}):
        good = {"name": "a", "kind": "pdf", "size": 1, "sha256": "0" * 64, "uploaded_by": desk.cast.clerk}
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.create(**{**good, **bad})
