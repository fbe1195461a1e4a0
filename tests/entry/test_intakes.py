"""Imports on record, and the last one undone: what was there before comes back, and nobody's later work is lost."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from indicators.entry.carrying import Imported
from indicators.intakes import SentFile, content_of
from indicators.models import FigureDocument, Intake, QuarterlyActual
from tests.cast import Cast, SmallPlan
from tests.entry.desk import PROVIDED, EntryDesk, entry_of, form, signed_in, texts
from tests.entry.uploads import accept, accepted, send, sheet
from tests.evidence.test_desks import attach
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db
HEAD = ("指标", "完成情况", "备注")


def bring_in(
    desk: EntryDesk, who: User, *lines: tuple[Any, ...], name: str = "报表.xlsx", **more: str
) -> Client:
    client = signed_in(who)
    previewed = send(client, desk.url("workbook/"), sheet(HEAD, *lines, name=name), **more)
    assert "草稿已保存" in accept(client, desk.period, previewed, who)
    return client


def undo(client: Client, desk: EntryDesk) -> Any:
    return client.post(desk.url(f"imports/{Intake.objects.latest('pk').pk}/"), follow=True)


def contents(desk: EntryDesk) -> dict[int, Any]:
    """Everything stored of the rows, but for the revision, which only ever rises."""
    rows = QuarterlyActual.objects.filter(period=desk.period).values()
    return {row["target_id"]: {key: value for key, value in row.items() if key != "revision"} for row in rows}


def test_an_import_is_kept_on_record(desk: EntryDesk) -> None:
    a, b, _ = desk.own
    desk.small.draft(b, "5")
    file = sheet(HEAD, (a.name, "6", ""), (b.name, "7", "快报"), name="甲.xlsx")
    client = signed_in(desk.cast.clerk)
    previewed = send(client, desk.url("workbook/"), file)
    accept(client, desk.period, previewed, desk.cast.clerk)
    intake = Intake.objects.get()
    file.seek(0)
    assert (intake.by, intake.files) == (desk.cast.clerk, "甲.xlsx")
    assert intake.fingerprints == hashlib.sha256(file.read()).hexdigest()
    rows = {row.target_id: row for row in intake.rows.all()}
    assert rows[a.pk].before is None
    assert [content and content["wording"] for content in (rows[b.pk].before, rows[b.pk].after)] == ["5", "7"]
    page = client.get(desk.url()).content.decode()
    assert "《甲.xlsx》" in page
    assert f"imports/{intake.pk}/" in page
    assert "《甲.xlsx》" in client.get(desk.url("imports/")).content.decode()


def test_undo_brings_the_drafts_back_exactly(desk: EntryDesk) -> None:
    """A row that was empty, one with a note and a version, and one that was sent back."""
    a, b, c = desk.own
    clerk, cast = desk.cast.clerk, desk.cast
    client = signed_in(clerk)
    client.post(
        desk.url(), form(clerk, (b, "初步核算7.25"), (c, "6"), do="submit", **{f"note-{b.pk}": "初步数"})
    )
    sent_back = [one for one in map(entry_of, (b, c)) if one]
    actions.send_back(sent_back, by=cast.reviewer, note="请核对")
    before = contents(desk)
    bring_in(desk, clerk, (a.name, "6.1", "甲"), (b.name, "6.2", "乙"), (c.name, "口径调整", "新口径"))
    assert texts(a, b, c) == ["6.1", "6.2", "redefined"]
    preview = client.get(desk.url(f"imports/{Intake.objects.get().pk}/")).content.decode()
    assert "3 行回到导入以前" in preview
    assert "初步核算7.25" in preview
    answer = undo(client, desk)
    assert "已撤销上次导入，3行回到导入以前" in answer.content.decode()
    assert contents(desk) == before
    intake = Intake.objects.get()
    assert (intake.undone_by, intake.left_alone) == (clerk, "")
    assert "撤销上次导入" not in client.get(desk.url()).content.decode()


def test_what_was_touched_since_is_left_alone_with_its_reason(desk: EntryDesk) -> None:
    a, b, c = desk.own
    clerk, head = desk.cast.clerk, desk.cast.head
    d = desk.small.target(name="测试增速丁")
    client = bring_in(desk, clerk, (a.name, "6"), (b.name, "7"), (c.name, "8"), (d.name, "9"))
    signed_in(head).post(desk.url("save/"), form(head, (a, "6.5")))
    client.post(desk.url(), form(clerk, (b, "7"), do="submit"))
    client.post(desk.url("save/"), form(clerk, (d, "")))
    page = undo(client, desk).content.decode()
    assert "1行回到导入以前。3行没有撤销" in page
    for said in (f"“{a.name}”导入以后改动过", f"“{b.name}”已报送，不能再改", f"“{d.name}”后来已被清空"):
        assert said in page
    assert texts(a, b, c, d) == ["6.5", "7", "", ""]
    assert b.name in Intake.objects.get().left_alone


def test_where_nothing_can_come_back_nothing_is_done(desk: EntryDesk) -> None:
    a = desk.own[0]
    client = bring_in(desk, desk.cast.clerk, (a.name, "7"))
    client.post(desk.url(), form(desk.cast.clerk, (a, "7"), do="submit"))
    answer = undo(client, desk)
    assert answer.status_code == 409
    assert "没有可以撤销的" in answer.content.decode()
    assert Intake.objects.get().undone_at is None


def test_imports_are_undone_one_after_another_and_each_once(desk: EntryDesk) -> None:
    a, b, _ = desk.own
    client = bring_in(desk, desk.cast.clerk, (a.name, "1"), (b.name, "1"), name="一.xlsx")
    bring_in(desk, desk.cast.clerk, (a.name, "2"), name="二.xlsx")
    second, first = Intake.objects.all()
    early = client.post(desk.url(f"imports/{first.pk}/"))
    assert "请先撤销最后一次导入" in early.content.decode()
    assert client.post(desk.url(f"imports/{second.pk}/")).status_code == 302
    assert texts(a, b) == ["1", "1"]
    again = client.post(desk.url(f"imports/{second.pk}/"))
    assert (again.status_code, "已经撤销过了" in again.content.decode()) == (409, True)
    assert client.post(desk.url(f"imports/{first.pk}/")).status_code == 302
    assert texts(a, b) == ["", ""]


def test_what_others_said_or_attached_since_stays(desk: EntryDesk, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    a, b, _ = desk.own
    cast = desk.cast
    client = bring_in(desk, cast.reviewer, (a.name, "1"), **PROVIDED)
    signed_in(cast.head).post(desk.url("sheets/invented/"), {f"answer-{a.pk}": "confirmed"})
    assert entry_of(a).answer == "confirmed"  # type: ignore[union-attr]
    assert undo(client, desk).status_code == 409
    own = bring_in(desk, cast.clerk, (b.name, "2"))
    attach(entry_of(b))
    assert FigureDocument.objects.count() == 1
    assert "附了佐证材料" in own.get(desk.url(f"imports/{Intake.objects.latest('pk').pk}/")).content.decode()
    assert undo(own, desk).status_code == 409
    assert texts(a, b) == ["1", "2"]


def test_a_closed_period_undoes_nothing(desk: EntryDesk) -> None:
    client = bring_in(desk, desk.cast.clerk, (desk.own[0].name, "1"))
    desk.close()
    answer = undo(client, desk)
    assert (answer.status_code, "已关闭填报" in answer.content.decode()) == (409, True)
    assert texts(desk.own[0]) == ["1"]


# Who may take back an import of the clerk's that filled rows of the clerk's own department.
MAY = {
    "clerk": 302, "head": 302, "reviewer": 409, "publisher": 409, "auditor": 403, "administrator": 403, "other": 403,
}  # fmt: skip


@pytest.mark.parametrize("who", MAY)
def test_who_may_undo(desk: EntryDesk, who: str) -> None:
    bring_in(desk, desk.cast.clerk, (desk.own[0].name, "1"))
    client = signed_in(desk.other_clerk if who == "other" else getattr(desk.cast, who))
    place = desk.url(f"imports/{Intake.objects.get().pk}/")
    assert client.get(place).status_code == (403 if MAY[who] == 403 else 200)
    listed = client.get(desk.url("imports/"))
    if who == "administrator":
        assert listed.status_code == 403
    else:
        assert ("报表.xlsx" in listed.content.decode()) == (who != "other")
    assert client.post(place).status_code == MAY[who]
    assert texts(desk.own[0]) == (["1"] if MAY[who] != 302 else [""])


def test_a_visitor_undoes_nothing(desk: EntryDesk) -> None:
    bring_in(desk, desk.cast.clerk, (desk.own[0].name, "1"))
    place = desk.url(f"imports/{Intake.objects.get().pk}/")
    assert (Client().get(place).status_code, Client().post(place).status_code) == (302, 401)
    assert Client().get(desk.url("imports/")).status_code == 302
    assert texts(desk.own[0]) == ["1"]


def test_an_import_over_several_departments_is_not_one_of_theirs_to_undo(desk: EntryDesk) -> None:
    lines = [(desk.own[0].name, "1"), (desk.theirs.name, "2")]
    client = bring_in(desk, desk.cast.reviewer, *lines, **PROVIDED)
    theirs = signed_in(desk.other_clerk)
    assert "撤销上次导入" not in theirs.get(desk.url()).content.decode()
    assert undo(theirs, desk).status_code == 403
    assert undo(client, desk).status_code == 200
    assert texts(desk.own[0], desk.theirs) == ["", ""]


def test_whoever_changed_departments_since_may_not(desk: EntryDesk) -> None:
    clerk = desk.cast.clerk
    client = bring_in(desk, clerk, (desk.own[0].name, "1"))
    clerk.department = Department.objects.create(code="third", name="第三单位")
    clerk.save()
    assert undo(client, desk).status_code == 403


def test_a_forged_mark_of_an_import_records_nothing(desk: EntryDesk) -> None:
    a, clerk = desk.own[0], desk.cast.clerk
    client = signed_in(clerk)
    elsewhere = SmallPlan.of(desk.cast, year=1998).period
    of_another = Imported((SentFile("甲.xlsx", "0"),), frozenset({a.pk})).signed(elsewhere)
    for mark in ("别人的.xlsx", "eyJvZiI6MX0:forged:mark", of_another):
        client.post(desk.url(), form(clerk, (a, "6"), do="save", intake=mark))
    assert texts(a) == ["6"]
    assert not Intake.objects.exists()


def test_a_clash_decided_afterwards_still_belongs_to_the_import(desk: EntryDesk) -> None:
    a, b, _ = desk.own
    clerk, head = desk.cast.clerk, desk.cast.head
    client = signed_in(clerk)
    previewed = send(client, desk.url("workbook/"), sheet(HEAD, (a.name, "6"), (b.name, "7")))
    signed_in(head).post(desk.url("save/"), form(head, (a, "9")))
    refused = client.post(desk.url(), accepted(previewed, clerk))
    assert refused.status_code == 409
    mark, choice = refused.context["intake"], refused.context["grid"].rows[0].choice
    again = form(clerk, (b, "7"), intake=mark, do="save") | {
        f"cell-{a.pk}": "6", f"keep-{a.pk}": "mine", f"newest-{a.pk}": choice.newest,
    }  # fmt: skip
    assert client.post(desk.url(), again).status_code == 303
    assert Intake.objects.get().rows.count() == 2
    undo(client, desk)
    assert texts(a, b) == ["9", ""]


def test_the_record_of_an_import_stays_as_it_is(desk: EntryDesk) -> None:
    from django.db import IntegrityError, InternalError, transaction

    bring_in(desk, desk.cast.clerk, (desk.own[0].name, "1"))
    intake = Intake.objects.get()
    for act in (
        lambda: Intake.objects.update(files="别的.xlsx"),
        lambda: intake.rows.update(entry=1),
        lambda: intake.rows.all().delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            act()
    undo(signed_in(desk.cast.clerk), desk)
    with pytest.raises(InternalError), transaction.atomic():
        Intake.objects.update(undone_at=timezone.now())


def test_content_reads_back_as_it_was_written(desk: EntryDesk, cast: Cast) -> None:
    actual = desk.small.draft(
        desk.own[0], "6.125", provider="李四", channel="phone", provided_at=timezone.now()
    )
    stored = QuarterlyActual.objects.get(pk=actual.pk)
    content = content_of(stored)
    assert content["value"] == "6.125000"
    from indicators.intakes import _filled

    again = _filled(QuarterlyActual(), content)
    assert [getattr(again, name) for name in content] == [getattr(stored, name) for name in content]
