"""The auditor's record at its desk: sentences, filters, files; read by whom it is open to, written by nobody."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook

from indicators.models import AnnualTarget, Cause, QuarterlyActual
from tests.admin.conftest import SignIn
from tests.admin.office import DESKS, Office, address
from tests.cast import Cast, SmallPlan
from tests.evidence.test_desks import attach
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.accounts.trail import (
    BATCH,
    Question,
    changes,
    every_change,
    kinds_open_to,
    read_cursor,
)
from wanzhou.site.workbench import history as desk

pytestmark = pytest.mark.django_db
PLACE = "/admin/history/"
UNTOUCHED = {
    "secondfactor", "withdrawal", "signedsheet", "signedrow", "updatedocument", "causedocument", "adjustmentdocument",
    "contribution", "intake",
    "rulingdocument", "referencedocument",
}  # fmt: skip
"""Kinds that the office has nothing of."""


def tracked() -> list[type[Model]]:
    """The tables of what was changed."""
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


def told(client: Client, **query: Any) -> list[str]:
    response = client.get(PLACE, query)
    assert response.status_code == 200
    return [change.sentence for change in response.context["told"]]


@pytest.fixture
def auditor(office: Office, sign_in: SignIn) -> Client:
    return sign_in(office.cast.auditor)


def test_a_change_is_told_in_a_sentence(office: Office, auditor: Client, sign_in: SignIn) -> None:
    """Labels of fields, choices by their words, related rows by their names; who, and from where."""
    target = office.own[AnnualTarget]
    other = Department.objects.create(code="third", name="第三单位")
    facts = {
        "plan": target.plan_id, "indicator": target.indicator_id, "tier": "headline", "ordinal": target.ordinal,
        "order": target.order, "name": target.name, "unit": "%", "nature": "binding", "wording": "7以上",
        "department": other.pk,
    }  # fmt: skip
    place = address(AnnualTarget, "change", target.pk)
    assert sign_in(office.cast.publisher).post(place, facts, REMOTE_ADDR="192.0.2.9").status_code == 302
    change = auditor.get(PLACE, {"kind": "annualtarget"}).context["told"][0]
    assert change.sentence == (
        f"测试发改发布修改年度目标“1990年{target.name}”：属性由“预期性”改为“约束性”；"
        "目标表述由“6.5以上”改为“7以上”；责任单位由“测试单位”改为“第三单位”。"
    )
    assert (change.address, change.page) == ("192.0.2.9", place)
    page = auditor.get(address(AnnualTarget, "history", target.pk)).content.decode()
    assert "第三单位" in page
    assert "编号" not in page


def test_what_is_gone_is_still_called_by_its_name(office: Office, auditor: Client) -> None:
    target = SmallPlan.of(office.cast, year=1970).target(name="去掉的指标")
    key = target.pk
    target.delete()
    assert told(auditor, kind="annualtarget")[0] == f"系统删除年度目标“去掉的指标（编号{key}，已删除）”。"


def test_every_tracked_table_is_told(office: Office, auditor: Client) -> None:
    """Every kind has a Chinese name and changes to tell; none of them raises."""
    reader = office.cast.auditor
    kinds = kinds_open_to(reader)
    attach(office.own[QuarterlyActual])
    assert len(kinds) == len(tracked())
    for kind in kinds:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in kind.label), kind
        found = changes(Question(kind=kind.key), kinds, most=10)
        assert all(change.sentence.endswith("。") for change in found)
        assert found or kind.key in UNTOUCHED, kind


def test_filters(office: Office, auditor: Client, sign_in: SignIn) -> None:
    cause = office.theirs[Cause]
    Cause.objects.filter(pk=cause.pk).update(text="别家改动")
    assert "别家改动" in told(auditor, kind="cause")[0]
    assert all("原因" in sentence for sentence in told(auditor, kind="cause"))
    theirs = told(auditor, department=office.other.pk)
    assert any("别家改动" in sentence for sentence in theirs)
    assert not any("别家改动" in sentence for sentence in told(auditor, department=office.cast.department.pk))
    today = timezone.localdate()
    assert told(auditor, since=today)
    assert told(auditor, until=today - datetime.timedelta(days=1)) == []
    assert told(auditor, person=office.cast.clerk.pk) == []
    sign_in(office.cast.administrator).post(
        address(Department, "change", office.other.pk), {"code": "elsewhere", "name": "改名单位", "order": 0}
    )
    (renamed,) = told(auditor, person=office.cast.administrator.pk)
    assert renamed == "测试系统管理员修改责任单位“改名单位”：名称由“另一单位”改为“改名单位”。"
    assert renamed not in told(auditor, person="system")


@pytest.mark.parametrize(
    "query",
    [
        {"person": "nobody"}, {"kind": "nothing"}, {"department": "x"}, {"department": 999_999},
        {"since": "yesterday"}, {"since": "2024-02-01", "until": "2024-01-01"},
    ],
)  # fmt: skip
def test_a_question_without_sense_is_said(query: dict[str, Any], auditor: Client) -> None:
    assert auditor.get(PLACE, query).status_code == 400
    assert auditor.get(f"{PLACE}csv/", query).status_code == 400


@pytest.mark.parametrize(
    "after", ["x", "1_2", "1.2_3", "99999999999999999999.0_1_1", "1.0_1_99999999999", "a.b_1_1"]
)
def test_a_place_that_is_none_begins_at_the_newest(after: str, auditor: Client) -> None:
    assert read_cursor(after) is None
    assert told(auditor, after=after) == told(auditor)


def test_the_list_goes_on_without_gap_or_repetition(
    office: Office, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One act has one time for all its rows: places still differ, and pages meet exactly."""
    kinds = kinds_open_to(office.cast.auditor)
    whole = [change.place for change in changes(Question(), kinds, most=10_000)]
    assert len(whole) == len(set(whole)) == sum(kind.events.objects.count() for kind in kinds)
    assert whole == sorted(whole, reverse=True)
    paged: list[Any] = []
    query: dict[str, str] = {}
    while True:
        page = auditor.get(PLACE, query).context
        paged += [change.place for change in page["told"]]
        if not page["older"]:
            break
        query = {"after": page["told"][-1].cursor}
    assert paged == whole
    monkeypatch.setattr("wanzhou.kernel.accounts.trail.BATCH", 7)
    assert [change.place for change in every_change(Question(), kinds)] == whole
    assert BATCH == 500


def test_the_record_as_a_file(office: Office, auditor: Client) -> None:
    """All of it, uncut, and nothing that a spreadsheet would run."""
    long = "=cmd|' /C calc'!A0" + "长" * 500
    Cause.objects.filter(pk=office.own[Cause].pk).update(text=long)
    response = auditor.get(f"{PLACE}csv/", {"kind": "cause"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert tuple(rows[0]) == desk.COLUMNS
    assert rows[1][3:9] == ["修改", "原因说明", rows[1][5], "原因", "测试原因", f"'{long}"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)

    response = auditor.get(f"{PLACE}xlsx/", {"kind": "cause"})
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    sheet = book["变更记录1"]
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert len(cells) == len(rows)
    assert (sheet.cell(2, 9).value, sheet.cell(2, 9).data_type) == (long, "s")
    assert auditor.get(f"{PLACE}pdf/").status_code == 404


def test_a_long_record_goes_on_in_another_sheet(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "SHEET_ROWS", 5)
    kinds = kinds_open_to(office.cast.auditor)
    file = io.BytesIO()
    desk.write_workbook(changes(Question(kind="department"), kinds, most=100), file)
    book = load_workbook(file)
    assert len(book.sheetnames) > 1
    assert all(book[name].cell(1, 1).value == "时间" for name in book.sheetnames)


def test_the_desk_costs_no_more_for_more_changes(office: Office, auditor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert auditor.get(PLACE).status_code == 200
        return len(caught)

    queries()
    before = queries()
    office.furnish()
    assert queries() <= before + 4  # other kinds come onto the page, one more row costs nothing
    for number in range(60):
        QuarterlyActual.objects.filter(pk=office.own[QuarterlyActual].pk).update(note=str(number))
    assert queries() <= before


@pytest.mark.parametrize(
    ("who", "kinds"),
    [("clerk", 0), ("head", 0), ("reviewer", 0), ("publisher", 0), ("administrator", 2), ("auditor", None)],
)
@pytest.mark.parametrize("place", [PLACE, f"{PLACE}csv/", f"{PLACE}xlsx/"])
def test_who_reads_it(place: str, who: str, kinds: int | None, office: Office, sign_in: SignIn) -> None:
    reader = getattr(office.cast, who)
    assert len(kinds_open_to(reader)) == (len(tracked()) if kinds is None else kinds)
    response = sign_in(reader).get(place)
    assert response.status_code == (403 if kinds == 0 else 200)
    if getattr(response, "streaming", False):
        assert b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert Client().get(place).status_code == 302
    assert sign_in(reader).post(place).status_code == 405


def test_an_administrator_reads_only_of_people_and_departments(cast: Cast, sign_in: SignIn) -> None:
    SmallPlan.of(cast).target(name="看不到的指标")
    sentences = told(sign_in(cast.administrator))
    assert sentences
    assert not any("看不到的指标" in sentence for sentence in sentences)
    assert sign_in(cast.administrator).get(PLACE, {"kind": "annualtarget"}).status_code == 400


# --- the auditor writes nothing

# What is his own: his session, his password and his second factor.
OWN = {
    "login",
    "logout",
    "sign-in",
    "second-step",
    "password_change",
    "change-password",
    "second-factor",
    "jsi18n",
}


def staff_addresses(office: Office) -> dict[str, str]:
    """Every address of the administration, with a row of the other department wherever one is asked for."""
    rows = {model._meta.label_lower: row for model, row in office.theirs.items()}
    found: dict[str, str] = {}

    def walk(patterns: list[Any], spaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            elif isinstance(pattern, URLPattern) and pattern.name and pattern.name not in OWN:
                name = ":".join((*spaces, pattern.name))
                found[name] = reverse(name, kwargs=_asked_for(pattern, rows, office))

    admin = [
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == "admin/"
    ]
    walk(admin, ())
    return {name: place for name, place in found.items() if place.startswith("/admin/")}


def _asked_for(pattern: URLPattern, rows: dict[str, Any], office: Office) -> dict[str, Any]:
    """An argument of each kind that the addresses take."""
    model = next((model for model in DESKS.values() if str(pattern.name).startswith(_prefix(model))), None)
    row = rows.get(model._meta.label_lower) if model else None
    key = row.pk if row is not None else model._default_manager.latest("pk").pk if model else 1
    known = {
        "object_id": key, "pk": key, "year": 1990, "form": "csv", "url": "", "target": office.theirs[AnnualTarget].pk,
        "period": "full_year" if "year" in pattern.pattern.converters else office.theirs[QuarterlyActual].period_id,
        "app_label": "indicators", "content_type_id": ContentType.objects.get_for_model(AnnualTarget).pk,
    }  # fmt: skip
    return {name: known.get(name, 1) for name in pattern.pattern.converters} | {
        name: known[name] for name in pattern.pattern.regex.groupindex if name in known
    }


def _prefix(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_"


def everything_stored() -> dict[str, str]:
    """A fingerprint of every table but those of sessions."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table == "django_session":
                continue
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{table}\" t"
            )
            found[table] = cursor.fetchone()[0]
    return found


def test_the_auditor_writes_nothing_at_any_address(office: Office, auditor: Client) -> None:
    """Every address of the staff, posted to with what would do something: refused, and no table has changed."""
    target = office.theirs[AnnualTarget]
    facts = {
        "step": "save", "text": "篡改", "wording": "篡改", "name": "篡改", "value": "1", "post": "yes",
        "action": "delete_selected", "_selected_action": [target.pk], "year": "1990", "row": [target.pk],
        "entry": "figure-1-0", "digest": "x",
    }  # fmt: skip
    places = staff_addresses(office)
    assert {"workbench:drafting", "workbench:draft", "workbench:review", "workbench:history"} <= set(places)
    assert "admin:indicators_annualtarget_add" in places
    before = everything_stored()
    done = {}
    for name, place in places.items():
        for method in ("post", "put", "patch", "delete"):
            status = getattr(auditor, method)(place, facts if method == "post" else "").status_code
            if method == "post" and status not in (403, 404, 405):
                done[name] = status
    assert everything_stored() == before
    # A list and the first page answer a post as they answer a reader, or lead back to themselves.
    reads = (
        *(
            "_changelist",
            "_history",
            "_export",
            ":index",
            ":today",
            ":view_on_site",
            ":autocomplete",
            ":app_list",
        ),
        *(":entry_periods", ":entry_sheets", ":entry_token"),
        "_evidence",  # a form that asks for no act we know is told so, by whomever it was sent
    )
    assert {name: status for name, status in done.items() if not name.endswith(reads)} == {}
