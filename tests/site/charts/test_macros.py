"""Every component in every state, drawn by its macro: valid, named, and without a style of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from indicators.judging.terms import Accrual
from projects.stages import Stage
from wanzhou.site.charts.pipelines import steps_of
from wanzhou.site.dashboard.styleguide import Gallery, gallery

from .shapes import BUDGET, FOREIGN_CAPITAL, GDP, GOOD_AIR, PRICES, drawn

MACROS = ("bullet", "trend", "path", "pipeline_summary", "pipeline_steps", "strip")
SOURCE = settings.BASE_DIR / "templates" / "public" / "components" / "charts.html"
# Counts that need no rule: one panel, a sheet of four places; and the plain ink of 未收录.
UNSTYLED = {"of1", "c4", "gap"}
STYLES = settings.BASE_DIR / "static" / "site"


@cache
def macros() -> Any:
    loader = FileSystemLoader(settings.BASE_DIR / "templates" / "public")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.get_template("components/charts.html").module


def markup(name: str, *arguments: object) -> str:
    return str(getattr(macros(), name)(*arguments))


def everything(shown: Gallery) -> list[str]:
    return [
        markup("strip", shown.strip),
        *(markup("bullet", e.chart.bullet, e.chart.tone, e.chart.words) for e in shown.bullets),
        *(markup("trend", exhibit.chart) for exhibit in shown.trends),
        *(markup("path", exhibit.chart) for exhibit in shown.paths),
        *(markup("pipeline_summary", exhibit.chart) for exhibit in shown.pipelines),
        *(markup("pipeline_steps", exhibit.chart) for exhibit in shown.steps),
    ]


def parsed(text: str) -> Element:
    page = f'<!DOCTYPE html><html lang="zh"><head><title>图</title></head><body>{text}</body></html>'
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(page)
    return tree


def elements(text: str, name: str) -> list[Element]:
    return [element for element in parsed(text).iter() if str(element.tag).rpartition("}")[2] == name]


def test_every_component_of_the_gallery_is_valid_and_has_no_style_of_its_own() -> None:
    for text in everything(gallery()):
        parsed(text)
        assert "style=" not in text
        assert "id=" not in text, "a component may stand on a page more than once"


def test_every_picture_has_its_words() -> None:
    for text in everything(gallery()):
        for element in parsed(text).iter():
            if element.get("role") == "img":
                assert element.get("aria-label")


def test_every_class_of_a_mark_has_a_rule() -> None:
    rules = "".join(path.read_text("utf-8") for path in STYLES.glob("*.css"))
    used = {
        name
        for text in everything(gallery())
        for classes in re.findall(r'class="([^"]*)"', text)
        for name in classes.split()
    }
    assert {name for name in used if f".{name}" not in rules} <= UNSTYLED


def test_the_macros_reckon_nothing() -> None:
    expressions = re.findall(r"{{-?(.*?)-?}}", SOURCE.read_text("utf-8"))
    assert expressions
    assert not [found for found in expressions if re.search(r"\s[-+*/%]\s", found)]


def test_the_table_below_a_trend_has_a_row_for_every_figure() -> None:
    text = markup("trend", drawn(Accrual.RATE, *GDP))
    rows = elements(text, "tr")
    assert ["".join(cell.itertext()) for cell in rows[0]] == ["年度", "期别", "数值", "目标", "说明"]
    assert ["".join(cell.itertext()) for cell in rows[2]] == ["2022", "上半年", "2.8", "6左右（%）", ""]
    assert len(rows) == 1 + 6


@pytest.mark.parametrize(
    ("accrual", "years", "panels"),
    [
        (Accrual.RATE, GDP, 1),
        (Accrual.CUMULATIVE, FOREIGN_CAPITAL, 2),
        (Accrual.CUMULATIVE, GOOD_AIR, 1),
        (Accrual.RATE, PRICES, 2),
        (Accrual.RATE, BUDGET, 1),
    ],
)
def test_a_zigzag_stands_between_panels(accrual: Accrual, years: tuple[Any, ...], panels: int) -> None:
    text = markup("trend", drawn(accrual, *years))
    assert text.count('<div class="panel">') == panels
    assert text.count('<div class="brk">') == panels - 1


def test_only_the_step_where_a_project_stands_is_current() -> None:
    text = markup("pipeline_steps", steps_of(Stage.UNDERWAY, Stage.COMPLETED))
    current = [step for step in elements(text, "li") if step.get("aria-current") == "step"]
    assert ["".join(step.itertext()) for step in current] == ["3加快建设当前"]
    assert "停工：不在推进序列" in markup("pipeline_steps", steps_of(Stage.SUSPENDED, None))


def test_words_from_outside_are_escaped() -> None:
    year = GDP[0]
    trend = drawn(Accrual.RATE, type(year)(2022, '<b>"甲"', "%", year.figures, year.aim))
    assert "<b>" not in markup("trend", trend).replace("<b>2", "")


def test_a_row_without_a_picture_draws_nothing() -> None:
    shown = gallery().bullets[0].chart
    assert markup("bullet", None, shown.tone, "").strip() == ""


def test_all_macros_are_there() -> None:
    assert all(callable(getattr(macros(), name)) for name in MACROS)
