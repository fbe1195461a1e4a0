"""Signed sheets: who uploads and reads them, what they confirm, and that they never leave."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from indicators.models import QuarterlyActual, SignedRow, SignedSheet
from tests.entry.desk import PROVIDED, EntryDesk, form, signed_in
from tests.evidence import files
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow import actions as steps

pytestmark = pytest.mark.django_db

# u: uploads, r: reads; the clerk and the head belong to "own".
TABLE = {
    "clerk": {"own": "ur", "theirs": ""},
    "head": {"own": "ur", "theirs": ""},
    "reviewer": {"own": "ur", "theirs": "ur"},
    "publisher": {"own": "ur", "theirs": "ur"},
    "administrator": {"own": "", "theirs": ""},
    "auditor": {"own": "r", "theirs": "r"},
    "visitor": {"own": "", "theirs": ""},
}
CODES = {"own": "invented", "theirs": "elsewhere"}


def phoned_in(desk: EntryDesk, *texts: str) -> list[QuarterlyActual]:
    reviewer = desk.cast.reviewer
    cells = list(zip(desk.own, texts, strict=False))
    assert signed_in(reviewer).post(desk.url(), form(reviewer, *cells, **PROVIDED)).status_code == 303
    return list(QuarterlyActual.objects.filter(target__in=desk.own).order_by("pk"))


def place(desk: EntryDesk, whose: str = "own") -> str:
    return desk.url(f"sheets/{CODES[whose]}/scans/")


def upload(person: User, desk: EntryDesk, **more: object) -> tuple[int, str]:
    sent = {"files": files.upload("确认表.jpg", files.jpeg()), **more}
    answer = signed_in(person).post(place(desk), sent, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("whose", ["own", "theirs"])
@pytest.mark.parametrize("who", list(TABLE))
def test_who_uploads_and_reads(desk: EntryDesk, who: str, whose: str) -> None:
    client = Client() if who == "visitor" else signed_in(getattr(desk.cast, who))
    may = TABLE[who][whose]
    answer = client.post(place(desk, whose), {"files": files.upload("表.pdf", files.pdf())})
    assert (answer.status_code == 303) == ("u" in may)
    assert SignedSheet.objects.exists() == ("u" in may)
    signed_in(desk.cast.publisher).post(place(desk, whose), {"files": files.upload("表.png", files.png())})
    kept = SignedSheet.objects.latest("pk")
    read = client.get(f"{place(desk, whose)}{kept.pk}/")
    assert (read.status_code == 200) == ("r" in may)
    assert (client.get(place(desk, whose)).status_code == 200) == ("r" in may)
    other = "theirs" if whose == "own" else "own"
    assert client.get(f"{place(desk, other)}{kept.pk}/").status_code != 200
    assert Client().get(f"/documents/{kept.document.sha256}.png").status_code == 404


def test_the_paper_confirms_what_waits_and_says_so(desk: EntryDesk) -> None:
    first, second, third = phoned_in(desk, "6.3", "6.4", "6.5")
    key = desk.own[1].pk
    signed_in(desk.cast.clerk).post(
        desk.url("sheets/invented/"), {f"answer-{key}": "disputed", f"dispute-{key}": "应为6"}
    )
    steps.submit([third], by=desk.cast.reviewer)
    page = signed_in(desk.cast.reviewer).get(desk.url("sheets/invented/")).content.decode()
    assert "把 2 条等待确认的代填数据记为“已确认”" in page
    status, page = upload(desk.cast.reviewer, desk, confirms="on")
    assert status == 200
    assert "凭表确认了 2 条代填数据" in page
    assert page.count("凭签字确认表，测试发改审核") == 2
    for entry, answer in ((first, "confirmed"), (second, "disputed"), (third, "confirmed")):
        entry.refresh_from_db()
        assert entry.answer == answer
    assert list(SignedRow.objects.values_list("signed", flat=True)) == ["6.3", "6.5"]


def test_without_the_persons_word_nothing_is_confirmed(desk: EntryDesk) -> None:
    (entry, *_) = phoned_in(desk, "6.3")
    upload(desk.cast.reviewer, desk)
    entry.refresh_from_db()
    assert entry.answer == ""
    assert not SignedRow.objects.exists()


def test_what_was_signed_stays_when_the_figure_changes(desk: EntryDesk) -> None:
    (entry, *_) = phoned_in(desk, "6.3")
    upload(desk.cast.reviewer, desk, confirms="on")
    phoned_in(desk, "6.2")
    entry.refresh_from_db()
    assert entry.answer == ""
    assert SignedRow.objects.get().signed == "6.3"
    assert (
        "凭签字确认表" not in signed_in(desk.cast.reviewer).get(desk.url("sheets/invented/")).content.decode()
    )


def test_only_scans_are_taken_all_or_none(desk: EntryDesk) -> None:
    (entry, *_) = phoned_in(desk, "6.3")
    bad = [files.upload("一.jpg", files.jpeg()), files.upload("二.xlsx", files.xlsx())]
    answer = signed_in(desk.cast.reviewer).post(place(desk), {"files": bad, "confirms": "on"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“二.xlsx”没有保存：是 Excel 表格，这里不收。可以上传：PDF、JPEG 图片" in said
    assert 'name="confirms" checked' in said
    entry.refresh_from_db()
    assert (entry.answer, SignedSheet.objects.count()) == ("", 0)


def test_a_sheet_is_never_changed_or_removed(desk: EntryDesk) -> None:
    upload(desk.cast.clerk, desk)
    sheet = SignedSheet.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        sheet.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedSheet.objects.update(by=desk.cast.head)


def test_the_page_works_on_a_phone_without_scripts(desk: EntryDesk) -> None:
    page = signed_in(desk.cast.clerk).get(desk.url("sheets/invented/")).content.decode()
    assert 'accept=".pdf,image/jpeg,image/png,image/webp"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "任何时候都不公开" in page
