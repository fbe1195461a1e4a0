"""A report is handed in, gone through, compared, and made into a draft plan by whoever may; never by accident."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from indicators.models import AnnualTarget, Indicator, Tier
from projects.models import AnnualTask, Project
from tests.acceptance.printed_report import REPORT
from tests.admin.conftest import SignIn
from tests.cast import Cast
from tests.site.intake.words import HEADS, ROWS, saved, word_file
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanState
from wanzhou.site.reports.intake.kept import Reading
from wanzhou.site.reports.intake.pieces import decided, pieces_of
from wanzhou.site.reports.intake.stored import as_stored, from_stored

pytestmark = pytest.mark.django_db
WHO = ("clerk", "head", "reviewer", "publisher", "administrator", "auditor")
READERS = ("reviewer", "publisher", "auditor")
NEXT = REPORT.replace("2023", "2024").replace("2022", "2023")


def person(cast: Cast, who: str) -> User:
    found: User = getattr(cast, who)
    return found


@pytest.fixture
def desk(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.publisher)


def handed_in(client: Client, text: str = REPORT) -> Reading:
    answer = client.post("/admin/intake/", {"text": text})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return Reading.objects.latest("pk")


def send(client: Client, reading: Reading, part: str, **said: Any) -> Any:
    reading.refresh_from_db()
    form = {"part": part, "revision": str(reading.revision), "step": "keep"} | said
    return client.post(f"/admin/intake/{reading.pk}/", form)


def all_accepted(client: Client, reading: Reading) -> None:
    """First what is certain, then all the rest, one by one."""
    send(client, reading, "table-0", step="every")
    reading.refresh_from_db()
    for one in decided(pieces_of(reading.report), reading.decisions):
        if one.choice is None:
            assert (
                send(client, reading, one.piece.part, **{f"{one.piece.key}-choice": "accepted"}).status_code
                == 302
            )


@pytest.mark.parametrize("who", WHO)
def test_who_may_open_and_do_what(cast: Cast, sign_in: SignIn, who: str) -> None:
    reading = handed_in(sign_in(cast.reviewer))
    client = sign_in(person(cast, who))
    may_read, may_change, may_make = who in READERS, who in ("reviewer", "publisher"), who == "publisher"
    place = f"/admin/intake/{reading.pk}/"
    assert client.get("/admin/intake/").status_code == (200 if may_read else 403)
    assert client.get(place).status_code == (200 if may_read else 403)
    assert client.get(f"{place}compare/").status_code == (200 if may_read else 403)
    assert client.get(f"{place}make/").status_code == (200 if may_make else 403)
    assert client.post("/admin/intake/", {"text": NEXT}).status_code == (302 if may_change else 403)
    decided = client.post(place, {"part": "table-0", "revision": "0", "step": "certain"})
    assert decided.status_code == (302 if may_change else 403)
    reading.refresh_from_db()
    assert bool(reading.decisions) == may_change
    assert client.post(f"{place}make/", {"revision": str(reading.revision)}).status_code == (
        422 if may_make else 403
    )
    assert not Plan.objects.exists()


def test_nobody_comes_in_without_signing_in(client: Client, cast: Cast, sign_in: SignIn) -> None:
    reading = handed_in(sign_in(cast.reviewer))
    for place in ("", f"{reading.pk}/", f"{reading.pk}/compare/", f"{reading.pk}/make/"):
        assert client.get(f"/admin/intake/{place}").status_code == 302
        assert client.post(f"/admin/intake/{place}").status_code == 302


def test_a_reading_is_kept_without_a_loss(desk: Client) -> None:
    reading = handed_in(desk)
    assert reading.report == from_stored(as_stored(reading.report))
    assert (reading.year, reading.counted_in, reading.revision) == (2023, "行", 0)
    assert reading.lines[14] == "表1  2022年经济社会发展主要预期目标完成情况"
    assert handed_in(desk).pk == reading.pk


def test_a_word_file_and_one_that_cannot_be_read(desk: Client) -> None:
    file = SimpleUploadedFile("报告.docx", saved(word_file([HEADS, *ROWS])))
    assert desk.post("/admin/intake/", {"file": file}).status_code == 302
    assert Reading.objects.get().counted_in == "段"
    bad = SimpleUploadedFile("报告.docx", b"%PDF-1.7")
    answer = desk.post("/admin/intake/", {"file": bad, "text": "粘贴过的字"})
    assert answer.status_code == 422
    assert "其实是 PDF 文件" in answer.content.decode()
    assert "粘贴过的字" in answer.content.decode()
    assert "没有粘贴任何文字" in desk.post("/admin/intake/", {}).content.decode()
    assert Reading.objects.count() == 1


def test_the_pieces_stand_beside_the_text(desk: Client) -> None:
    reading = handed_in(desk)
    page = desk.get(f"/admin/intake/{reading.pk}/?part=box-2").content.decode()
    assert "第 382 行" in page
    assert "<mark>长江二桥至高铁连接道</mark>" in page
    assert "“和”的两边都像独立的项目" in page
    assert "前面没有编号（一）" in page
    assert 'id="p-1"' not in page
    assert 'id="p-2"' in desk.get(f"/admin/intake/{reading.pk}/?part=box-2&text=all").content.decode()
    assert "style=" not in page


def test_accept_edit_refuse_and_take_back(desk: Client) -> None:
    reading = handed_in(desk)
    assert (
        send(desk, reading, "table-1", **{"t1-0-target": "7以上", "t1-1-choice": "refused"}).status_code
        == 302
    )
    reading.refresh_from_db()
    assert {key: (one["choice"], one["edits"]) for key, one in reading.decisions.items()} == {
        "t1-0": ("accepted", {"target": "7以上"}),
        "t1-1": ("refused", {}),
    }
    assert reading.decisions["t1-0"]["by"]
    page = desk.get(f"/admin/intake/{reading.pk}/?part=table-1").content.decode()
    assert "读出来是“6.5以上”" in page
    send(desk, reading, "table-1", **{"t1-1-choice": ""})
    reading.refresh_from_db()
    assert list(reading.decisions) == ["t1-0"]


def test_bulk_acceptance_leaves_what_is_unsure_or_decided(desk: Client) -> None:
    reading = handed_in(desk)
    send(desk, reading, "box-2", **{"b2-0-choice": "refused"})
    send(desk, reading, "box-2", step="certain")
    reading.refresh_from_db()
    chosen = decided(pieces_of(reading.report), reading.decisions)
    own = [one for one in chosen if one.piece.part == "box-2"]
    assert sum(one.accepted for one in own) == 57 - 5 - 1
    assert sum(one.choice is None for one in own) == 5
    assert not any(one.choice for one in chosen if one.piece.part != "box-2")


def test_a_refused_form_shows_all_that_was_typed(desk: Client) -> None:
    reading = handed_in(desk)
    said = {
        "t1-0-name": "",
        "t1-1-wording": "x",
        "t1-1-target": "七" * 201,
        "t1-2-nature": "其他",
        "t1-3-target": "16以上",
    }
    answer = send(desk, reading, "table-1", **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名称不能空。" in page
    assert "最多 200 个字。" in page
    assert "请从列出的几项里选。" in page
    assert 'value="16以上"' in page
    assert "七" * 201 in page
    reading.refresh_from_db()
    assert reading.decisions == {}


def test_two_people_do_not_overwrite_each_other(cast: Cast, sign_in: SignIn, desk: Client) -> None:
    reading = handed_in(desk)
    assert send(sign_in(cast.reviewer), reading, "table-1", **{"t1-0-choice": "refused"}).status_code == 302
    late = {"part": "table-1", "revision": "0", "step": "keep", "t1-0-target": "9以上"}
    answer = desk.post(f"/admin/intake/{reading.pk}/", late)
    assert answer.status_code == 409
    assert 'value="9以上"' in answer.content.decode()
    assert "别人保存过" in answer.content.decode()
    reading.refresh_from_db()
    assert reading.decisions["t1-0"]["choice"] == "refused"
    desk.post(f"/admin/intake/{reading.pk}/", {"part": "table-1", "revision": "0", "step": "every"})
    reading.refresh_from_db()
    assert reading.revision == 1


def test_next_years_report_becomes_a_draft_plan(desk: Client, loaded_plans: None) -> None:
    projects = Project.objects.count()
    reading = handed_in(desk, NEXT)
    all_accepted(desk, reading)
    reading.refresh_from_db()
    place = f"/admin/intake/{reading.pk}/make/"
    assert (
        "将新建 2024 年计划的草稿：指标 27 行，专栏 167 条，重点工作目标 107 条"
        in desk.get(place).content.decode()
    )
    answer = desk.post(place, {"revision": str(reading.revision)})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/drafting/2024/")
    plan, last = (Plan.objects.get(first_year=year) for year in (2024, 2023))
    assert (plan.state, plan.periods.count()) == (PlanState.DRAFT, 4)

    def rows(of: Plan) -> list[tuple[object, ...]]:
        facts = ("indicator", "ordinal", "order", "name", "unit", "nature", "parent__indicator", "department")
        return list(of.targets.headline().values_list(*facts))

    assert rows(plan) == rows(last)
    wordings = [one.wording for one in last.targets.headline()]
    assert [one.wording for one in plan.targets.headline()] == [
        (one or "").replace("2022", "2023") for one in wordings
    ]
    assert plan.targets.work().count() == 107
    assert not plan.targets.work().filter(in_grid=True).exists()
    facts = ("box__number", "section", "order", "planned_stage", "group", "quantity")
    assert list(plan.tasks.order_by("box", "order").values_list(*facts)) == list(
        last.tasks.order_by("box", "order").values_list(*facts)
    )
    same = AnnualTask.objects.filter(plan=plan, project__tasks__plan=last).count()
    assert same >= 150
    assert Project.objects.count() < projects + 15
    assert desk.get("/admin/drafting/2024/").status_code == 200
    reading.refresh_from_db()
    assert reading.plan == plan
    assert desk.post(place, {"revision": str(reading.revision)}).status_code == 422
    assert send(desk, reading, "table-1", step="certain").status_code == 302
    assert Plan.objects.count() == 3


def test_a_year_that_exists_is_compared_and_never_merged(desk: Client, loaded_plans: None) -> None:
    reading = handed_in(desk, REPORT.replace("\t6.5以上\n\t预期性\n\n\t2\n", "\t7以上\n\t预期性\n\n\t2\n"))
    all_accepted(desk, reading)
    reading.refresh_from_db()
    answer = desk.post(f"/admin/intake/{reading.pk}/make/", {"revision": str(reading.revision)})
    assert answer.status_code == 422
    assert "2023年的计划已经存在；只能比较，不能并入" in answer.content.decode()
    page = desk.get(f"/admin/intake/{reading.pk}/compare/").content.decode()
    assert "与 2022 年计划：没有不同" in page
    assert "与 2023 年计划：1 处不同" in page
    assert "7以上" in page
    assert Plan.objects.count() == 2


def test_another_districts_report_is_only_read(desk: Client, loaded_plans: None) -> None:
    reading = handed_in(desk, NEXT.replace("万州区", "虚构区"))
    all_accepted(desk, reading)
    reading.refresh_from_db()
    assert "像是别的区县的报告" in desk.get(f"/admin/intake/{reading.pk}/").content.decode()
    answer = desk.post(f"/admin/intake/{reading.pk}/make/", {"revision": str(reading.revision)})
    assert "只能查看和比较，不能编成本区的计划" in answer.content.decode()
    assert desk.get(f"/admin/intake/{reading.pk}/compare/").status_code == 200
    assert Plan.objects.count() == 2


def test_a_row_without_an_indicator_waits_for_a_person(desk: Client, loaded_plans: None) -> None:
    text = NEXT.replace("\t人均地区生产总值（万元）", "\t虚构新指标增速（%）")
    reading = handed_in(desk, text)
    all_accepted(desk, reading)
    reading.refresh_from_db()
    place = f"/admin/intake/{reading.pk}/make/"
    page = desk.get(place).content.decode()
    assert "1 行没有对上指标" in page
    form = {"revision": str(reading.revision)}
    refused = desk.post(place, form)
    assert refused.status_code == 422
    assert "“虚构新指标增速”没有对上指标" in refused.content.decode()
    assert not Plan.objects.filter(first_year=2024).exists()
    taken = Indicator.objects.get(code="gdp-growth")
    clash = desk.post(place, form | {"match-t1-1": str(taken.pk)})
    assert "几行对上了同一个指标" in clash.content.decode()
    assert desk.post(place, form | {"match-t1-1": "new:rate:higher"}).status_code == 302
    made = AnnualTarget.objects.get(plan__first_year=2024, ordinal=2, tier=Tier.HEADLINE)
    assert (made.indicator.name, made.indicator.accrual) == ("虚构新指标增速", "rate")


def test_what_was_not_accepted_is_not_made(desk: Client, loaded_plans: None) -> None:
    reading = handed_in(desk, NEXT)
    send(desk, reading, "table-1", step="certain")
    send(desk, reading, "table-1", **{"t1-1-choice": "refused"})
    reading.refresh_from_db()
    page = desk.get(f"/admin/intake/{reading.pk}/make/").content.decode()
    assert "条没有看过，不会编进去" in page
    assert (
        desk.post(f"/admin/intake/{reading.pk}/make/", {"revision": str(reading.revision)}).status_code == 302
    )
    plan = Plan.objects.get(first_year=2024)
    assert plan.targets.headline().count() == 26
    assert [one.ordinal for one in plan.targets.numbered()] == list(range(1, 25))
    assert plan.tasks.count() == 0


def test_plan_and_who_made_it_belong_together(desk: Client, cast: Cast) -> None:
    reading = handed_in(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(made_by=cast.publisher)
