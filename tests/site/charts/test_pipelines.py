"""Counts by stage, and the stages of one project."""

from projects.stages import Stage
from wanzhou.site.charts.pipelines import Count, pipeline_of, steps_of


def test_lengths_are_shares_of_the_longest() -> None:
    shown = pipeline_of([Count("推进前期", 8), Count("年内开工", 62, href="?stage=started", chosen=True)])
    assert [(stage.count, stage.length) for stage in shown.chevrons] == [(8, "13"), (62, "100")]
    assert shown.chevrons[1].chosen
    assert shown.words == "推进前期 8 条，年内开工 62 条"


def test_an_empty_stage_is_a_zero_and_an_empty_state_off_the_track_is_not_shown() -> None:
    shown = pipeline_of([Count("前期工作", 0)], [Count("停工", 0), Count("缓建", 1)])
    assert [stage.length for stage in shown.chevrons] == ["0"]
    assert [stage.words for stage in shown.off_track] == ["缓建"]
    assert pipeline_of([Count("前期工作", 0)]).chevrons[0].length == "0"


def test_one_step_is_current_those_before_it_are_reached_and_the_goal_is_marked() -> None:
    shown = steps_of(Stage.UNDERWAY, Stage.COMPLETED)
    assert [step.number for step in shown.steps if step.reached] == [1, 2]
    assert [step.words for step in shown.steps if step.current] == ["加快建设"]
    assert [step.words for step in shown.steps if step.planned] == ["竣工投用"]
    assert shown.words == "当前：加快建设；年度安排：竣工投用"


def test_a_suspended_project_stands_at_no_step() -> None:
    shown = steps_of(Stage.SUSPENDED, Stage.COMPLETED)
    assert shown.off_track == "停工"
    assert not any(step.current or step.reached for step in shown.steps)


def test_what_is_not_known_reads_so() -> None:
    assert steps_of(None, None).words == "当前：报告未载；年度安排：报告未载"
