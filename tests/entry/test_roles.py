"""Who reaches what of entry: six roles and a visitor, the own and a foreign department, every address and act."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from indicators.models import QuarterlyActual
from tests.entry.desk import PROVIDED, EntryDesk, form, signed_in, texts
from wanzhou.kernel.accounts.models import Department, User

pytestmark = pytest.mark.django_db

# What each may do with rows of the cast's department ("own") and of the other one ("theirs").
# s: sees the rows, w: writes and hands in, a: answers on the sheet. The clerk and the head belong to "own".
TABLE = {
    "clerk": {"own": "swa", "theirs": ""},
    "head": {"own": "swa", "theirs": ""},
    "reviewer": {"own": "sw", "theirs": "sw"},
    "publisher": {"own": "sw", "theirs": "sw"},
    "administrator": {"own": "", "theirs": ""},
    "auditor": {"own": "s", "theirs": "s"},
    "visitor": {"own": "", "theirs": ""},
}
CELLS = [(who, whose) for who in TABLE for whose in ("own", "theirs")]


def client_of(desk: EntryDesk, who: str) -> tuple[Client, User]:
    person = desk.cast.clerk if who == "visitor" else getattr(desk.cast, who)
    return (Client() if who == "visitor" else signed_in(person)), person


def row_of(desk: EntryDesk, whose: str) -> Any:
    return desk.own[0] if whose == "own" else desk.theirs


def department_of(whose: str) -> str:
    return "invented" if whose == "own" else "elsewhere"


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_the_grid(desk: EntryDesk, who: str, whose: str) -> None:
    client, _ = client_of(desk, who)
    sees = "s" in TABLE[who][whose]
    page = client.get(desk.url()).content.decode()
    assert (row_of(desk, whose).name in page) == sees
    assert (f'name="cell-{row_of(desk, whose).pk}"' in page) == ("w" in TABLE[who][whose])
    chosen = client.get(desk.url(), {"department": department_of(whose)})
    assert (chosen.status_code == 200) == sees


@pytest.mark.parametrize("place", ["", "save/"])
@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_writing(desk: EntryDesk, who: str, whose: str, place: str) -> None:
    client, person = client_of(desk, who)
    row = row_of(desk, whose)
    answer = client.post(desk.url(place), form(person, (row, "6.3"), **PROVIDED))
    may = "w" in TABLE[who][whose]
    assert (answer.status_code in (200, 303)) == may
    assert texts(row) == (["6.3"] if may else [""])
    if not may:
        assert answer.status_code in (401, 403)


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_handing_in(desk: EntryDesk, who: str, whose: str) -> None:
    client, person = client_of(desk, who)
    row = row_of(desk, whose)
    client.post(desk.url(), form(person, (row, "6.3"), do="submit", **PROVIDED))
    handed_in = QuarterlyActual.objects.filter(target=row, state="submitted").exists()
    assert handed_in == ("w" in TABLE[who][whose])


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_the_preview_of_a_paste(desk: EntryDesk, who: str, whose: str) -> None:
    client, person = client_of(desk, who)
    row = row_of(desk, whose)
    desk.small.draft(row, "98765")
    answer = client.post(
        desk.url("paste/"), form(person, (row, "98765"), pasted=f"{row.name}\t7.77", start=str(row.pk))
    )
    may = "w" in TABLE[who][whose]
    page = answer.content.decode()
    assert (f'data-key="{row.pk}"' in page) == may
    if not may and who != "visitor":
        assert "98765" not in page
    assert texts(row) == ["98765"]


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_the_sheet(desk: EntryDesk, who: str, whose: str) -> None:
    client, _ = client_of(desk, who)
    answer = client.get(desk.url(f"sheets/{department_of(whose)}/"))
    sees = "s" in TABLE[who][whose]
    assert (answer.status_code == 200) == sees
    assert (row_of(desk, whose).name in answer.content.decode()) == sees
    listed = client.get(desk.url("sheets/"), follow=True).content.decode()
    assert (f"sheets/{department_of(whose)}/" in listed or row_of(desk, whose).name in listed) == sees


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_answering_on_the_sheet(desk: EntryDesk, who: str, whose: str) -> None:
    row = row_of(desk, whose)
    reviewer = desk.cast.publisher if who == "reviewer" else desk.cast.reviewer
    signed_in(reviewer).post(desk.url(), form(reviewer, (row, "6.3"), **PROVIDED))
    client, _ = client_of(desk, who)
    answer = client.post(desk.url(f"sheets/{department_of(whose)}/"), {f"answer-{row.pk}": "confirmed"})
    answered = QuarterlyActual.objects.get(target=row).answer == "confirmed"
    assert answered == ("a" in TABLE[who][whose])
    if not answered:
        assert answer.status_code in (401, 403, 404, 422)


@pytest.mark.parametrize("who", TABLE)
def test_one_foreign_row_among_the_own(desk: EntryDesk, who: str) -> None:
    """A forged form with an own and a foreign cell writes neither."""
    client, person = client_of(desk, who)
    if "w" in TABLE[who]["theirs"]:
        return
    for place in ("", "save/"):
        answer = client.post(desk.url(place), form(person, (desk.own[0], "6"), (desk.theirs, "6")))
        assert answer.status_code in (401, 403)
    client.post(desk.url("sheets/invented/"), {f"answer-{desk.theirs.pk}": "confirmed"})
    assert not QuarterlyActual.objects.exists()


@pytest.mark.parametrize("who", TABLE)
def test_the_places_round_it(desk: EntryDesk, who: str) -> None:
    client, _ = client_of(desk, who)
    may = who not in ("administrator", "visitor")
    for place in ("", "token/", "sheets/"):
        assert (client.get(desk.url(place)).status_code in (200, 302)) == may or who == "visitor"
    assert (client.get("/admin/indicators/quarterlyactual/entry/").status_code == 200) == may
    assert client.get(desk.url("no-such-page/")).status_code in (302, 404)
    strange = "/admin/indicators/quarterlyactual/entry/1066/full-year/"
    assert client.get(strange).status_code in (302, 403, 404)


@pytest.fixture
def commission_clerk(desk: EntryDesk) -> User:
    """A clerk of the commission itself: the department that bears its short name."""
    commission = Department.objects.create(code="commission", name=settings.DISTRICT.commission_short)
    person = User.objects.create_user("test-commission", is_staff=True, department=commission)
    person.groups.set(desk.cast.clerk.groups.all())
    return person


def test_a_clerk_of_the_commission_enters_for_others_and_says_who_provided_it(
    desk: EntryDesk, commission_clerk: User
) -> None:
    client = signed_in(commission_clerk)
    page = client.get(desk.url()).content.decode()
    assert all(f'name="cell-{target.pk}"' in page for target in (*desk.own, desk.theirs))
    refused = client.post(desk.url("save/"), form(commission_clerk, (desk.theirs, "6.3")))
    assert "代填须先写明提供人" in refused.json()["cells"][str(desk.theirs.pk)]
    assert (
        client.post(desk.url("save/"), form(commission_clerk, (desk.theirs, "6.3"), **PROVIDED)).status_code
        == 200
    )
    entry = desk.theirs.actuals.get()
    assert (entry.provider, entry.channel, entry.entered_by) == ("张三", "phone", commission_clerk)
    assert client.get("/admin/review/").status_code == 403


def test_only_who_enters_at_the_commission_sees_every_department(
    desk: EntryDesk, commission_clerk: User
) -> None:
    head = desk.cast.head
    assert not head.has_perm("indicators.view_every_department")
    commission_clerk.groups.clear()
    stranger = User.objects.get(pk=commission_clerk.pk)
    assert not stranger.has_perm("indicators.view_every_department")
