"""What the public may read of evidence: published and marked as public, not withdrawn, from its moment on."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.models import (
    AdjustmentDocument,
    AnnualTarget,
    Cause,
    CauseDocument,
    FigureDocument,
    PublishedRow,
    TargetAdjustment,
)
from projects.models import AnnualTask, Box, Project, StatusUpdate, UpdateDocument
from projects.stages import Stage
from tests.cast import Cast, SmallPlan
from tests.evidence import files
from tests.kernel.test_grant_public import acting_as, granted, role
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import Role
from wanzhou.kernel.evidence.actions import take_in, withdraw
from wanzhou.kernel.evidence.models import Document
from wanzhou.kernel.evidence.telling import still_told
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.export.asking import answer_at
from wanzhou.site.reports.publishing import publish

__all__ = ["role"]

pytestmark = pytest.mark.django_db


def document(by: User, content: bytes, name: str = "证明.pdf") -> Document:
    return take_in([files.upload(name, content)], by=by)[0]


def attest(fact: Any, number: int, *, public: bool = True, name: str = "证明.pdf") -> Document:
    """A document of its own content, attached to a figure, a cause, an adjustment or an update."""
    tables = {"quarterlyactual": FigureDocument, "cause": CauseDocument, "statusupdate": UpdateDocument}
    table: Any = tables.get(fact._meta.model_name, AdjustmentDocument)
    made = document(fact.entered_by, files.pdf(b"/N %d " % number), name)
    table.objects.create(document=made, public=public, **{table.ABOUT: fact})
    return made


def href(one: Document) -> str:
    return f"/documents/{one.sha256}.{one.kind}"


def status(one: Document, client: Client | None = None, query: str = "") -> int:
    return (client or Client()).get(f"{href(one)}{query}").status_code


def published(small: SmallPlan, **more: Any) -> Publication:
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试", **more)
    return small.plan.publications.latest("id")


def figure_on_its_way(small: SmallPlan, target: AnnualTarget, state: str, *, public: bool) -> Document:
    entry = small.draft(target)
    one = attest(entry, target.pk, public=public)
    moves = ["submitted", "approved", "published"]
    done = moves[: moves.index(state) + 1] if state in moves else []
    if "submitted" in done or state == "returned":
        steps.submit([entry], by=small.cast.clerk)
    if state == "returned":
        steps.send_back([entry], by=small.cast.reviewer, note="测试")
    if "approved" in done:
        steps.approve([entry], by=small.cast.reviewer)
    if "published" in done:
        published(small)
    return one


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved", "published"])
def test_only_what_is_published_and_public_leaves(cast: Cast, state: str, public: bool) -> None:
    """Whoever asks, signed in or not: the public address knows published rows and nothing else."""
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), state, public=public)
    may = state == "published" and public
    assert status(one) == (200 if may else 404)
    for each in Role:
        client = Client()
        client.force_login(getattr(cast, each.value))
        assert status(one, client) == (200 if may else 404)
    for row in PublishedRow.objects.all():
        assert bool(row.documents) == may


def test_the_page_names_the_file_and_the_answer_is_guarded(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    target = small.target()
    entry = small.draft(target)
    inside = attest(entry, 1, public=False, name="内部底稿.pdf")
    shown = attest(entry, 2, name="统计公报.pdf")
    steps.approve(steps.submit([entry], by=cast.clerk), by=cast.reviewer)
    published(small)
    page = Client().get(f"/indicators/{target.indicator.code}/").content.decode()
    today = timezone.localdate()
    assert f'<a href="{href(shown)}">统计公报.pdf</a>' in page
    assert f"（1999 年全年；PDF，{shown.size} B，{today.year}年{today.month}月{today.day}日上传）" in page
    assert "内部底稿" not in page
    assert inside.sha256 not in page
    answer = Client().get(href(shown))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    same = Client().get(href(shown), headers={"if-none-match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert Client().post(href(shown)).status_code == 405
    assert Client().head(href(shown)).status_code == 200


def test_causes_adjustments_and_updates_bring_theirs(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    target = small.target("9")
    small.approved(target)
    cause = Cause.objects.create(target=target, period=small.period, text="测试", entered_by=cast.clerk)
    adjustment = TargetAdjustment.objects.create(
        target=target, wording="8", approved_by="测试会议", entered_by=cast.publisher
    )
    box = Box.objects.create(plan=small.plan, number=1, title="测试专栏")
    project = Project.objects.create(slug="invented", name="测试项目")
    task = AnnualTask.objects.create(
        project=project, plan=small.plan, box=box, section="测试", order=1, name="测试项目", wording="测试"
    )
    update = StatusUpdate.objects.create(task=task, reached_stage=Stage.STARTED, entered_by=cast.clerk)
    told = [attest(fact, number) for number, fact in enumerate((cause, adjustment, update))]
    kept = [attest(fact, number + 9, public=False) for number, fact in enumerate((cause, adjustment, update))]
    steps.approve(steps.submit([cause], by=cast.clerk), by=cast.reviewer)
    steps.approve(steps.submit([update], by=cast.clerk), by=cast.reviewer)
    published(small)
    assert [status(one) for one in (*told, *kept)] == [200, 200, 200, 404, 404, 404]
    pages = (
        Client().get(f"/indicators/{target.indicator.code}/").content
        + Client().get("/projects/invented/").content
    )
    assert all(href(one).encode() in pages for one in told)
    with pytest.raises(Exception, match="不能移除"):
        AdjustmentDocument.objects.get(public=True).delete()


def test_a_publication_that_must_wait_holds_its_files_back(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    entry = small.draft(small.target())
    one = attest(entry, 1)
    steps.approve(steps.submit([entry], by=cast.clerk), by=cast.reviewer)
    published(small, not_before=timezone.now() + datetime.timedelta(days=2))
    assert PublishedRow.objects.get().documents
    assert status(one) == 404


def test_the_past_did_not_know_the_file(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), "published", public=True)
    assert status(one, query="?as_of=2000-01-01") == 404
    assert status(one, query="?as_of=heute") == 400


def test_a_withdrawn_file_is_gone_at_once_and_says_why(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), "published", public=True)
    withdraw(one, by=cast.publisher, reason="含个人信息")
    answer = Client().get(href(one))
    assert answer.status_code == 410
    assert "撤回：含个人信息" in answer.content.decode()
    published(small)  # the next act tells the row without it
    assert PublishedRow.objects.latest("pk").documents == []


def test_a_row_lists_its_public_files_in_every_form(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    target = small.target()
    entry = small.draft(target)
    inside, shown = attest(entry, 1, public=False, name="内部.pdf"), attest(entry, 2, name="公报.pdf")
    steps.approve(steps.submit([entry], by=cast.clerk), by=cast.reviewer)
    published(small)
    told = {"name": "公报.pdf", "size": shown.size, "sha256": shown.sha256, "address": href(shown)}
    cell = f"公报.pdf（{shown.size} 字节，SHA-256 {shown.sha256}，{href(shown)}）"
    (row,) = Client().get("/1999/indicators.json").json()["indicators"]
    whole = Client().get(f"/indicators/{target.indicator.code}.json").json()
    for each in (row, *whole["periods"], *whole["history"]):
        assert (each["files"], each["files_named"]) == ([told], cell)
    for address in ("/1999/indicators", f"/indicators/{target.indicator.code}"):
        (line,) = csv.DictReader(Client().get(f"{address}.csv").content.decode("utf-8-sig").splitlines())
        assert line["files_named"] == cell
        sheet = openpyxl.load_workbook(io.BytesIO(Client().get(f"{address}.xlsx").content)).worksheets[0]
        assert cell in [found.value for found in list(sheet.rows)[1]]
        assert inside.sha256 not in str(whole)
    assert Client().get(href(shown)).status_code == 200


def test_a_row_without_files_costs_no_question_about_them(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert still_told([[], []]) == [[], []]
    named = [{"sha256": "0" * 64}]
    with django_assert_num_queries(1):
        assert still_told([named, [], named]) == [named, [], named]


def test_its_name_leaves_every_kept_page_and_file_at_once(cast: Cast) -> None:
    """Nobody publishes anew: pages, twins and validators that were made before are not served any more."""
    small = SmallPlan.of(cast)
    target = small.target()
    gone, stays = (
        figure_on_its_way(small, target, "published", public=True) for target in (target, small.target())
    )
    code, today = target.indicator.code, timezone.localdate()
    whole = [f"/1999/indicators.{form}" for form in ("json", "csv", "xlsx")]
    own = [f"/indicators/{code}{ending}" for ending in ("/", ".json", ".csv", f"/?as_of={today}")]
    had = {address: Client().get(address) for address in (*own, *whole)}
    for address in own:
        assert gone.sha256 in had[address].content.decode(), address
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=2)):  # the header knows no less
        withdraw(gone, by=cast.publisher, reason="测试")
    for address, before in had.items():
        known = {"if-none-match": before["ETag"]}
        for headers in ({}, known, {"if-modified-since": before["Last-Modified"]}):
            now = Client().get(address, headers=headers)
            assert now.status_code == 200, (address, headers)
            assert now.content != before.content, address
        if not address.endswith("xlsx"):
            assert gone.sha256 not in now.content.decode(), address
            assert (stays.sha256 in now.content.decode()) == (address in whole), address


@pytest.mark.parametrize("asked", ["0" * 64, "x", "../secret", "%2e%2e", "F" * 64, "0" * 200])
def test_addresses_that_are_none(cast: Cast, asked: str) -> None:
    assert Client().get(f"/documents/{asked}.pdf").status_code == 404


def test_another_ending_is_another_address(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), "published", public=True)
    for ending in ("html", "png", "exe"):
        assert Client().get(f"/documents/{one.sha256}.{ending}").status_code == 404


def test_the_publics_own_role_is_enough(cast: Cast, role: str) -> None:
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), "published", public=True)
    hidden = figure_on_its_way(small, small.target(), "draft", public=True)
    granted(role)
    with acting_as(role):
        assert (status(one), status(hidden)) == (200, 404)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'evidence_document', 'SELECT')", [role])
        assert cursor.fetchone() == (False,)


def test_the_static_export_takes_the_file_along(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    one = figure_on_its_way(small, small.target(), "published", public=True)
    answer = answer_at(href(one), as_of(""))
    assert answer is not None
    assert answer.content == files.pdf(b"/N %d " % FigureDocument.objects.get().actual.target_id)
    withdraw(one, by=cast.publisher, reason="测试")
    assert answer_at(href(one), as_of("")) is None
