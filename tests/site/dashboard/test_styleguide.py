"""The gallery: every component in every state, and nothing that could be taken for a fact."""

from indicators.judging.terms import Pace, Verdict
from wanzhou.site.dashboard.styleguide import gallery


def test_every_state_has_its_word_icon_and_colour() -> None:
    tones = gallery().tones
    assert {tone.word for tone in tones} >= {state.label for state in (*Verdict, *Pace)}
    assert "低于目标" in {tone.word for tone in tones}
    assert all(tone.icon and tone.style.startswith("is-") for tone in tones)


def test_every_state_has_its_tile() -> None:
    assert len(gallery().strip.groups) == len({*Verdict, *Pace})


def test_every_exhibit_says_that_it_is_invented() -> None:
    shown = gallery()
    titles = [
        *(exhibit.title for exhibit in shown.bullets),
        *(exhibit.title for exhibit in shown.trends),
        *(exhibit.title for exhibit in shown.paths),
        *(exhibit.title for exhibit in shown.pipelines),
        *(exhibit.title for exhibit in shown.steps),
    ]
    assert len(titles) >= 30
    assert all(title.startswith("示例：") for title in titles)
    words = [exhibit.chart.words for exhibit in shown.trends] + [
        exhibit.chart.words for exhibit in shown.paths
    ]
    assert all("示例" in said for said in words)


def test_every_mark_of_a_trend_is_shown_somewhere() -> None:
    shown = gallery()
    keys = {key.style for exhibit in shown.trends for key in exhibit.chart.keys}
    assert keys >= {"sol", "hol", "bar", "barh", "part", "tg", "z", "alt"}
    assert {len(exhibit.chart.panels) for exhibit in shown.trends} == {1, 2, 3}
    assert any(panel.plain for exhibit in shown.trends for panel in exhibit.chart.panels)
