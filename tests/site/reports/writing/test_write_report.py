"""`manage.py write_report`: a file or nothing, and in Chinese why not."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from indicators.scoreboard import Basis
from tests.cast import Cast, SmallPlan
from wanzhou.kernel.plans.models import Brief, Plan
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.publishing import publish
from wanzhou.site.reports.writing.documents import DocumentRefused
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.making import Order, Sort, keep, make

Say = Callable[..., str]


@pytest.fixture
def write(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command and returns what it said."""

    def run(*arguments: Any) -> str:
        call_command("write_report", *map(str, arguments))
        return capsys.readouterr().out

    return run


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize("form", list(Form))
def test_each_form_is_written(write: Say, tmp_path: Path, form: Form) -> None:
    place = tmp_path / f"a.{form}"
    said = write(2022, "--format", form, "-o", place)
    assert f"已写到 {place}" in said
    again = tmp_path / f"b.{form}"
    write(2022, "--format", form, "-o", again)
    assert hashlib.sha256(place.read_bytes()).digest() == hashlib.sha256(again.read_bytes()).digest()
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"a.{form}", f"b.{form}"]


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_nothing_is_overwritten_unasked(write: Say, tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("别人的文件")
    with pytest.raises(CommandError, match="已经存在，没有覆盖；要覆盖请加 --force"):
        write(2022, "--format", "txt", "-o", place)
    assert place.read_text() == "别人的文件"
    write(2022, "--format", "txt", "-o", place, "--force")
    assert "22项年度目标" in place.read_text()


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((2023,), "2023年全年的完成情况还没有发布"),
        ((2050,), "没有已发布的2050年年度计划"),
        ((2050, "--kind", "midyear"), "2050年没有填报期，写不了年中报告"),
        ((2023, "--kind", "brief", "--period", "first_quarter"), "没有“first_quarter”这一期，.*；这一年有：上半年"),
        ((2022, "--period", "first_half"), "年度报告只写全年"),
        ((2022, "--basis", "submitted"), "按未发布的数据只能写征求意见稿"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_says_why(write: Say, tmp_path: Path, arguments: Any, says: str) -> None:
    place = tmp_path / "a.docx"
    with pytest.raises(CommandError, match=says):
        write(*arguments, "-o", place)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("二〇二二", "-o", "a"), "“二〇二二”不是年度；请写四位数字"),
        (("2022.5", "-o", "a"), "不是年度"),
        ((2022, "--format", "pdf", "-o", "a"), r"--format 没有“pdf”；可选：docx（Word 文档）"),
        ((2022, "--kind", "x", "-o", "a"), r"--kind 没有“x”；可选：annual（年度报告）"),
        ((2022, "--basis", "x", "-o", "a"), r"--basis 没有“x”；可选：published（已发布）"),
        ((2022, "--period", "x", "-o", "a"), r"--period 没有“x”；可选：first_quarter（一季度）"),
        ((2022,), "请用 -o 写明写到哪个文件"),
    ],
)
def test_what_cannot_be_understood_is_said_in_chinese(write: Say, arguments: Any, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        write(*arguments)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_places_that_cannot_be_written(write: Say, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="是一个目录"):
        write(2022, "-o", tmp_path)
    with pytest.raises(CommandError, match="不存在；请先建好"):
        write(2022, "-o", tmp_path / "no" / "a.docx")


@pytest.mark.django_db
def test_an_empty_database_says_what_to_run_first(write: Say, tmp_path: Path) -> None:
    assert not Plan.objects.exists()
    with pytest.raises(CommandError, match=r"请先运行 \./run --setup"):
        write(2022, "-o", tmp_path / "a.docx")


@pytest.mark.django_db
def test_a_database_without_tables_says_the_same(
    write: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise ProgrammingError('relation "plans_plan" does not exist')

    monkeypatch.setattr(type(Plan.objects.all()), "exists", missing)
    with pytest.raises(CommandError, match=r"请先运行 \./run --setup"):
        write(2022, "-o", tmp_path / "a.docx")


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_the_other_documents_and_drafts(write: Say, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    write(2022, "--basis", "submitted", "--draft", "--format", "txt", "-o", draft)
    text = draft.read_text()
    assert text.startswith("【征求意见稿】\n【内部 · 截至")
    assert "22项年度目标中" in text
    midyear = tmp_path / "midyear.txt"
    write(2023, "--kind", "midyear", "--format", "txt", "-o", midyear)
    assert "上半年3项达到序时进度，5项滞后" in midyear.read_text()
    page = tmp_path / "brief.txt"
    write(2023, "--kind", "brief", "--format", "txt", "-o", page)
    assert "一页纸" in page.read_text()
    assert not Brief.objects.exists()


# --- the bases --------------------------------------------------------------------------------------------------


@pytest.fixture
def small(cast: Cast) -> SmallPlan:
    """A year with a published figure, an approved one, and one that was only submitted."""
    small = SmallPlan.of(cast)
    small.approved(small.target(name="已发布的"), "6.5")
    publish(plan=small.plan, period=None, by=cast.publisher, why="测试计划")
    publish(plan=small.plan, period=small.period, by=cast.publisher, why="测试")
    small.approved(small.target(name="已审核的"), "7.5")
    from wanzhou.kernel.workflow import actions

    actions.submit([small.draft(small.target(name="已报送的"), "8.5")], by=cast.clerk)
    return small


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (Basis.PUBLISHED, ["6.5"]),
        (Basis.APPROVED, ["6.5", "7.5", "未收录"]),
        (Basis.SUBMITTED, ["6.5", "7.5", "8.5"]),
    ],
)
def test_each_basis_tells_as_much_as_it_may(small: SmallPlan, basis: Basis, told: list[str]) -> None:
    made = make(Order(Sort.BRIEF, 1999, Period.FULL_YEAR, basis))
    assert [row.figure for row in made.year.rows] == told
    stamped = made.document.stamp
    assert stamped.startswith("内部 · 截至") is (basis is not Basis.PUBLISHED)


def test_what_waits_for_its_moment_is_not_in_a_published_document(small: SmallPlan) -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    publish(plan=small.plan, period=small.period, by=small.cast.publisher, why="未到", not_before=later)
    order = Order(Sort.BRIEF, 1999, Period.FULL_YEAR)
    assert [row.figure for row in make(order).year.rows] == ["6.5"]
    assert [row.figure for row in make(order, later).year.rows][:2] == ["6.5", "7.5"]


def test_a_period_that_was_never_published_has_no_published_document(cast: Cast) -> None:
    small = SmallPlan.of(cast)
    small.approved(small.target(), "6.5")
    with pytest.raises(DocumentRefused, match="还没有发布；可以改按已审核或已报送"):
        make(Order(Sort.BRIEF, 1999, Period.FULL_YEAR))


def test_a_published_document_is_always_the_same_bytes(small: SmallPlan) -> None:
    order = Order(Sort.BRIEF, 1999, Period.FULL_YEAR)
    first = written(make(order).document, Form.DOCX)
    assert written(make(order, timezone.now() + datetime.timedelta(hours=1)).document, Form.DOCX) == first


def test_the_public_report_knows_the_published_only(small: SmallPlan) -> None:
    made = make(Order(Sort.ANNUAL, 1999))
    assert [line.cells[3] for line in made.document.tables[0].lines] == ["6.5"]
    with pytest.raises(DocumentRefused):
        make(Order(Sort.ANNUAL, 1999, basis=Basis.SUBMITTED))
    draft = make(Order(Sort.ANNUAL, 1999, basis=Basis.SUBMITTED, draft=True))
    assert [line.cells[3] for line in draft.document.tables[0].lines] == ["6.5", "7.5", "8.5"]


def test_the_next_brief_says_what_changed_since_the_one_that_was_kept(small: SmallPlan) -> None:
    order = Order(Sort.BRIEF, 1999, Period.FULL_YEAR, Basis.SUBMITTED)
    keep(make(order), Basis.SUBMITTED, small.cast.reviewer)
    small.approved(small.target(name="后来的"), "9.5")
    from wanzhou.site.reports.writing.plain import plain_text

    text = plain_text(make(order).document).decode()
    assert "后来的：新列入，9.5（达到或超过）" in text
    other = plain_text(make(Order(Sort.BRIEF, 1999, Period.FULL_YEAR, Basis.APPROVED)).document).decode()
    assert "这是本期的第一份" in other, "each basis has its own line of briefs"


def test_the_queries_of_an_internal_document_are_fixed(small: SmallPlan) -> None:
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            make(Order(Sort.BRIEF, 1999, Period.FULL_YEAR, Basis.SUBMITTED))
        return len(queries)

    alone = asked()
    for _ in range(5):
        small.approved(small.target(), "6.5")
    assert asked() == alone
