"""Boxes: as worded, or composed from the stages that were reported."""

from __future__ import annotations

from wanzhou.site.reports.writing.boxes import planned_boxes, reached_boxes

from .years import task, year

PLANNED = (
    task("甲·子一", "项目一", "竣工项目一、项目二等项目", planned="completed"),
    task("甲·子一", "项目二", "竣工项目一、项目二等项目", planned="completed"),
    task("甲·子二", "项目三", "开工建设项目三", planned="started"),
    task("乙", "项目四20个以上", "实施项目四20个以上", planned="underway", quantity="20个以上"),
)


def test_sections_and_their_parts_are_numbered_and_shared_clauses_told_once() -> None:
    [box] = planned_boxes(year(tasks=PLANNED))
    assert box.caption == "专栏1  虚构专栏"
    assert [passage.heading + passage.text for passage in box.passages] == [
        "一、甲：（一）子一。竣工项目一、项目二等项目。（二）子二。开工建设项目三。",
        "二、乙：实施项目四20个以上。",
    ]
    assert [entry.quantity for entry in box.entries] == ["", "", "", "20个以上"]


def test_what_was_planned_is_not_told_as_reached() -> None:
    assert reached_boxes(year(tasks=PLANNED), 1) == ()


def test_what_was_reported_is_told_by_stage_and_nothing_of_the_rest() -> None:
    reported = (
        task("甲", "项目一", "开工建设项目一", planned="started", reached="started"),
        task("甲", "项目二", "竣工项目二", planned="completed", reached="completed"),
        task("甲", "项目三", "竣工项目三", planned="completed", reached="completed"),
        task("甲", "项目四", "竣工项目四", planned="completed", reached="suspended"),
        task("乙", "项目五", "竣工项目五", planned="completed"),
    )
    [box] = reached_boxes(year(tasks=reported), 1)
    assert box.caption == "专栏1  2030年重点项目推进情况"
    [passage] = box.passages
    assert passage.heading + passage.text == "一、甲：项目二、项目三竣工。项目一开工建设。项目四停工。"


def test_a_box_that_says_itself_what_was_reached_is_told_as_worded() -> None:
    [box] = reached_boxes(year(tasks=(task("甲", "项目一", "项目一等项目竣工", reached="completed"),)), 1)
    assert box.passages[0].text == "项目一等项目竣工。"
