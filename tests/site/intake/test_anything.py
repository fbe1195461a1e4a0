"""Whatever is pasted, reading never raises, and every piece stands inside the text."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acceptance.printed_report import REPORT
from wanzhou.site.reports.intake import Manuscript, pasted, read_report
from wanzhou.site.reports.intake.passages import Place

LINES = REPORT.split("\n")
SCRAPS = st.sampled_from(
    [*LINES, "\t", "序号", "指标名称\t目标", "专栏9", "表3", "和", "等项目", "以及", "0", "（", "”"]
)
TEXTS = st.lists(st.one_of(SCRAPS, st.text(max_size=40)), min_size=1, max_size=30).map("\n".join)


def stands(place: Place, manuscript: Manuscript) -> bool:
    text = manuscript.passages[place.number - 1].text
    return 0 <= place.start <= place.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(str.strip))
def test_any_text_is_read(text: str) -> None:
    manuscript = pasted(text + "\n各位代表")
    report = read_report(manuscript)
    places = [row.place for table in report.tables for row in table.rows]
    places += [entry.place for box in report.boxes for entry in box.entries]
    places += [one.place for one in (*report.commitments, *report.results)]
    assert all(stands(place, manuscript) for place in places)
    for box in report.boxes:
        assert all(entry.name.strip() for entry in box.entries)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_a_shuffled_report_invents_no_row(seed: int) -> None:
    lines = random.Random(seed).sample(LINES, len(LINES))
    report = read_report(pasted("\n".join(lines)))
    names = {row.name for table in report.tables for row in table.rows}
    assert all(name in REPORT.replace("\n", "") for name in names)
    entries = [entry.name for box in report.boxes for entry in box.entries]
    assert all(name in REPORT for name in entries)
