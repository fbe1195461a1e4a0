"""Who reaches what of the updates: six roles and a visitor; led, assisted and foreign projects; every address."""

from __future__ import annotations

import pytest
from django.test import Client

from projects.models import AnnualTask
from tests.updates.desk import UpdatesDesk, form, newest, seen, signed_in, unpublished
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db

# What each may do with projects that the cast's department leads ("own"), assists with, and has nothing to do with.
# s: sees, w: writes, confirms and hands in. The clerk and the head belong to "own".
TABLE = {
    "clerk": {"own": "sw", "assisted": "s", "theirs": ""},
    "head": {"own": "sw", "assisted": "s", "theirs": ""},
    "reviewer": {"own": "sw", "assisted": "sw", "theirs": "sw"},
    "publisher": {"own": "sw", "assisted": "sw", "theirs": "sw"},
    "administrator": {"own": "", "assisted": "", "theirs": ""},
    "auditor": {"own": "s", "assisted": "s", "theirs": "s"},
    "visitor": {"own": "", "assisted": "", "theirs": ""},
}
CELLS = [(who, whose) for who in TABLE for whose in ("own", "assisted", "theirs")]
PAGES = ("", "table/", "rest/", "token/", "table/workbook/", "table/paste/")
PROVIDER = "张三 电话"


def client_of(desk: UpdatesDesk, who: str) -> tuple[Client, User]:
    person = desk.cast.clerk if who == "visitor" else getattr(desk.cast, who)
    return (Client() if who == "visitor" else signed_in(person)), person


def task_of(desk: UpdatesDesk, whose: str) -> AnnualTask:
    return {"own": desk.own[0], "assisted": desk.assisted, "theirs": desk.theirs}[whose]


def department_of(whose: str) -> str:
    return "invented" if whose == "own" else "elsewhere"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", TABLE)
def test_pages(desk: UpdatesDesk, who: str, page: str) -> None:
    client, _ = client_of(desk, who)
    answer = client.get(desk.url(page), {"department": "invented"})
    writes = "w" in TABLE[who]["own"]
    may = "s" in TABLE[who]["own"] and (page not in ("rest/", "table/paste/") or writes)
    if who == "visitor":
        assert answer.status_code == (401 if page == "token/" else 302)
    else:
        assert answer.status_code == ((302 if page == "table/paste/" else 200) if may else 403)


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_seeing_one(desk: UpdatesDesk, who: str, whose: str) -> None:
    client, _ = client_of(desk, who)
    task = task_of(desk, whose)
    answer = client.get(desk.one(task))
    sees, writes = "s" in TABLE[who][whose], "w" in TABLE[who][whose]
    if who == "visitor":
        assert answer.status_code == 302
    elif who == "administrator":
        assert answer.status_code == 403
    else:
        assert answer.status_code == (200 if sees else 404)
    assert (f'name="stage-{task.pk}"' in answer.content.decode()) == writes


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_the_lists(desk: UpdatesDesk, who: str, whose: str) -> None:
    """A department's own pages hold what it leads; who works for every department chooses one."""
    client, _ = client_of(desk, who)
    task = task_of(desk, whose)
    page = client.get(desk.url("table/"), {"department": department_of(whose)})
    led = "s" in TABLE[who][whose] and not (whose == "assisted" and who in ("clerk", "head"))
    assert (task.name in page.content.decode()) == led
    assert page.status_code == 200 if led else page.status_code in (302, 403, 404)
    assert (f'name="stage-{task.pk}"' in page.content.decode()) == ("w" in TABLE[who][whose])


@pytest.mark.parametrize("place", ["one", "table/"])
@pytest.mark.parametrize("do", ["save", "submit"])
@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_writing(desk: UpdatesDesk, who: str, whose: str, do: str, place: str) -> None:
    client, person = client_of(desk, who)
    task = task_of(desk, whose)
    address = desk.one(task) if place == "one" else f"{desk.url(place)}?department={department_of(whose)}"
    sent = form(person, task, do=do, stage="started", provider=PROVIDER)
    answer = client.post(address, sent)
    may = "w" in TABLE[who][whose]
    assert (answer.status_code == 303) == may
    assert unpublished(task) == may
    if may:
        assert newest(task).state == (State.SUBMITTED if do == "submit" else State.DRAFT)
        assert newest(task).provider == (PROVIDER if who in ("reviewer", "publisher") else "")
    else:
        assert answer.status_code in (401, 403, 404)


@pytest.mark.parametrize("way", ["list", "one", "rest"])
@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_no_change(desk: UpdatesDesk, who: str, whose: str, way: str) -> None:
    client, person = client_of(desk, who)
    task = task_of(desk, whose)
    desk.published(task)
    query = f"?department={department_of(whose)}"
    sent = {"reader": str(person.pk), "seen": seen(task), "provider": PROVIDER}
    address, more = {
        "list": (desk.url() + query, {"do": f"unchanged:{task.pk}"}),
        "one": (desk.one(task), {"do": "unchanged"}),
        "rest": (desk.url("rest/") + query, {"do": "confirm"}),
    }[way]
    answer = client.post(address, sent | more)
    may = "w" in TABLE[who][whose]
    assert unpublished(task) == may
    assert answer.status_code == 303 if may else answer.status_code in (401, 403, 404)


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_handing_in_from_the_list(desk: UpdatesDesk, who: str, whose: str) -> None:
    """Who may approve hands in no draft of another; the clerk's stays with its department."""
    client, person = client_of(desk, who)
    task = task_of(desk, whose)
    desk.draft(task, desk.cast.clerk if whose == "own" else desk.other_clerk)
    sent = {"reader": str(person.pk), "seen": seen(task), "do": "submit"}
    client.post(f"{desk.url()}?department={department_of(whose)}", sent)
    assert (newest(task).state == State.SUBMITTED) == (who in ("clerk", "head") and whose == "own")


@pytest.mark.parametrize(("who", "whose"), CELLS)
def test_previews(desk: UpdatesDesk, who: str, whose: str) -> None:
    client, person = client_of(desk, who)
    task = task_of(desk, whose)
    sent = form(person, task, progress="") | {
        "pasted": f"项目名称\t形象进度\n{task.name}\t粘来的",
        "part": "yes",
    }
    answer = client.post(f"{desk.url('table/paste/')}?department={department_of(whose)}", sent)
    may = "w" in TABLE[who][whose]
    assert (f'data-key="{task.pk}"' in answer.content.decode()) == may
    assert unpublished(task) == 0


@pytest.mark.parametrize("who", TABLE)
def test_a_foreign_row_among_the_own(desk: UpdatesDesk, who: str) -> None:
    """A forged form with an own and a foreign row writes neither, where the foreign one is not the person's."""
    client, person = client_of(desk, who)
    own, foreign = desk.own[0], desk.theirs
    sent = form(person, own, foreign, stage="started", provider=PROVIDER) | {f"stage-{foreign.pk}": "started"}
    client.post(f"{desk.url('table/')}?department=invented", sent)
    both = who in ("reviewer", "publisher")
    assert (unpublished(own), unpublished(foreign)) == ((1, 1) if both else (0, 0))


@pytest.mark.parametrize("who", TABLE)
def test_the_first_page_leads_there(desk: UpdatesDesk, who: str) -> None:
    client, _ = client_of(desk, who)
    page = client.get("/admin/").content.decode()
    assert ("/admin/projects/statusupdate/entry/" in page) == ("s" in TABLE[who]["own"])
