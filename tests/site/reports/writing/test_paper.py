"""The documents as LibreOffice sets them: they open, every character has its glyph, and a brief is one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone

from indicators.judging.terms import OutcomeState, Pace, Verdict
from indicators.scoreboard import Basis
from wanzhou.kernel.plans.periods import Period
from wanzhou.site.reports.writing.brief import brief
from wanzhou.site.reports.writing.facts import Year
from wanzhou.site.reports.writing.making import Order, Sort, make
from wanzhou.site.reports.writing.standings import Before, Standing
from wanzhou.site.reports.writing.word.writing import word_file

from .office import printed
from .years import MOMENT, NAMES, apart, missed, paced, row, year

A4 = "595."
NAME = "名称很长很长很长很长很长的虚构指标（ABC）"
LONG = "面临疫情、旱情、灾情“三情叠加”和缺水、缺电“两缺并存”严峻形势，努力克服困难，ABC123 GDP 6.5%，" * 12


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_the_annual_report_on_paper(tmp_path: Path) -> None:
    made = make(Order(Sort.ANNUAL, 2022))
    paper = printed(word_file(made.document), tmp_path)
    assert paper.size.startswith(A4)
    assert 7 <= paper.pages <= 10
    said = bare(paper.text)
    assert bare(made.document.title) in said
    assert "—1—" in said
    for line in made.document.tables[0].lines:
        assert bare(line.cells[3]) in said
    for box in made.document.boxes:
        assert bare(box.caption) in said
    # The head of a table comes again where it goes on over a page.
    assert said.count("序号指标名称2022年目标完成情况") >= 1
    assert "�" not in said


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_the_midyear_report_on_paper(tmp_path: Path) -> None:
    made = make(Order(Sort.MIDYEAR, 2023, Period.FIRST_HALF, Basis.SUBMITTED, draft=True), timezone.now())
    paper = printed(word_file(made.document), tmp_path)
    assert 3 <= paper.pages <= 6
    assert "内部·截至" in bare(paper.text)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize(("asked", "period"), [(2022, Period.FULL_YEAR), (2023, Period.FIRST_HALF)])
def test_the_brief_of_the_real_plans_is_one_page(asked: int, period: Period, tmp_path: Path) -> None:
    made = make(Order(Sort.BRIEF, asked, period, Basis.SUBMITTED))
    paper = printed(word_file(made.document), tmp_path)
    assert paper.pages == 1
    assert paper.size.startswith(A4)


def everything_wrong(*, over: bool) -> Year:
    """Sixty rows, each as long as can be."""
    explained = {"cause": LONG, "measures": LONG}
    rows = [
        missed(number, f"{NAME}{number}", **explained)
        if over
        else paced(number, Pace.BEHIND, f"{NAME}{number}", **explained)
        for number in range(1, 41)
    ]
    silent = [
        apart(number, Verdict.UNREPORTED, f"{NAME}{number}", department=f"第{number}局")
        if over
        else paced(number, Pace.UNREPORTED, f"{NAME}{number}", department=f"第{number}局")
        for number in range(41, 55)
    ]
    waiting = {"verdict": Verdict.AWAITING_CITY, "state": OutcomeState.AWAITING_CITY}
    waits = [row(number, f"{NAME}{number}", bureau=f"第{number}市局", **waiting) for number in range(55, 61)]
    return year(*rows, *silent, *waits, period=Period.FULL_YEAR if over else Period.FIRST_HALF)


@pytest.mark.parametrize("over", [True, False])
def test_the_brief_is_one_page_however_much_there_is_to_say(over: bool, tmp_path: Path) -> None:
    told = everything_wrong(over=over)
    before = Before(MOMENT, {one.code: Standing(one.name, "5", "达到或超过") for one in told.rows})
    document = brief(told, NAMES, before=before, stamp="内部 · 截至2031-02-01 09:00 · 依据：已报送的数据")
    paper = printed(word_file(document), tmp_path)
    assert paper.pages == 1
    assert "另有" in paper.text
