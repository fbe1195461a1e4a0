"""Many at once, and the server's end in the middle: no update is lost, and what is half done is not done."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import Error, connection, connections
from django.test import Client

from indicators import actions, intakes
from indicators.actions import Typed, save_entries
from indicators.cells import Cell
from indicators.intakes import SentFile, save_intake, undo_intake
from indicators.models import AnnualTarget, Intake, QuarterlyActual
from tests.cast import Cast
from tests.entry.desk import EntryDesk, form
from wanzhou.kernel.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, SAVES = 8, 500


@dataclass(frozen=True)
class Written:
    """One accepted save: the stamp that the writer had seen, and the one it left."""

    key: int
    text: str
    seen: str
    left: str


def writes(desk: EntryDesk, number: int, keys: list[int]) -> list[Written]:
    """One person's part of the saves, at random over the same few cells; asked, he always insists on his own."""
    person = User.objects.get(username=f"writer-{number}")
    client, chance, done = Client(), random.Random(number), list[Written]()
    client.force_login(person)
    seen = dict.fromkeys(keys, "")
    shares = [SAVES // WRITERS + (n < SAVES % WRITERS) for n in range(WRITERS)]
    try:
        for turn in range(shares[number]):
            done.append(
                _insist(client, desk, person, seen, chance.choice(keys), f"{number + 1}.{turn + 1:03}1")
            )
    finally:
        connections.close_all()
    return done


def _insist(
    client: Client, desk: EntryDesk, person: User, seen: dict[int, str], key: int, text: str
) -> Written:
    while True:
        before = seen[key]
        sent = {"reader": person.pk, f"cell-{key}": text, "seen": f"{key}:{before}"}
        answer = client.post(desk.url("save/"), sent)
        assert answer.status_code in (200, 409), answer.content.decode()
        told = answer.json()
        if answer.status_code == 200:
            seen[key] = told["rows"][str(key)]["seen"]
            return Written(key, text, before, seen[key])
        seen[key] = told["clashes"][str(key)]["seen"]


def test_eight_writers_of_one_period_lose_nothing(desk: EntryDesk, cast: Cast) -> None:
    for number in range(WRITERS):
        person = User.objects.create_user(f"writer-{number}", is_staff=True, department=cast.department)
        person.groups.set(cast.clerk.groups.all())
    keys = [target.pk for target in (*desk.own, *(desk.small.target() for _ in range(5)))]
    with ThreadPoolExecutor(WRITERS) as pool:
        parts = list(pool.map(lambda number: writes(desk, number, keys), range(WRITERS)))
    written = [one for part in parts for one in part]
    assert len(written) == SAVES
    assert QuarterlyActual.objects.count() == len(keys)
    for key in keys:
        assert list(chain(written, key)) == recorded(key)


def chain(written: list[Written], key: int) -> Iterator[str]:
    """The texts of a cell in the order in which each followed what its writer had seen; no two followed the same."""
    following = {one.seen: one for one in written if one.key == key}
    assert len(following) == sum(one.key == key for one in written)
    last = ""
    while last in following:
        yield following[last].text
        last = following[last].left


def recorded(key: int) -> list[str]:
    """The same as the database's own record has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value FROM indicators_quarterlyactualevent WHERE target_id = %s ORDER BY revision", [key]
        )
        return [f"{value.normalize():f}" for (value,) in cursor.fetchall()]


@pytest.mark.parametrize("after", [0, 1, 13, 26])
def test_a_killed_connection_leaves_all_or_nothing(
    desk: EntryDesk, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = [*desk.own, *(desk.small.target() for _ in range(24))]
    written, count = actions._written, iter(range(100))

    def and_die(*args: object) -> QuarterlyActual | None:
        if next(count) == after:
            kill_this_connection()
        return written(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_written", and_die)
    typed = [Typed(target.pk, Cell("6")) for target in targets]
    with pytest.raises(Error):
        save_entries(period=desk.period, typed=typed, by=desk.cast.clerk)
    connection.close()
    assert not QuarterlyActual.objects.exists()
    save_entries(period=desk.period, typed=typed, by=desk.cast.clerk)
    assert QuarterlyActual.objects.count() == len(targets) == 27


FILES = [SentFile("甲.xlsx", "0" * 64)]


def import_into(desk: EntryDesk, targets: list[AnnualTarget], text: str) -> None:
    current = {entry.target_id: entry for entry in QuarterlyActual.objects.filter(period=desk.period)}
    typed = [Typed(target.pk, Cell(text), actions.stamp(current.get(target.pk))) for target in targets]
    keys = {target.pk for target in targets}
    save_intake(period=desk.period, typed=typed, imported=keys, files=FILES, by=desk.cast.clerk)


@pytest.mark.parametrize("after", [0, 13, 26])
def test_a_server_killed_in_the_middle_of_an_import_leaves_all_or_nothing(
    desk: EntryDesk, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9, as the machine does when memory runs out: a process of its own writes, and is not asked."""
    targets = [*desk.own, *(desk.small.target() for _ in range(24))]
    import_into(desk, targets, "6")
    written, count = actions._written, iter(range(100))

    def and_die(*args: object) -> QuarterlyActual | None:
        if next(count) == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return written(*args)  # type: ignore[arg-type]

    connections.close_all()
    child = os.fork()
    if child == 0:
        # Whoever reads pages in a browser before this leaves a second connection in this thread, which a child would
        # find and share: it would stay open, and locked, after the child was killed.
        for inherited in connections.all(initialized_only=True):
            del connections[inherited.alias]
        monkeypatch.setattr(actions, "_written", and_die)
        import_into(desk, targets, "7")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert set(QuarterlyActual.objects.values_list("wording", flat=True)) == {"6"}
    assert Intake.objects.count() == 1, "no record is left of what did not come in"
    import_into(desk, targets, "7")
    assert set(QuarterlyActual.objects.values_list("wording", flat=True)) == {"7"}
    assert Intake.objects.count() == 2


@pytest.mark.parametrize("after", [0, 13, 26])
def test_an_undoing_that_is_killed_leaves_all_or_nothing(
    desk: EntryDesk, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = [*desk.own, *(desk.small.target() for _ in range(24))]
    import_into(desk, targets, "6")
    import_into(desk, targets, "7")
    brought, count = intakes._bring_back, iter(range(100))

    def and_die(*args: object) -> None:
        if next(count) == after:
            kill_this_connection()
        brought(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as while_dying:
        while_dying.setattr(intakes, "_bring_back", and_die)
        with pytest.raises(Error):
            undo_intake(Intake.objects.latest("pk"), by=desk.cast.clerk)
    connection.close()
    assert set(QuarterlyActual.objects.values_list("wording", flat=True)) == {"7"}
    assert not Intake.objects.filter(undone_at__isnull=False).exists()
    undo_intake(Intake.objects.latest("pk"), by=desk.cast.clerk)
    assert set(QuarterlyActual.objects.values_list("wording", flat=True)) == {"6"}


def kill_this_connection() -> None:
    """As an administrator, or the end of the server, would: from outside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with ThreadPoolExecutor(1) as outside:
        outside.submit(_terminate, pid).result()


def _terminate(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connections.close_all()


def test_an_entry_that_came_by_another_way_meanwhile_is_not_doubled(
    desk: EntryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The administration's own form asks for no lock of ours: the database refuses the second row."""
    target: AnnualTarget = desk.own[0]
    clash = actions._refuse_clashes

    def and_meanwhile(*args: object) -> None:
        clash(*args)  # type: ignore[arg-type]
        desk.small.draft(target, "9")

    monkeypatch.setattr(actions, "_refuse_clashes", and_meanwhile)
    with pytest.raises(actions.EntryRefused, match="再保存一次"):
        save_entries(period=desk.period, typed=[Typed(target.pk, Cell("6"))], by=desk.cast.clerk)
    monkeypatch.undo()
    assert not QuarterlyActual.objects.exists()
    assert form(desk.cast.clerk, (target, "6"))["seen"] == f"{target.pk}:"
