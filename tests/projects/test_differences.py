"""What differs between two publications of a task."""

from __future__ import annotations

from projects.differences import ABOUT, Advance, TaskTold, advance

TOLD = TaskTold(planned="竣工投用", name="虚构项目")


def test_a_stage_reached_is_told_with_the_one_before() -> None:
    started = TaskTold(planned="竣工投用", name="虚构项目", reached="开工建设")
    assert advance(TOLD, started) == Advance(("已达阶段",), "", "开工建设")


def test_progress_within_a_stage_is_told_too() -> None:
    before = TaskTold(reached="加快建设", percent="40%")
    assert advance(before, TaskTold(reached="加快建设", percent="60%", progress="封顶")) == Advance(
        ("完成比例", "形象进度"), "加快建设", "加快建设"
    )


def test_the_same_told_again_is_no_difference() -> None:
    assert advance(TOLD, TOLD) is None


def test_every_field_has_its_word() -> None:
    assert set(ABOUT) == set(TaskTold.__slots__)
