"""Files go along with a decision: kept with it and told with it, or asked for again when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from indicators.evidence import TABLES
from indicators.models import (
    Cause,
    PublishedRow,
    QuarterlyActual,
    ReferenceFigure,
    Ruling,
    TargetAdjustment,
)
from tests.admin.test_city import ANSWER
from tests.admin.test_decisions import ADJUSTED, CAUSE
from tests.admin.test_references import sent, typed
from tests.admin.test_replace import NEW
from tests.cast import Cast, SmallPlan
from tests.evidence import files
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.models import Document
from wanzhou.kernel.workflow import actions as steps
from wanzhou.kernel.workflow.models import Submission
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Decision:
    """A form that is filled in well: who sends what to where, what kind of fact it makes, and what may break it."""

    small: SmallPlan
    by: User
    place: str
    said: dict[str, Any]
    makes: type[Model]
    broken: dict[str, str]

    def send(self, *papers: Any, **changes: Any) -> Any:
        client = Client()
        client.force_login(self.by)
        return client.post(self.place, {**self.said, **changes, "evidence": list(papers)}, follow=True)

    def fact(self) -> Any:
        return self.makes._default_manager.latest("pk")

    def attached(self) -> list[tuple[str, bool]]:
        table = TABLES[self.makes]  # type: ignore[index]
        found = table._default_manager.filter(**{table.ABOUT: self.fact()}).order_by("pk")
        return [(one.document.name, one.public) for one in found.select_related("document")]


def published_row(small: SmallPlan, wording: str, value: str | None, **facts: Any) -> QuarterlyActual:
    row = small.approved(small.target(wording), value, **facts)
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    return row


def ruling(small: SmallPlan) -> Decision:
    actual = published_row(small, "6左右", "5.7")
    said = {"step": "do", "verdict": "met", "reason": "留着我"}
    return Decision(small, small.cast.reviewer, f"/admin/rule/{actual.pk}/", said, Ruling, {"verdict": ""})


def cause(small: SmallPlan) -> Decision:
    target = small.target("7")
    small.approved(target, "6.1")
    said, place = CAUSE | {"measures": "留着我"}, f"/admin/cause/{target.pk}/{small.period.pk}/"
    return Decision(small, small.cast.clerk, place, said, Cause, {"text": ""})


def adjustment(small: SmallPlan) -> Decision:
    actual = published_row(small, "6", "6.1")
    said, place = ADJUSTED | {"note": "留着我"}, f"/admin/adjust/{actual.target_id}/"
    return Decision(small, small.cast.publisher, place, said, TargetAdjustment, {"meeting": ""})


def calibre(small: SmallPlan) -> Decision:
    actual = published_row(small, "6", "6.1")
    said = {"step": "do", "explanation": "留着我", "breaks": "", "public_note": "", "source": "", "place": ""}
    place = f"/admin/calibre/{actual.target_id}/{small.period.pk}/"
    return Decision(small, small.cast.publisher, place, said, QuarterlyActual, {"breaks": "999"})


def arrival(small: SmallPlan) -> Decision:
    actual = published_row(small, "1.7左右", None, outcome_state="awaiting_city")
    said, place = ANSWER | {"reason": "留着我"}, f"/admin/city/{actual.target_id}/{small.period.pk}/"
    return Decision(small, small.cast.publisher, place, said, QuarterlyActual, {"value": "六"})


def replacement(small: SmallPlan) -> Decision:
    actual = published_row(small, "6左右", "61")
    said = NEW | {"reason": "留着我"}
    broken = {"because": ""}
    return Decision(
        small, small.cast.publisher, f"/admin/replace/{actual.pk}/", said, QuarterlyActual, broken
    )


def reference(small: SmallPlan) -> Decision:
    actual = published_row(small, "6", "6.1")
    said = sent(typed(actual.target, "city", "4.6"), place="留着我")
    key = f"{actual.target_id}-city-value"
    place = "/admin/references/1999/full_year/"
    return Decision(small, small.cast.reviewer, place, said, ReferenceFigure, {key: "大约"})


DECISIONS = [ruling, cause, adjustment, calibre, arrival, replacement, reference]
every_decision = pytest.mark.parametrize("decided", DECISIONS, ids=lambda each: each.__name__)
Decided = Callable[[SmallPlan], Decision]


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    return SmallPlan.of(cast)


def paper(name: str = "批文.pdf", content: bytes = b"") -> Any:
    return files.upload(name, content or files.pdf())


@every_decision
def test_files_are_kept_with_the_decision_and_told_with_it(small: SmallPlan, decided: Decided) -> None:
    decision = decided(small)
    answer = decision.send(paper(), paper("现场.jpg", files.jpeg()), public="on")
    assert "要重新选" not in answer.content.decode()
    assert decision.attached() == [("批文.pdf", True), ("现场.jpg", True)]
    fact = decision.fact()
    if isinstance(fact, Submission):
        second = small.cast.reviewer if fact.entered_by != small.cast.reviewer else small.cast.publisher
        steps.approve([fact], by=second)
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    told = PublishedRow.objects.filter(publication__period=small.period).latest("publication_id")
    assert [one["name"] for one in told.documents] == ["批文.pdf", "现场.jpg"]
    (address, _) = (f"/documents/{one['sha256']}.{one['kind']}" for one in told.documents)
    assert Client().get(address).status_code == 200


@every_decision
def test_without_a_tick_they_stay_inside(small: SmallPlan, decided: Decided) -> None:
    decision = decided(small)
    decision.send(paper())
    assert decision.attached() == [("批文.pdf", False)]


@every_decision
def test_a_refused_form_keeps_everything_and_asks_for_the_files_again(
    small: SmallPlan, decided: Decided
) -> None:
    decision = decided(small)
    before = decision.makes._default_manager.count()
    said = decision.send(paper(), public="on", **decision.broken).content.decode()
    assert "选的文件要重新选：批文.pdf" in said
    assert "留着我" in said
    assert 'name="public"' in said
    assert " checked" in said[said.index('name="public"') :][:80]
    assert decision.makes._default_manager.count() == before
    assert not Document.objects.exists()


@every_decision
def test_a_file_that_is_not_accepted_refuses_the_whole_decision(small: SmallPlan, decided: Decided) -> None:
    decision = decided(small)
    before = decision.makes._default_manager.count()
    said = decision.send(paper(), paper("表.pdf", files.office("docm"))).content.decode()
    assert "“表.pdf”没有保存：带宏的 Office 文件" in said
    assert "选的文件要重新选：批文.pdf、表.pdf" in said
    assert "留着我" in said
    assert decision.makes._default_manager.count() == before
    assert not Document.objects.exists()


@pytest.mark.parametrize("decided", [one for one in DECISIONS if one is not replacement])
def test_looking_takes_no_file_in(small: SmallPlan, decided: Decided, vault: Any) -> None:
    decision = decided(small)
    said = decision.send(paper(), step="look").content.decode()
    assert "选的文件要重新选：批文.pdf" in said
    assert not [found for found in vault.rglob("*") if found.is_file()]


@every_decision
def test_who_checks_sees_them_at_its_own_desk(small: SmallPlan, decided: Decided) -> None:
    decision = decided(small)
    decision.send(paper())
    fact = decision.fact()
    name = f"admin:{fact._meta.app_label}_{fact._meta.model_name}_change"
    for who in (small.cast.reviewer, small.cast.auditor):
        client = Client()
        client.force_login(who)
        assert "批文.pdf" in client.get(reverse(name, args=[fact.pk])).content.decode()


def test_a_screen_without_a_change_has_nowhere_to_attach_to(small: SmallPlan) -> None:
    decision = reference(small)
    client = Client()
    client.force_login(decision.by)
    answer = client.post(decision.place, sent() | {"evidence": paper()})
    said = answer.content.decode()
    assert "没有改动哪一格，文件无处可附" in said
    assert "选的文件要重新选：批文.pdf" in said


def test_one_file_attests_every_changed_cell(small: SmallPlan) -> None:
    first, second = small.target(), small.target()
    client = Client()
    client.force_login(small.cast.reviewer)
    facts = sent(typed(first, "city", "1"), typed(second, "nation", "2")) | {"evidence": paper()}
    assert (
        "已保存 2 条" in client.post("/admin/references/1999/full_year/", facts, follow=True).content.decode()
    )
    assert Document.objects.count() == 1
    assert [figure.documents.count() for figure in ReferenceFigure.objects.all()] == [1, 1]


def test_a_paper_that_the_public_was_told_of_stays_with_its_reference_figure(small: SmallPlan) -> None:
    decision = reference(small)
    decision.send(paper(), public="on")
    (one,) = decision.fact().documents.all()
    one.delete()
    decision.send(
        paper(),
        public="on",
        **{
            f"{small.plan.targets.get().pk}-city-value": "4.7",
            f"{small.plan.targets.get().pk}-city-seen": "4.6||",
        },
    )
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="测试")
    with pytest.raises(Exception, match="不能移除"):
        decision.fact().documents.get().delete()
