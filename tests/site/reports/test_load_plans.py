"""`load_plans`: both plans into an empty database, through the same steps as people take; twice changes nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import (
    AnnualTarget,
    Cause,
    Channel,
    CityRequest,
    Indicator,
    PublishedRow,
    QuarterlyActual,
    ReferenceFigure,
    TargetAdjustment,
)
from projects.models import AnnualTask, Box, Project, PublishedTask, StatusUpdate
from tests.cast import Cast
from tests.site.reports.folders import Folder
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.accounts.roles import SystemAccount
from wanzhou.kernel.plans.models import Plan, PlanState, Publication, ReportingPeriod, RuleSet, Source
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions
from wanzhou.kernel.workflow.moves import State

NOTHING_NEW = "文件共 1054 行，库中都有，没有需要载入的内容。"


def loaded(*arguments: str) -> list[str]:
    """What the command says."""
    said = io.StringIO()
    call_command("load_plans", *arguments, stdout=said)
    return said.getvalue().splitlines()


def sizes() -> dict[str, int]:
    """The number of rows of every table, history included."""
    names = connection.introspection.django_table_names(only_existing=True)
    each = (f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def figure(code: str, year: int, period: Period) -> QuarterlyActual:
    return QuarterlyActual.objects.get(
        target__indicator__code=code, target__plan__first_year=year, period__period=period
    )


def test_everything_in_the_files_is_loaded(loaded_plans: None) -> None:
    assert Source.objects.count() == 3
    assert Department.objects.filter(is_default=True).count() == 23
    assert (Indicator.objects.for_tables().count(), Indicator.objects.count()) == (27, 27 + 99)
    plans = Plan.objects.order_by("first_year")
    assert [plan.targets.headline().count() for plan in plans] == [24, 27]
    assert [plan.targets.work().count() for plan in plans] == [0, 107]
    assert [plan.cited_facts.count() for plan in plans] == [228, 0]
    assert [plan.tasks.count() for plan in Plan.objects.order_by("first_year")] == [41, 167]
    assert [
        QuarterlyActual.objects.filter(period__plan__first_year=year).count() for year in (2022, 2023)
    ] == [
        30,
        10,
    ]
    assert (StatusUpdate.objects.count(), Cause.objects.count(), CityRequest.objects.count()) == (41, 3, 4)
    assert (Box.objects.count(), Project.objects.count(), ReferenceFigure.objects.count()) == (5, 195, 2)
    assert TargetAdjustment.objects.get().entered_by.username == SystemAccount.LOADER


def test_targets_stand_in_the_order_of_the_table_with_sub_rows_below_their_row(loaded_plans: None) -> None:
    rows = AnnualTarget.objects.filter(plan__first_year=2022).order_by("order")
    assert [row.order for row in rows] == list(range(1, 25))
    assert [row.ordinal for row in rows[7:10]] == [8, None, 9]
    assert rows[8].parent == rows[7]
    assert rows[7].wording is None
    assert rows[7].adjustments.get().wording == "0"


def test_stages_of_2022_are_reached_and_those_of_2023_planned(loaded_plans: None) -> None:
    assert not AnnualTask.objects.filter(plan__first_year=2022).exclude(planned_stage="").exists()
    assert not AnnualTask.objects.filter(plan__first_year=2023, planned_stage="").exists()
    updates = StatusUpdate.objects.filter(task__plan__first_year=2022, as_of=None, state=State.PUBLISHED)
    assert updates.count() == 41
    assert {update.publication for update in updates} == {
        Publication.objects.get(plan__first_year=2022, period__period=Period.FULL_YEAR)
    }


def test_every_entry_went_through_two_accounts_that_cannot_sign_in(loaded_plans: None) -> None:
    for model in (QuarterlyActual, Cause, StatusUpdate):
        for entry in model._default_manager.select_related("entered_by", "submitted_by", "approved_by"):
            assert entry.state == State.PUBLISHED
            assert entry.entered_by == entry.submitted_by
            assert entry.entered_by.username == SystemAccount.LOADER
            assert entry.approved_by is not None
            assert entry.approved_by.username == SystemAccount.CHECKER
            assert not entry.approved_by.has_usable_password()
    assert set(QuarterlyActual.objects.values_list("channel", flat=True)) == {Channel.PUBLIC}


def test_plans_are_published_year_by_year_and_period_by_period(loaded_plans: None) -> None:
    acts = Publication.objects.order_by("pk").select_related("plan", "period", "by")
    assert [(act.plan.year, act.period.period if act.period else None) for act in acts] == [
        (2022, None),
        (2022, Period.FIRST_HALF),
        (2022, Period.FULL_YEAR),
        (2023, None),
        (2023, Period.FIRST_HALF),
    ]
    assert {(act.by.username, act.why) for act in acts} == {(SystemAccount.CHECKER, "载入公开报告")}
    assert PublishedTask.objects.count() == 208
    assert RuleSet.objects.get().reason == "起始规则（默认）"
    complete = ReportingPeriod.objects.get(complete_at__isnull=False)
    assert (complete.plan.year, complete.period) == (2022, Period.FULL_YEAR)
    assert not ReportingPeriod.objects.filter(opened_at__isnull=False).exists()


def test_another_basis_stands_beside_and_unknown_dates_stay_unknown(loaded_plans: None) -> None:
    revenue = figure("public-budget-revenue-growth", 2022, Period.FULL_YEAR)
    assert (str(revenue.value), str(revenue.basis_value)) == ("0.100000", "6.000000")
    assert (revenue.basis_unit, revenue.basis_note) == ("%", "扣除留抵退税因素后")
    assert figure("foreign-capital", 2022, Period.FULL_YEAR).value is None
    assert {(request.bureau, request.since) for request in CityRequest.objects.all()} == {("", None)}
    assert Plan.objects.get(first_year=2022).approved_on is None


def test_a_second_loading_changes_nothing_and_says_so(loaded_plans: None) -> None:
    before = sizes()
    with CaptureQueriesContext(connection) as queries:
        assert loaded() == [NOTHING_NEW]
    assert sizes() == before
    assert len(queries) <= 44


@pytest.mark.django_db
def test_check_writes_nothing_and_says_what_would_be_inserted() -> None:
    before = sizes()
    said = loaded("--check")
    assert sizes() == before
    assert said[0].startswith("将载入 1054 行：来源文件 3、责任单位 23、")
    assert said[1].startswith("将发布 5 次：2022年")
    assert loaded()[0].startswith("已载入 1054 行：")


def test_what_differs_is_reported_and_left(loaded_plans: None) -> None:
    Department.objects.filter(code="statistics").update(name="区统计局（测试）")
    AnnualTarget.objects.filter(plan__first_year=2023, indicator__code="gdp-growth").update(
        wording="6以上", department=Department.objects.get(code="commerce")
    )
    ReportingPeriod.objects.update(complete_at=None, complete_by=None)
    before = sizes()
    assert loaded() == [
        "fixtures/departments.csv 第2行 name：库中为“区统计局（测试）”，文件为“区统计局”，未改动",
        "fixtures/periods.csv 第3行 complete：库中为“no”，文件为“yes”，未改动",
        "fixtures/2023/targets.csv 第2行 wording：库中为“6以上”，文件为“6.5以上”，未改动",
        "fixtures/2023/targets.csv 第2行 department：库中为“commerce”，文件为“statistics”，未改动",
        "库中与文件不同的有 4 处，未改动。",
        NOTHING_NEW,
    ]
    assert sizes() == before
    assert AnnualTarget.objects.filter(wording="6以上").exists()


def test_a_missing_row_is_inserted_again(loaded_plans: None) -> None:
    CityRequest.objects.filter(target__indicator__code="rd-intensity").delete()
    assert loaded() == ["已载入 1 行：市级数据请求 1。"]
    assert CityRequest.objects.count() == 4
    assert loaded() == [NOTHING_NEW]


def test_a_figure_that_comes_later_is_published_alone(loaded_plans: None, folder: Folder) -> None:
    rows = PublishedRow.objects.count()
    folder.append("2023/figures.csv", "first_half,foreign-trade,reported,1,1,,,,,,half-year-2023,,")
    assert loaded("--from", str(folder.path)) == [
        "已载入 1 行：季度实绩 1。",
        "已发布 1 次：2023年上半年。",
    ]
    assert PublishedRow.objects.count() == rows + 1
    assert figure("foreign-trade", 2023, Period.FIRST_HALF).state == State.PUBLISHED


def test_a_target_that_comes_later_is_published_with_its_plan_and_its_periods(
    loaded_plans: None, folder: Folder
) -> None:
    tasks = PublishedTask.objects.count()
    folder.append("indicators.csv", "invented,测试指标,测试 指标,,rate,higher,quarterly,")
    folder.append(
        "2023/targets.csv",
        "26,invented,,测试指标,%,anticipatory,5,,,no,plan-report-2022-2023,,",
    )
    said = loaded("--from", str(folder.path))
    assert said[1] == "已发布 2 次：2023年国民经济和社会发展计划、2023年上半年。"
    assert PublishedRow.objects.filter(code="invented").count() == 2
    assert PublishedTask.objects.count() == tasks


def test_a_request_and_a_reference_figure_that_come_later_touch_their_row_alone(
    loaded_plans: None, folder: Folder
) -> None:
    # The half-year's row does not wait: nothing to tell. The other region's figure stands beside the full year's row.
    folder.append("city_requests.csv", "2022,first_half,gdp-growth,,,,")
    folder.append(
        "reference_figures.csv", "2022,full_year,gdp-growth,测试地区,1.50,,,测试,plan-report-2022-2023,,"
    )
    assert loaded("--from", str(folder.path))[-1] == "已发布 1 次：2022年全年。"
    (row,) = PublishedRow.objects.filter(publication=Publication.objects.latest("id"))
    assert (row.code, [each["value"] for each in row.references]) == ("gdp-growth", ["1.5"])


def test_what_a_later_box_says_was_reached_goes_out_with_the_full_year(
    loaded_plans: None, folder: Folder
) -> None:
    folder.append("boxes.csv", "2023,6,测试专栏,reached")
    folder.append("periods.csv", "2023,full_year,public_sources,no,")
    folder.append(
        "2023/tasks.csv",
        "6,产业发展,1,测试项目,ce-shi,started,测试项目开工,no,,,plan-report-2022-2023,",
    )
    said = loaded("--from", str(folder.path))
    assert said[1] == "已发布 1 次：2023年全年。"
    assert PublishedTask.objects.get(slug="ce-shi").reached_stage == "started"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("2022/targets.csv", "23,invented,,测试指标,%,anticipatory,5,,,no,plan-report-2022-2023,,"),
        ("boxes.csv", "2022,6,测试专栏,reached"),
        (
            "2022/tasks.csv",
            "1,产业发展,42,测试项目,ce-shi,started,测试项目开工,no,,,plan-report-2022-2023,",
        ),
    ],
)
def test_no_row_is_loaded_into_a_plan_once_it_is_approved(
    loaded_plans: None, folder: Folder, name: str, line: str
) -> None:
    folder.append("indicators.csv", "invented,测试指标,测试 指标,,rate,higher,quarterly,")
    folder.append(name, line)
    before = sizes()
    with pytest.raises(CommandError, match=rf"{name} 第\d+行：.*计划已经审查批准，不能再增加或去掉其中的行$"):
        loaded("--from", str(folder.path))
    assert sizes() == before


def test_a_plan_is_approved_once_its_rows_are_there(loaded_plans: None) -> None:
    approved = Plan.objects.get(first_year=2022)
    assert (approved.state, approved.approved_by) == (PlanState.APPROVED, "区六届人大一次会议")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, state, approved_by FROM plans_planevent WHERE first_year = 2022 ORDER BY pgh_id"
        )
        assert cursor.fetchall() == [("insert", "draft", ""), ("update", "approved", "区六届人大一次会议")]


def test_drafts_and_approved_entries_of_staff_are_left_alone(
    loaded_plans: None, cast: Cast, folder: Folder
) -> None:
    half = ReportingPeriod.objects.get(plan__first_year=2023)
    codes = ("foreign-trade", "consumer-prices", "urban-new-jobs")
    draft, *submitted = (
        QuarterlyActual.objects.create(
            target=AnnualTarget.objects.headline().get(plan=half.plan, indicator__code=code),
            period=half,
            value="1",
            entered_by=cast.clerk,
        )
        for code in codes
    )
    actions.approve(actions.submit(submitted, by=cast.clerk), by=cast.reviewer)
    folder.append("2023/figures.csv", "first_half,culture-industry-growth,reported,1,1,,,,,,half-year-2023,,")
    folder.append("2023/figures.csv", "first_half,foreign-trade,reported,2,2,,,,,,half-year-2023,,")
    said = loaded("--from", str(folder.path))
    assert f"{folder.path.name}/2023/figures.csv 第13行 value：库中为“1”，文件为“2”，未改动" in said
    assert said[-2:] == ["已载入 1 行：季度实绩 1。", "已发布 1 次：2023年上半年。"]
    states = QuarterlyActual.objects.filter(entered_by=cast.clerk).order_by("pk")
    assert [entry.state for entry in states] == [State.DRAFT, State.APPROVED, State.APPROVED]
    assert states[0] == draft
    assert not PublishedRow.objects.filter(actual__in=states).exists()


@pytest.mark.django_db
def test_a_refusal_of_the_database_takes_everything_back(folder: Folder) -> None:
    Department.objects.create(code="invented", name="区教委")
    before = sizes()
    with pytest.raises(CommandError) as refusal:
        loaded()
    assert str(refusal.value).startswith("fixtures/departments.csv 第20行：数据库拒绝写入，什么也没有写入：")
    assert "\n" not in str(refusal.value)
    assert sizes() == before


@pytest.mark.django_db
def test_a_constraint_refuses_in_its_own_words(cast: Cast, folder: Folder) -> None:
    loaded()
    folder.replace(
        "2023/tasks.csv", ",zong-tou-zi-yi-yuan-yi-shang-xiang-mu-20-ge-yi-shang-jun-gong,", ",another,"
    )
    before = sizes()
    with pytest.raises(CommandError, match=r"tasks\.csv 第6行：.*这个专栏里已经有任务占着这个位置。$"):
        loaded("--from", str(folder.path))
    assert sizes() == before


@pytest.mark.django_db
def test_a_missed_target_without_its_cause_cannot_be_published(folder: Folder) -> None:
    folder.remove("2022/causes.csv")
    before = sizes()
    with pytest.raises(CommandError, match="第1项“地区生产总值增速”未完成，尚无原因说明"):
        loaded("--from", str(folder.path))
    assert sizes() == before


@pytest.mark.django_db
def test_whatever_else_the_database_refuses_is_one_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wanzhou.site.reports.loading.announcing.WHY", "长" * 300)
    before = sizes()
    with pytest.raises(CommandError, match=r"^数据库拒绝写入，什么也没有写入：.+$"):
        loaded()
    assert sizes() == before
