"""What the acts of the workbench do, and in whose hands; who opens which page stands in tests/roles/table.txt."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from indicators.drafting.approving import digest_of
from indicators.drafting.sheets import facts_of, rows_of
from indicators.models import (
    AnnualTarget,
    Cause,
    Chase,
    CityRequest,
    PublishedRow,
    QuarterlyActual,
    ReferenceFigure,
    Ruling,
    TargetAdjustment,
)
from projects.models import AnnualTask
from tests.admin.conftest import SignIn
from tests.admin.office import Office
from tests.cast import SmallPlan, clerk_of_the_commission
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.kinds import Kind
from wanzhou.kernel.plans.models import Brief, Edition, Plan, PlanState, Publication, ReportingPeriod
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.moves import State
from wanzhou.site.links.models import Contribution
from wanzhou.site.reports.editions import Held, mark
from wanzhou.site.reports.publishing import propose, publish
from wanzhou.site.workbench.forms import MINUTE
from wanzhou.site.workbench.keys import key_of

pytestmark = pytest.mark.django_db
# The stranger is a clerk of the other department.
WHO = (
    *("anonymous", "clerk", "stranger", "commission", "head"),
    *("reviewer", "publisher", "administrator", "auditor"),
)


def row(*may: str) -> dict[str, bool]:
    """Who may; everybody else may not."""
    return {who: who in may for who in WHO}


COMMISSION = ("reviewer", "publisher")
# A clerk of the commission enters for any department (代填).
ENTERING = ("commission", *COMMISSION)
# Every action, and in whose hands it does something. The own and the other department are tried alike.
ACTIONS = {
    "approve": row(*COMMISSION),
    "approve theirs": row(*COMMISSION),
    "send back": row(*COMMISSION),
    "send back theirs": row(*COMMISSION),
    "publish": row("publisher"),
    "open": row("publisher"),
    "close": row("publisher"),
    "reopen": row("publisher"),
    "complete": row("publisher"),
    "replace": row("publisher"),
    "keep a brief": row(*COMMISSION),
    "mark an edition": row("publisher"),
    "submit": row("clerk", "head", *ENTERING),
    "submit theirs": row("stranger", *ENTERING),
    "chase": row(*COMMISSION),
    "chase theirs": row(*COMMISSION),
    "ask": row(*COMMISSION),
    "answer": row(*COMMISSION),
    "answer a published wait": row("publisher"),
    "rule": row(*COMMISSION),
    "rule theirs": row(*COMMISSION),
    "explain": row("clerk", "head", *ENTERING),
    "explain theirs": row("stranger", *ENTERING),
    "adjust": row("publisher"),
    "change the calibre": row("publisher"),
    "enter a reference": row(*COMMISSION),
    "link a project": row(*COMMISSION),
    "carry forward": row("publisher"),
    "edit a draft": row("publisher"),
    "paste into a draft": row("publisher"),
    "approve a draft": row("publisher"),
}


class Bench:
    """The office with something to do on every page, and each action with the proof that it was done."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.published = QuarterlyActual.objects.published().get()
        self.period: ReportingPeriod = self.published.period
        self.year = self.period.plan.year

    @property
    def places(self) -> dict[str, str]:
        return {
            "today": "/admin/",
            "review": "/admin/review/",
            "publish": "/admin/publish/",
            "preview": f"/admin/publish/{self.year}/full_year/",
            "periods": "/admin/periods/",
            "documents": "/admin/writing/",
            "a document": f"/admin/writing/brief/file/?of={self.year}-full_year&basis=submitted&form=txt",
            "an edition's document": f"/admin/writing/editions/{self.edition}/",
            "replace": f"/admin/replace/{self.published.pk}/",
            "city": "/admin/city/",
            "city line": f"/admin/city/{self.own}/",
            "annex": "/admin/city/annex/",
            "annex xlsx": "/admin/city/annex.xlsx",
            "annex csv": "/admin/city/annex.csv",
            "rule": f"/admin/rule/{self.published.pk}/",
            "cause": f"/admin/cause/{self.own}/",
            "cause theirs": f"/admin/cause/{self.row(theirs=True)}/",
            "adjust": f"/admin/adjust/{self.published.target_id}/",
            "calibre": f"/admin/calibre/{self.own}/",
            "references": f"/admin/references/{self.year}/full_year/",
            "contributions": f"/admin/links/{self.year}/",
            "contribution": f"/admin/links/target/{self.published.target_id}/",
            "decisions": f"/admin/decisions/{self.year}/full_year/",
            "drafting": "/admin/drafting/",
            "draft": f"/admin/drafting/{self.year}/",
            "paste": f"/admin/drafting/{self.year}/paste/",
            "approve a plan": f"/admin/drafting/{self.year}/approve/",
            "reading": f"/admin/drafting/reading/?year={self.year}&indicator={self.published.target.indicator_id}",
            "history": "/admin/history/",
            "history as csv": "/admin/history/csv/",
        }

    @cached_property
    def edition(self) -> int:
        """An edition with a document."""
        act = Publication.objects.filter(period=self.period).earliest("id")
        by = self.office.cast.publisher
        return mark(
            publication=act,
            title="测试",
            issued_on=None,
            held=Held(b"%PDF-1.7", Kind.PDF),
            public=False,
            by=by,
        ).pk

    def keep_a_brief(self, client: Client) -> bool:
        client.post(
            "/admin/writing/brief/", {"of": f"{self.year}-full_year", "basis": "submitted", "form": "txt"}
        )
        return Brief.objects.exists()

    def mark_an_edition(self, client: Client) -> bool:
        act = Publication.objects.filter(period=self.period).earliest("id")
        facts = {"publication": act.pk, "title": "新版本", "source": "none"}
        client.post("/admin/writing/editions/", facts)
        return Edition.objects.filter(title="新版本").exists()

    def row(self, *, theirs: bool = False) -> str:
        """Target and period of the row in the middle of an address."""
        target = (self.office.theirs if theirs else self.office.own)[AnnualTarget]
        return f"{target.pk}/{self.period.pk}"

    @property
    def own(self) -> str:
        return self.row()

    def chase(self, client: Client, *, theirs: bool = False) -> bool:
        before = Chase.objects.count()
        key = self.row(theirs=theirs).replace("/", "-")
        client.post("/admin/city/", {"line": key, "on": "1990-07-01", "channel": "公函", "note": ""})
        return Chase.objects.count() == before + 1

    def ask(self, client: Client) -> bool:
        client.post(f"/admin/city/{self.own}/", {"step": "ask", "bureau": "市测试局"})
        return CityRequest.objects.filter(bureau="市测试局").exists()

    def answer(self, client: Client) -> bool:
        """Of a row that nothing was entered for."""
        small = SmallPlan(self.period.plan, self.period, self.office.cast)
        return self._answered(client, small.target("9"))

    def answer_a_published_wait(self, client: Client) -> bool:
        small = SmallPlan(self.period.plan, self.period, self.office.cast)
        target = small.target("9")
        small.approved(target, None, outcome_state="awaiting_city")
        publish(plan=small.plan, period=small.period, by=self.office.cast.publisher, why="测试")
        return self._answered(client, target)

    def _answered(self, client: Client, target: AnnualTarget) -> bool:
        facts = {
            "step": "answer", "value": "9.1", "answered_on": "1991-03-01", "bureau": "市测试局",
            "channel": "letter", "reason": "来函",
        }  # fmt: skip
        client.post(f"/admin/city/{target.pk}/{self.period.pk}/", facts)
        return QuarterlyActual.objects.filter(target=target, value="9.1").exists()

    def rule(self, client: Client, *, theirs: bool = False) -> bool:
        """By whoever did not enter the figure."""
        office = self.office
        small = SmallPlan(self.period.plan, self.period, office.cast)
        department = office.other if theirs else office.cast.department
        actual = small.approved(small.target("6左右", department=department), "5.7")
        client.post(f"/admin/rule/{actual.pk}/", {"step": "do", "verdict": "met", "reason": "测试"})
        return Ruling.objects.filter(actual=actual).exists()

    def explain(self, client: Client, *, theirs: bool = False) -> bool:
        department = self.office.other if theirs else self.office.cast.department
        small = SmallPlan(self.period.plan, self.period, self.office.cast)
        target = small.target("9", department=department)
        client.post(f"/admin/cause/{target.pk}/{self.period.pk}/", {"step": "do", "text": "测试"})
        return Cause.objects.filter(target=target).exists()

    def adjust(self, client: Client) -> bool:
        facts = {
            "step": "do", "wording": "5以上", "body": "测试机关", "meeting": "测试会议",
            "approved_on": f"{self.year}-08-01", "document": "测试文件",
        }  # fmt: skip
        client.post(self.places["adjust"], facts)
        return TargetAdjustment.objects.filter(target=self.published.target_id, wording="5以上").exists()

    def change_the_calibre(self, client: Client) -> bool:
        place = f"/admin/calibre/{self.published.target_id}/{self.period.pk}/"
        client.post(place, {"step": "do", "explanation": "测试", "breaks": ""})
        return QuarterlyActual.objects.filter(outcome_state="redefined").exists()

    def enter_a_reference(self, client: Client) -> bool:
        cell = f"{self.published.target_id}-nation-value"
        client.post(self.places["references"], {"step": "do", cell: "5.5", "place": "测试公报"})
        return ReferenceFigure.objects.filter(region="全国").exists()

    def link_a_project(self, client: Client) -> bool:
        task = AnnualTask.objects.filter(plan=self.period.plan_id).first()
        assert task is not None
        client.post(self.places["contribution"], {f"t-{task.pk}": "on", f"w-{task.pk}": ""})
        return Contribution.objects.filter(target=self.published.target_id).exists()

    def approve(self, client: Client, *, theirs: bool = False) -> bool:
        entry = self.office.submitted(QuarterlyActual, theirs=theirs)
        client.post("/admin/review/", {"step": "approve", "entry": str(key_of(entry))})
        return self._state(entry) == State.APPROVED

    def send_back(self, client: Client, *, theirs: bool = False) -> bool:
        entry = self.office.submitted(Cause, theirs=theirs)
        facts = {"step": "send_back", "entry": str(key_of(entry)), "note": "请改"}
        client.post("/admin/review/", facts)
        return self._state(entry) == State.RETURNED

    def publish(self, client: Client) -> bool:
        cast = self.office.cast
        small = self.office.submitted(QuarterlyActual)
        steps.approve([small], by=cast.reviewer)
        digest = propose(
            plan=self.period.plan, period=self.period, by=cast.publisher, look=lambda act: act.digest
        )
        before = Publication.objects.count()
        facts = {
            "digest": digest, "why": "测试", "secrecy_by": cast.reviewer.pk, "confirmed": "on",
            "secrecy_at": f"{timezone.localtime():{MINUTE}}", "not_before": "",
        }  # fmt: skip
        client.post(self.places["preview"], facts)
        return Publication.objects.count() > before

    def step(self, client: Client, name: str) -> ReportingPeriod:
        key = f"{self.year}-full_year"
        facts = {"step": f"{name}:{key}", f"{key}-due_on": "1990-07-15", f"{key}-reason": "更正"}
        client.post("/admin/periods/", facts)
        return ReportingPeriod.objects.get(pk=self.period.pk)

    def open(self, client: Client) -> bool:
        return self.step(client, "open").is_open

    def close(self, client: Client) -> bool:
        self._stamp(opened=True)
        return self.step(client, "close").is_closed

    def reopen(self, client: Client) -> bool:
        self._stamp(opened=True, closed=True)
        return self.step(client, "reopen").is_open

    def complete(self, client: Client) -> bool:
        return self.step(client, "complete").complete_at is not None

    def replace(self, client: Client) -> bool:
        facts = {"because": "revision", "outcome_state": "reported", "value": "6.4", "reason": "核定"}
        client.post(self.places["replace"], facts)
        return QuarterlyActual.objects.filter(replaces=self.published).exists()

    def submit(self, client: Client, *, theirs: bool = False) -> bool:
        entry = (self.office.theirs if theirs else self.office.own)[QuarterlyActual]
        facts = {"action": "submit_entries", "_selected_action": [entry.pk]}
        client.post("/admin/indicators/quarterlyactual/", facts)
        return self._state(entry) == State.SUBMITTED

    def carry_forward(self, client: Client) -> bool:
        Plan.objects.filter(pk=self.period.plan_id).update(state=PlanState.SUBMITTED)
        client.post("/admin/drafting/", {"year": self.year, "row": [self.published.target_id]})
        return Plan.objects.filter(first_year=self.year + 1).exists()

    def edit_a_draft(self, client: Client) -> bool:
        facts = facts_of(self.published.target)
        posted = {f"t{self.published.target_id}-{name}": value or "" for name, value in facts.items()}
        seen = {f"t{self.published.target_id}-seen": json.dumps(facts)}
        changed = {f"t{self.published.target_id}-wording": "7以上", "new-nature": "binding", "step": "save"}
        client.post(self.places["draft"], posted | seen | changed)
        return AnnualTarget.objects.get(pk=self.published.target_id).wording == "7以上"

    def paste_into_a_draft(self, client: Client) -> bool:
        target = self.published.target
        digest = digest_of(self.period.plan, rows_of(self.period.plan))
        text = f"{target.name}\t7以上"
        client.post(self.places["paste"], {"text": text, "step": "fill", "digest": digest})
        return AnnualTarget.objects.get(pk=target.pk).wording == "7以上"

    def approve_a_draft(self, client: Client) -> bool:
        digest = digest_of(self.period.plan, rows_of(self.period.plan))
        facts = {"digest": digest, "meeting": "测试会议", "on": "1990-01-20", "confirmed": "on"}
        client.post(self.places["approve a plan"], facts)
        return Plan.objects.get(pk=self.period.plan_id).state == PlanState.APPROVED

    def _stamp(self, **stamps: bool) -> None:
        by, at = self.office.cast.publisher, timezone.now()
        stamped = {f"{name}_{half}": value for name in stamps for half, value in (("by", by), ("at", at))}
        ReportingPeriod.objects.filter(pk=self.period.pk).update(**stamped)

    @staticmethod
    def _state(entry: Any) -> str:
        return str(type(entry)._default_manager.get(pk=entry.pk).state)


@pytest.fixture
def bench(office: Office, settings: Settings, tmp_path: Path) -> Bench:
    settings.MEDIA_ROOT = tmp_path
    return Bench(office)


def client_of(who: str, office: Office, sign_in: SignIn) -> Client:
    if who == "anonymous":
        return Client()
    if who == "commission":
        return sign_in(clerk_of_the_commission(office.cast))
    return sign_in(office.other_clerk if who == "stranger" else getattr(office.cast, who))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", ACTIONS)
def test_actions(action: str, who: str, bench: Bench, sign_in: SignIn) -> None:
    name, _, theirs = action.rpartition(" theirs") if action.endswith(" theirs") else (action, "", "")
    act: Callable[..., bool] = getattr(bench, name.replace(" ", "_"))
    more = {"theirs": True} if action.endswith(" theirs") else {}
    assert act(client_of(who, bench.office, sign_in), **more) is ACTIONS[action][who], theirs


@pytest.mark.parametrize("who", ["clerk", "head"])
def test_a_department_sees_nothing_of_another(who: str, bench: Bench, sign_in: SignIn) -> None:
    office = bench.office
    AnnualTarget.objects.filter(pk=office.theirs[AnnualTarget].pk).update(name="别家指标")
    entry = office.submitted(QuarterlyActual, theirs=True)
    steps.send_back([entry], by=office.cast.reviewer, note="别家意见")
    bench._stamp(opened=True)
    page = client_of(who, office, sign_in).get("/admin/").content.decode()
    for words in ("别家指标", "别家意见", "另一单位"):
        assert words not in page
    assert "别家指标" in client_of("reviewer", office, sign_in).get("/admin/").content.decode()


def test_forged_requests_do_nothing(bench: Bench, sign_in: SignIn) -> None:
    """Every page of ours asks for its token."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(pk=bench.office.cast.publisher.pk))
    rows = PublishedRow.objects.count()
    for name, place in bench.places.items():
        assert strict.post(place, {"step": "approve"}).status_code == 403, name
    assert PublishedRow.objects.count() == rows
