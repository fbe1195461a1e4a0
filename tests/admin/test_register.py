"""The desk of projects: who may open and do what, what the pages show, and that nothing typed is lost."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from projects.models import AnnualTask, Finding, Likeness, Milestone, Problem, Project, Round, StatusUpdate
from projects.stages import Stage
from tests.admin.conftest import SignIn
from tests.admin.office import Office, address
from tests.admin.test_desks import inline
from tests.admin.test_workbench_roles import WHO, client_of, row
from wanzhou.kernel.plans.models import RuleSet
from wanzhou.kernel.workflow import actions

pytestmark = pytest.mark.django_db
COMMISSION = ("reviewer", "publisher")
PAGES = ("board", "rounds", "round", "sheet", "workbook", "problems", "questions", "likenesses")
READERS = row(*COMMISSION, "auditor")
# A clerk of the commission enters for every department, and so sees how every project stands.
STANDINGS = row(*COMMISSION, "commission", "auditor")
OF_THE_COMMISSION = ("questions", "likenesses")
WRITERS = row(*COMMISSION)


def places(office: Office) -> dict[str, str]:
    held = Round.objects.latest("pk")
    year = office.own[AnnualTask].plan.year
    return {
        "board": f"/admin/register/{year}/",
        "rounds": "/admin/rounds/",
        "round": f"/admin/rounds/{held.pk}/",
        "sheet": f"/admin/rounds/{held.pk}/sheet/",
        "workbook": f"/admin/rounds/{held.pk}/sheet.xlsx",
        "problems": "/admin/problems/",
        "questions": "/admin/questions/",
        "likenesses": "/admin/likenesses/",
    }


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("page", PAGES)
def test_pages(page: str, who: str, office: Office, sign_in: SignIn) -> None:
    response = client_of(who, office, sign_in).get(places(office)[page])
    refused = 302 if who == "anonymous" else 403
    may = READERS[who] if page in OF_THE_COMMISSION else STANDINGS[who]
    assert response.status_code == (200 if may else refused)
    if may and page != "workbook":
        assert inline(response.content.decode()) == []


def open_a_round(office: Office) -> tuple[str, dict[str, Any]]:
    Round.objects.all().delete()
    year = office.own[AnnualTask].plan.year
    facts = {"plan": year, "rhythm": "monthly", "as_of": f"{year}-05-31", "due_on": f"{year}-06-05"}
    return "/admin/rounds/", facts


def close_a_round(office: Office) -> tuple[str, dict[str, Any]]:
    return places(office)["round"], {}


def register_a_need(office: Office) -> tuple[str, dict[str, Any]]:
    update = office.submitted(StatusUpdate)
    return "/admin/problems/", {"step": f"register:n{update.pk}", "text": "用地指标"}


def settle_a_problem(office: Office) -> tuple[str, dict[str, Any]]:
    return "/admin/problems/", {"step": f"settle:p{office.own[Problem].pk}", "answer": "已落实"}


def answer_a_question(office: Office) -> tuple[str, dict[str, Any]]:
    return "/admin/questions/", {"question": "invented-1", "text": "新的结论"}


def keep_two_apart(office: Office) -> tuple[str, dict[str, Any]]:
    Likeness.objects.all().delete()
    first, second = (office.own[AnnualTask].project, office.theirs[AnnualTask].project)
    return "/admin/likenesses/", {"pair": f"{first.pk}-{second.pk}", "ruled": "apart", "reason": "两处"}


ACTIONS: dict[Callable[[Office], tuple[str, dict[str, Any]]], Callable[[], bool]] = {
    open_a_round: lambda: Round.objects.filter(rhythm="monthly").exists(),
    close_a_round: lambda: Round.objects.filter(closed_at__isnull=False).exists(),
    register_a_need: lambda: Problem.objects.filter(text="用地指标").exists(),
    settle_a_problem: lambda: Problem.objects.filter(solved_at__isnull=False, answer="已落实").exists(),
    answer_a_question: lambda: Finding.objects.filter(text="新的结论").exists(),
    keep_two_apart: lambda: Likeness.objects.filter(reason="两处").exists(),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", ACTIONS, ids=lambda act: act.__name__)
def test_actions(act: Any, who: str, office: Office, sign_in: SignIn) -> None:
    place, facts = act(office)
    response = client_of(who, office, sign_in).post(place, facts)
    assert ACTIONS[act]() is WRITERS[who]
    assert response.status_code == (302 if WRITERS[who] or who == "anonymous" else 403)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office.cast.publisher)
    assert strict.post(place, facts).status_code == 403


def test_the_board_tells_why(office: Office, sign_in: SignIn) -> None:
    task = office.own[AnnualTask]
    year = task.plan.year
    AnnualTask.objects.filter(pk=task.pk).update(planned_investment=10000)
    StatusUpdate.objects.filter(task=task).update(
        invested_this_year=1000, as_of=datetime.date(year, 6, 30), reached_stage=Stage.STARTED, percent=12
    )
    office.submitted(StatusUpdate)
    Milestone.objects.filter(task=task).update(planned_on=datetime.date(year, 3, 1))
    client = sign_in(office.cast.reviewer)
    page = client.get(f"/admin/register/{year}/").content.decode()
    assert "完成率10%，序时进度50%，低40个百分点。" in page
    assert "节点“开工”计划" in page
    assert "到年底已184天没有更新（满45天即提示）。" in page
    red = client.get(f"/admin/register/{year}/?light=red")
    assert [one.name for one in red.context["board"].rows] == [task.name]
    # The thresholds take effect at once, whatever version the plan is judged by.
    newest = RuleSet.objects.latest("version").version
    RuleSet.objects.create(
        version=newest + 1, investment_red=-50, stale_days=200, by=office.cast.publisher, reason="放宽"
    )
    after = client.get(f"/admin/register/{year}/?light=red")
    assert after.context["board"].rows == ()
    assert "没有更新（满" not in client.get(f"/admin/register/{year}/").content.decode()


@pytest.mark.parametrize(
    "query", ["box=x", "light=blue", "page=999", "q=%00", "department=99999999999", "stage="]
)
def test_questions_that_mean_nothing_are_answered(query: str, office: Office, sign_in: SignIn) -> None:
    year = office.own[AnnualTask].plan.year
    client = sign_in(office.cast.auditor)
    assert client.get(f"/admin/register/{year}/?{query}").status_code == 200
    assert client.get("/admin/register/1900/").status_code == 404
    assert client.get("/admin/rounds/999999/").status_code == 404


def test_the_numbers_of_queries_stay(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    year = office.own[AnnualTask].plan.year
    place = f"/admin/register/{year}/"
    client.get(place)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        counts.append(len(queries))
        box = office.own[AnnualTask].box
        for number in range(30):
            project = Project.objects.create(slug=f"more-{len(counts)}-{number}", name=f"更多{number}")
            task = AnnualTask.objects.create(
                project=project, plan=box.plan, box=box, section="测试", name=project.name,
                order=100 * len(counts) + number + 100,
                planned_stage=Stage.STARTED, wording="测试", department=office.cast.department,
            )  # fmt: skip
            draft = StatusUpdate.objects.create(
                task=task, reached_stage=Stage.STARTED, entered_by=office.cast.clerk
            )
            actions.submit([draft], by=office.cast.clerk)
    assert counts[0] == counts[1] <= 16


def test_the_sheet_as_a_page_and_as_a_workbook(office: Office, sign_in: SignIn) -> None:
    task, held = office.own[AnnualTask], Round.objects.latest("pk")
    Project.objects.filter(pk=task.project_id).update(owner="=1+1", total_investment=5000)
    AnnualTask.objects.filter(pk=task.pk).update(planned_investment=1000, responsible_leader="某局长")
    StatusUpdate.objects.filter(task=task).update(
        as_of=held.as_of, invested_this_year=0, needs="用地", progress="打桩"
    )
    office.submitted(StatusUpdate)
    client = sign_in(office.cast.auditor)
    page = client.get(f"/admin/rounds/{held.pk}/sheet/").content.decode()
    for words in ("=1+1", "某局长", "打桩", "用地", "已报", "未报"):
        assert words in page
    answer = client.get(f"/admin/rounds/{held.pk}/sheet.xlsx")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = {line[2].value: {head.value: cell for head, cell in zip(sheet[3], line, strict=True)}
            for line in sheet.iter_rows(min_row=4)}  # fmt: skip
    line = rows[task.name]
    assert (line["业主"].value, line["业主"].data_type) == ("=1+1", "s")
    assert (line["本年完成投资（万元）"].value, line["年度完成率（%）"].value) == (0, 0)
    assert line["至截至日应完成（万元）"].value == 250
    assert line["累计完成投资（万元）"].value is None
    assert len(rows) == AnnualTask.objects.filter(plan=held.plan).count()


def test_what_was_typed_comes_back(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.reviewer)
    Round.objects.all().delete()
    year = office.own[AnnualTask].plan.year
    wrong = {"plan": year, "rhythm": "monthly", "as_of": f"{year}-05-31", "due_on": f"{year}-05-01",
             "note": "打好的要求"}  # fmt: skip
    page = client.post("/admin/rounds/", wrong).content.decode()
    assert "报送期限不能早于截至日期" in page
    assert "打好的要求" in page
    problem = office.own[Problem]
    sent = client.post("/admin/problems/", {"step": f"settle:p{problem.pk}", "answer": ""}).content.decode()
    assert sent.count('class="errorlist"') == 1
    Likeness.objects.all().delete()
    answer = client.post("/admin/likenesses/", {"pair": "1-2", "ruled": "apart", "reason": ""})
    assert "没有保存：请写明理由。" in answer.content.decode()


def test_rounds_over_the_page(office: Office, sign_in: SignIn) -> None:
    client = sign_in(office.cast.publisher)
    held = Round.objects.latest("pk")
    office.submitted(StatusUpdate)
    before = client.get(f"/admin/rounds/{held.pk}/")
    assert (before.context["answered"], before.context["closes"]) == (1, True)
    after = client.post(f"/admin/rounds/{held.pk}/", follow=True)
    assert "调度已结束" in after.content.decode()
    assert after.context["closes"] is False
    assert client.post(f"/admin/rounds/{held.pk}/").status_code == 200, (
        "a second end is refused, and no error"
    )
    assert "上次调度" in client.get(f"/admin/register/{held.plan.year}/").content.decode()


def test_a_new_version_of_the_rules_starts_from_the_newest(office: Office, sign_in: SignIn) -> None:
    newest = RuleSet.objects.latest("version").version
    RuleSet.objects.create(version=newest + 1, investment_yellow=-12, by=office.cast.publisher, reason="测试")
    page = sign_in(office.cast.publisher).get(address(RuleSet, "add")).content.decode()
    assert 'value="-12' in page
    assert "保存之后立即生效" in page
