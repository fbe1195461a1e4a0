"""A new plan year: carried forward, edited, pasted into, approved; and from then on the database keeps its wordings."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.drafting.carrying import carry_forward
from indicators.drafting.refusals import DraftRefused
from indicators.drafting.sheets import FIELDS, facts_of
from indicators.models import AnnualTarget, Indicator, TargetAdjustment
from tests.admin.conftest import SignIn
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Plan, PlanState, ReportingPeriod

pytestmark = pytest.mark.django_db
LIST, SHEET, PASTE, APPROVE = (
    "/admin/drafting/", "/admin/drafting/2000/", "/admin/drafting/2000/paste/", "/admin/drafting/2000/approve/",
)  # fmt: skip


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """Last year: three numbered rows and a sub-row, with a published name for each."""
    small = SmallPlan.of(cast)
    Plan.objects.filter(pk=small.plan.pk).update(state=PlanState.SUBMITTED)
    small.plan.refresh_from_db()
    small.target("6.5以上", name="测试增速（%）")
    tax = small.target("7左右", name="测试收入")
    small.target("5", name="测试税收", parent=tax, ordinal=None)
    small.target("5.5以内", name="测试失业率", ordinal=3, favourable="lower")
    return small


@pytest.fixture
def publisher(small: SmallPlan, sign_in: SignIn) -> Client:
    return sign_in(small.cast.publisher)


@pytest.fixture
def draft(small: SmallPlan) -> Plan:
    return carry_forward(small.plan, by=small.cast.publisher).plan


def row(plan: Plan, name: str) -> AnnualTarget:
    return plan.targets.get(name=name)


def sheet(plan: Plan, **typed: Any) -> dict[str, Any]:
    """The sheet as a browser sends it; `typed` is by row name: its fields."""
    posted: dict[str, Any] = {"step": "save"}
    for target in plan.targets.all():
        seen = facts_of(target)
        values = seen | typed.get(target.name, {})
        posted[f"t{target.pk}-seen"] = json.dumps(seen)
        for field, value in values.items():
            if value is True:
                posted[f"t{target.pk}-{field}"] = "on"
            elif value is not False:
                posted[f"t{target.pk}-{field}"] = "" if value is None else value
    posted["new-nature"] = "anticipatory"
    return {**posted, **typed.get("new", {})}


def said(response: Any) -> str:
    return str(response.content.decode())


# --- carrying forward


def test_everything_but_the_wordings_goes_along(small: SmallPlan, publisher: Client) -> None:
    rows = {"row": [target.pk for target in small.plan.targets.all()]}
    response = publisher.post(LIST, {"year": 1999, **rows}, follow=True)
    assert response.redirect_chain[-1][0] == SHEET
    plan = Plan.objects.get(first_year=2000)
    assert (plan.title, plan.state, plan.approved_by) == ("2000年测试计划", PlanState.DRAFT, "")
    assert ReportingPeriod.objects.filter(plan=plan, opened_at=None, due_on=None).count() == 4
    kept = ("indicator_id", "ordinal", "order", "name", "unit", "nature", "department_id", "section", "tier")
    for before, after in zip(
        small.plan.targets.order_by("order"), plan.targets.order_by("order"), strict=True
    ):
        assert [getattr(before, field) for field in kept] == [getattr(after, field) for field in kept]
        assert (after.wording, after.source, after.place, after.note, after.series_break) == (
            None,
            None,
            "",
            "",
            False,
        )
    assert row(plan, "测试税收").parent == row(plan, "测试收入")
    assert "6.5以上" in said(response)
    assert "完成情况尚未发布" in said(response)


def test_a_second_click_changes_nothing(small: SmallPlan, draft: Plan, publisher: Client) -> None:
    AnnualTarget.objects.filter(plan=draft).update(wording="8")
    rows = {"row": [target.pk for target in small.plan.targets.all()]}
    response = publisher.post(LIST, {"year": 1999, **rows}, follow=True)
    assert "已经存在，没有作任何改动" in said(response)
    assert Plan.objects.filter(first_year=2000).count() == 1
    assert set(draft.targets.values_list("wording", flat=True)) == {"8"}


def test_rows_left_behind_leave_no_gap(small: SmallPlan, publisher: Client) -> None:
    rows = [row(small.plan, name).pk for name in ("测试增速（%）", "测试失业率")]
    publisher.post(LIST, {"year": 1999, "row": rows})
    plan = Plan.objects.get(first_year=2000)
    assert list(plan.targets.order_by("order").values_list("order", "ordinal", "name")) == [
        (1, 1, "测试增速（%）"),
        (2, 2, "测试失业率"),
    ]


@pytest.mark.parametrize(
    ("names", "says"),
    [(["测试税收"], "其中行要与所属行一起转入"), ([], "没有选中任何一行")],
)
def test_what_cannot_be_carried(names: list[str], says: str, small: SmallPlan, publisher: Client) -> None:
    rows = [row(small.plan, name).pk for name in names]
    assert says in said(publisher.post(LIST, {"year": 1999, "row": rows}, follow=True))
    assert not Plan.objects.filter(first_year=2000).exists()


def test_a_draft_is_not_carried_on(draft: Plan, publisher: Client) -> None:
    assert "还在起草" in said(publisher.get(LIST))
    response = publisher.post(LIST, {"year": 2000, "row": [row(draft, "测试收入").pk]}, follow=True)
    assert "2000年计划还在起草" in said(response)
    assert not Plan.objects.filter(first_year=2001).exists()


@pytest.mark.parametrize("year", ["", "1900", "abc", "99999999999999999999"])
def test_a_year_without_a_plan_is_not_found(year: str, publisher: Client) -> None:
    assert publisher.post(LIST, {"year": year, "row": [1]}).status_code == 404


# --- the sheet


def test_one_screen_changes_everything(draft: Plan, publisher: Client) -> None:
    other = Indicator.objects.create(
        code="invented-more", name="新增指标", short_name="新增 指标", accrual="rate", favourable="higher",
        frequency="quarterly",
    )  # fmt: skip
    typed = {
        "测试增速（%）": {
            "wording": "7左右",
            "order": 3,
            "name": "测试增速",
            "unit": "％",
            "nature": "binding",
        },
        "测试失业率": {"wording": "5.5以内", "order": 1, "series_break": True, "note": "口径变了"},
        "测试税收": {"remove": True},
        "new": {"new-indicator": other.pk, "new-ordinal": 4, "new-wording": "10", "new-unit": "%"},
    }
    response = publisher.post(SHEET, sheet(draft, **typed), follow=True)
    assert "已保存：改动 2 行，新增 1 行，去掉 1 行" in said(response)
    rows = draft.targets.order_by("order").values_list(
        "order", "ordinal", "name", "wording", "nature", "series_break"
    )
    assert list(rows) == [
        (1, 3, "测试失业率", "5.5以内", "anticipatory", True),
        (2, 2, "测试收入", None, "anticipatory", False),
        (3, 1, "测试增速", "7左右", "binding", False),
        (4, 4, "新增指标", "10", "anticipatory", False),
    ]
    assert "7 左右（≥ 6.9）" in said(response)
    assert "没有改动" in said(publisher.post(SHEET, sheet(draft), follow=True))


def test_numbers_are_swapped_and_begun_anew(draft: Plan, publisher: Client) -> None:
    typed = {"测试增速（%）": {"ordinal": 3}, "测试失业率": {"ordinal": 1}}
    publisher.post(SHEET, sheet(draft, **typed))
    assert (row(draft, "测试增速（%）").ordinal, row(draft, "测试失业率").ordinal) == (3, 1)
    publisher.post(SHEET, sheet(draft) | {"step": "renumber"})
    assert list(draft.targets.order_by("order").values_list("ordinal", flat=True)) == [1, 2, None, 3]


def test_a_sub_row_and_its_total_change_places(draft: Plan, publisher: Client) -> None:
    """Each needs what the other has: one steps aside, and the sub-row goes first."""
    tax, total = row(draft, "测试税收"), row(draft, "测试收入")
    typed = {
        "测试税收": {"parent_id": None, "ordinal": 2, "order": 2},
        "测试收入": {"parent_id": tax.pk, "ordinal": None, "order": 3},
    }
    assert publisher.post(SHEET, sheet(draft, **typed)).status_code == 302
    tax.refresh_from_db()
    total.refresh_from_db()
    assert (tax.ordinal, tax.parent_id, total.ordinal, total.parent_id) == (2, None, None, tax.pk)


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("测试增速（%）", {"ordinal": 2}, "序号2与“测试收入”重复"),
        ("测试增速（%）", {"ordinal": None}, "要么有序号，要么选所属行"),
        ("测试税收", {"ordinal": 9}, "其中行没有序号"),
        ("测试收入", {"remove": True}, "所属行要被去掉"),
        ("测试增速（%）", {"name": ""}, "这个字段是必填项"),
        ("测试增速（%）", {"ordinal": "一"}, "输入整数"),
        ("测试增速（%）", {"wording": "长" * 201}, "200"),
        ("测试增速（%）", {"nature": "ornamental"}, "选择一个有效的选项"),
        ("测试增速（%）", {"department_id": 999_999}, "选择一个有效的选项"),
        ("new", {"new-wording": "6"}, "要新增一行，请先选指标"),
    ],
)
def test_what_is_refused_loses_nothing(
    name: str, fields: dict[str, Any], says: str, draft: Plan, publisher: Client
) -> None:
    typed = {"测试失业率": {"wording": "打好的字"}, name: fields}
    before = list(draft.targets.order_by("pk").values())
    response = publisher.post(SHEET, sheet(draft, **typed))
    assert response.status_code == 422
    assert says in said(response)
    assert "打好的字" in said(response)
    assert list(draft.targets.order_by("pk").values()) == before


def test_an_indicator_stands_once(draft: Plan, publisher: Client) -> None:
    again = {"new": {"new-indicator": row(draft, "测试收入").indicator_id, "new-ordinal": 9}}
    assert publisher.post(SHEET, sheet(draft, **again)).status_code == 422
    assert draft.targets.count() == 4


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"name": "x"}'])
def test_a_page_that_is_not_whole_is_refused(seen: str, draft: Plan, publisher: Client) -> None:
    posted = sheet(draft, 测试收入={"wording": "9"})
    posted[f"t{row(draft, '测试收入').pk}-seen"] = seen
    assert publisher.post(SHEET, posted).status_code == 422
    assert row(draft, "测试收入").wording is None


# --- two people


def test_others_changes_are_kept_and_never_overwritten_unseen(draft: Plan, publisher: Client) -> None:
    """A field that only the other touched is his; one that both touched is shown to the second, who decides."""
    stale = sheet(draft, **{"测试收入": {"wording": "9"}, "测试增速（%）": {"note": "我的"}})
    draft.targets.filter(name="测试收入").update(unit="亿元")
    assert publisher.post(SHEET, stale).status_code == 302
    income = row(draft, "测试收入")
    assert (income.wording, income.unit) == ("9", "亿元")

    stale = sheet(draft, 测试收入={"wording": "10"})
    draft.targets.filter(name="测试收入").update(wording="8", department=None)
    response = publisher.post(SHEET, stale)
    assert response.status_code == 409
    assert "别人刚刚改为“8”，您填的是“10”" in said(response)
    assert row(draft, "测试收入").wording == "8"

    seen = response.context["page"].lines[1].form["seen"].value()
    decided = stale | {f"t{income.pk}-seen": seen, f"t{income.pk}-department_id": ""}
    assert json.loads(seen)["wording"] == "8"
    assert publisher.post(SHEET, decided).status_code == 302
    assert (row(draft, "测试收入").wording, row(draft, "测试收入").department) == ("10", None)


def test_a_row_that_another_removed_is_said(draft: Plan, publisher: Client) -> None:
    stale = sheet(draft, 测试税收={"wording": "4"}, 测试收入={"wording": "9"})
    row(draft, "测试税收").delete()
    response = publisher.post(SHEET, stale)
    assert "别人已经去掉了您改过的行：测试税收" in said(response)
    assert row(draft, "测试收入").wording is None


# --- the echo and the paste


@pytest.mark.parametrize(
    ("wording", "says", "doubt"),
    [
        ("6以上", "≥ 6", ""),
        ("6左右", "6 左右（≥ 5.9）", ""),
        ("上级下达任务", "由上级下达", "录入之前不作判定"),
        ("总体保持Ⅱ类", "不差于Ⅱ类", ""),
        ("天上人间", "由人认定", "读不懂"),
        ("6以内", "≤ 6", "请核对"),
        ("", "未填写", ""),
    ],
)
def test_what_is_understood_is_said_while_it_is_typed(
    wording: str, says: str, doubt: str, draft: Plan, publisher: Client
) -> None:
    about: dict[str, Any] = {
        "year": 2000,
        "indicator": row(draft, "测试增速（%）").indicator_id,
        "unit": "%",
        "wording": wording,
    }
    answer = publisher.get("/admin/drafting/reading/", about).json()
    assert says in answer["says"]
    assert doubt in answer["doubt"]
    assert bool(answer["doubt"]) is bool(doubt)


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 400), ({"year": "x", "indicator": "1"}, 400), ({"year": 1777, "indicator": 1}, 404),
     ({"year": 2000, "indicator": 999_999}, 404)],
)  # fmt: skip
def test_a_question_without_sense_is_refused(
    query: dict[str, Any], status: int, draft: Plan, publisher: Client
) -> None:
    assert publisher.get("/admin/drafting/reading/", query).status_code == status


TABLE = "序号\t指标名称\t2000年目标\t指标属性\n1\t测试增速（%）\t6.5以上\t预期性\n2\t测试收入\t7左右\t约束性\n#\t测试税收\t5\t预期性\n3\t测试失业率\t5.5以内\t预期性\n"  # noqa: E501


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace("\t", "\n").replace("\n2\n", "\n\n2\n"),
        "测试增速\t6.5以上\n测试收入\t7左右\n其中：测试税收\t5\n测试失业率\t5.5以内",
    ],
    ids=["the table", "a cell on each line", "two columns"],
)
def test_a_paste_is_shown_first_and_then_fills(text: str, draft: Plan, publisher: Client) -> None:
    shown = publisher.post(PASTE, {"text": text, "step": "preview"})
    assert "将填入 4 行" in said(shown)
    assert shown.context["pasted"].unclear == ()
    assert row(draft, "测试增速（%）").wording is None
    filled = {"text": text, "step": "fill", "digest": shown.context["digest"]}
    assert "已填入 4 行" in said(publisher.post(PASTE, filled, follow=True))
    assert list(draft.targets.order_by("order").values_list("wording", flat=True)) == [
        "6.5以上",
        "7左右",
        "5",
        "5.5以内",
    ]


def test_what_a_paste_does_not_fill_is_listed(draft: Plan, publisher: Client) -> None:
    text = "没有的指标\t5\n测试收入\t7\n测试收入\t8\n测试失业率\t预期性\n测试税收\t4"
    page = publisher.post(PASTE, {"text": text, "step": "preview"})
    for words in ("没有认出是哪一行", "说了几个不同的目标：7、8", "只有名称，没有目标表述", "将填入 1 行"):
        assert words in said(page)
    assert publisher.post(PASTE, {"text": " ", "step": "preview"}).status_code == 422


def test_a_paste_over_what_changed_since_the_preview_is_shown_again(draft: Plan, publisher: Client) -> None:
    digest = publisher.post(PASTE, {"text": TABLE, "step": "preview"}).context["digest"]
    draft.targets.filter(name="测试收入").update(wording="别人填的")
    page = publisher.post(PASTE, {"text": TABLE, "step": "fill", "digest": digest})
    assert "预览之后计划又有改动" in said(page)
    assert row(draft, "测试收入").wording == "别人填的"


# --- problems and approval


def test_problems_are_told_apart(draft: Plan, publisher: Client) -> None:
    draft.targets.filter(name="测试收入").update(wording="天上人间", department=None, unit="亿元", ordinal=7)
    problems = publisher.get(SHEET).context["page"].problems
    told = {(problem.name, problem.says[:12], problem.blocks) for problem in problems}
    assert told == {
        ("测试增速（%）", "没有填写目标表述。", True),
        ("测试税收", "没有填写目标表述。", True),
        ("测试失业率", "没有填写目标表述。", True),
        ("测试收入", "系统读不懂这一表述，到期", False),
        ("测试收入", "没有责任单位，到期没有人", False),
        ("测试收入", "单位与上年（%）不同，却", False),
        ("", "序号不是从1起连续的，可", False),
    }
    assert [problem.blocks for problem in problems] == sorted((p.blocks for p in problems), reverse=True)


def approval(client: Client, **facts: Any) -> dict[str, Any]:
    digest = client.get(APPROVE).context["digest"]
    return {"digest": digest, "meeting": "区人大测试会议", "on": "2000-01-20", "confirmed": "on"} | facts


def test_nothing_unfinished_is_approved(draft: Plan, publisher: Client) -> None:
    response = publisher.post(APPROVE, approval(publisher))
    assert response.status_code == 409
    assert "测试增速（%）：没有填写目标表述" in said(response)
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ({"meeting": " "}, 422, "这个字段是必填项"),
        ({"on": ""}, 422, "这个字段是必填项"),
        ({"on": "昨天"}, 422, "输入一个有效的日期"),
        ({"on": "2999-01-01"}, 409, "批准日期不能晚于今天"),
        ({"confirmed": ""}, 422, "须确认已逐行核对"),
        ({"digest": "another"}, 409, "页面打开之后计划又有改动"),
    ],
)
def test_an_approval_says_which_session_and_when(
    facts: dict[str, str], status: int, says: str, draft: Plan, publisher: Client
) -> None:
    draft.targets.update(wording="6")
    response = publisher.post(APPROVE, approval(publisher, **facts))
    assert (response.status_code, says in said(response)) == (status, True)
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == (PlanState.DRAFT, "")


def test_the_whole_way_on_the_real_plan(loaded_plans: None, cast: Cast, sign_in: SignIn) -> None:
    """2023 is carried to 2024, pasted, edited, put before the congress, approved; then the database keeps it."""
    client = sign_in(cast.publisher)
    last = Plan.objects.get(first_year=2023)
    client.post(LIST, {"year": 2023, "row": list(last.targets.values_list("pk", flat=True))})
    plan = Plan.objects.get(first_year=2024)
    assert (plan.targets.count(), plan.targets.numbered().count(), plan.periods.count()) == (27, 25, 4)
    lines = "\n".join(f"{target.name}\t{target.wording}" for target in last.targets.headline())
    shown = client.post("/admin/drafting/2024/paste/", {"text": lines, "step": "preview"})
    client.post(
        "/admin/drafting/2024/paste/", {"text": lines, "step": "fill", "digest": shown.context["digest"]}
    )
    assert not plan.targets.filter(wording=None).exists()
    growth = plan.targets.get(indicator__code="gdp-growth")
    client.post("/admin/drafting/2024/", sheet(plan, **{growth.name: {"wording": "7以上"}}))
    page = client.get("/admin/drafting/2024/").context["page"]
    assert "提高 1 项" in page.summary
    assert [change.words for change in page.changes if change.name == growth.name] == ["提高 0.5 个百分点"]
    assert page.blocking == ()
    client.post("/admin/drafting/2024/", {"step": "submit"})
    place = "/admin/drafting/2024/approve/"
    digest = client.get(place).context["digest"]
    facts = {"digest": digest, "meeting": "区六届人大四次会议", "on": "2024-01-20", "confirmed": "on"}
    assert client.post(place, {**facts, "source": last.source_id}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.approved_by, plan.approved_on) == (
        PlanState.APPROVED, "区六届人大四次会议", datetime.date(2024, 1, 20),
    )  # fmt: skip
    assert set(plan.targets.values_list("source", flat=True)) == {last.source_id}
    with pytest.raises(DatabaseError, match="只能通过目标调整"), transaction.atomic():
        AnnualTarget.objects.filter(pk=growth.pk).update(wording="8以上")
    response = client.post("/admin/drafting/2024/", sheet(plan, **{growth.name: {"wording": "8以上"}}))
    assert "只能通过“目标调整”改变" in said(response)
    adjusted = {
        "target": growth.pk, "wording": "6以上", "approved_by": "区人大常委会", "approved_on": "2024-08-01",
        "document": "测试文件",
    }  # fmt: skip
    assert client.post("/admin/indicators/targetadjustment/add/", adjusted).status_code == 302
    growth.refresh_from_db()
    assert growth.wording == "7以上"
    assert TargetAdjustment.objects.get(target=growth).wording == "6以上"


def test_no_plan_is_approved_around_the_checks(draft: Plan, publisher: Client) -> None:
    """The plan's own desk keeps its name and documents, not its approval."""
    facts = {
        "kind": "annual", "first_year": 2000, "last_year": 2000, "title": "新名称", "rule_set": draft.rule_set_id,
        "state": "approved", "approved_by": "绕过", "approved_on": "2000-01-20",
    }  # fmt: skip
    assert publisher.post(f"/admin/plans/plan/{draft.pk}/change/", facts).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.state, draft.approved_by) == ("新名称", PlanState.DRAFT, "")


def test_a_row_with_figures_stays(small: SmallPlan, publisher: Client) -> None:
    income = row(small.plan, "测试失业率")
    small.draft(income)
    place = "/admin/drafting/1999/"
    response = publisher.post(place, sheet(small.plan, 测试失业率={"remove": True}))
    assert "已经填报或发布过数据，不能去掉" in said(response)
    assert small.plan.targets.filter(pk=income.pk).exists()


def test_only_those_who_draft_plans_may(small: SmallPlan, draft: Plan) -> None:
    with pytest.raises(DraftRefused, match="没有编制计划的权限"):
        carry_forward(small.plan, by=small.cast.reviewer)


def test_pages_cost_no_more_for_more_rows(small: SmallPlan, draft: Plan, publisher: Client) -> None:
    def queries(place: str) -> int:
        publisher.get(place)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert publisher.get(place).status_code == 200
        return len(caught)

    before = {place: queries(place) for place in (LIST, SHEET, PASTE, APPROVE)}
    for number in range(5, 25):
        last = small.target("6", name=f"更多{number}", ordinal=number, order=number + 100)
        AnnualTarget.objects.create(
            plan=draft, indicator=last.indicator, name=last.name, ordinal=number, order=number, unit="%",
            nature="anticipatory", department=small.cast.department, wording="6",
        )  # fmt: skip
    assert {place: queries(place) for place in before} == before
    assert max(before.values()) <= 20
    assert len(FIELDS) == 10
