"""The words of the page stand beside cases; judging itself must confirm every one of them."""

from __future__ import annotations

import pytest

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import Accrual, Kind, Pace, Tolerances, Verdict
from indicators.judging.verdicts import assess
from wanzhou.site.dashboard.judging.paces import PACES, PaceRule
from wanzhou.site.dashboard.judging.rules import RULES, Rule, Trial
from wanzhou.site.dashboard.judging.standings import ORDER, Standing, Step, standings
from wanzhou.site.dashboard.tones import TONES

IN_FORCE = Tolerances()


def test_every_kind_of_wording_is_told() -> None:
    assert {rule.kind for rule in RULES} == set(Kind)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.wording)
def test_a_rules_wording_is_read_as_its_kind(rule: Rule) -> None:
    assert rule.read(IN_FORCE).kind is rule.kind


@pytest.mark.parametrize(
    ("rule", "trial"), [(rule, trial) for rule in RULES for trial in rule.trials], ids=str
)
def test_a_rules_cases_come_out_as_said(rule: Rule, trial: Trial) -> None:
    assert rule.tried(trial, IN_FORCE).verdict is trial.verdict


def test_wider_tolerances_move_the_edges_of_about() -> None:
    about = next(rule for rule in RULES if rule.wording == "6左右")
    wider = Tolerances(2 * IN_FORCE.rate_firm, 2 * IN_FORCE.rate_wide)
    assert about.tried(Trial("5.8", Verdict.MET), wider).verdict is Verdict.MET
    assert about.tried(Trial("5.8", Verdict.MET), IN_FORCE).verdict is Verdict.REVIEW


def test_figures_are_never_rounded() -> None:
    found = assess("6", read_outcome("5.96", unit="%"), unit="%")
    assert found.verdict is Verdict.MISSED


def test_a_rule_covers_published_readings_of_its_kind_sign_and_direction() -> None:
    covering = {
        (number, favourable): [
            rule.wording for rule in RULES if rule.covers({"kind": "plain", "number": number}, favourable)
        ]
        for number in ("12", "0", "-9.5")
        for favourable in ("higher", "lower")
    }
    assert covering == {
        ("12", "higher"): ["12"],
        ("12", "lower"): ["29"],
        ("0", "higher"): ["0"],
        ("0", "lower"): ["29"],
        ("-9.5", "higher"): ["-9.5"],
        ("-9.5", "lower"): ["29"],
    }


def test_every_state_that_pages_show_is_told_once_and_in_their_order() -> None:
    counted = [one.state for one in standings() if one.counted]
    assert counted == list(TONES)
    assert {one.state for one in standings()} == set(Verdict) | set(Pace)


@pytest.mark.parametrize("one", standings(), ids=lambda one: one.tone.word)
def test_a_states_case_comes_out_as_it(one: Standing) -> None:
    assert one.case.state == one.state


def test_states_say_when_in_the_year_they_are_used() -> None:
    seasons = {one.tone.word: one.season for one in standings()}
    assert (seasons["达到或超过"], seasons["滞后"], seasons["口径调整"]) == ("全年", "年中", "全年或年中")


@pytest.mark.parametrize("step", ORDER, ids=lambda step: step.asks)
def test_a_question_is_answered_before_the_later_ones(step: Step) -> None:
    assert step.case.state == step.state


@pytest.mark.parametrize("rule", PACES, ids=lambda rule: rule.title)
def test_a_way_of_accruing_paces_as_said(rule: PaceRule) -> None:
    found = rule.tried()
    assert found.pace is rule.pace
    assert ("" if found.expected is None else str(found.expected)) == rule.expected


def test_every_way_of_accruing_is_told() -> None:
    assert {rule.accrual for rule in PACES} == set(Accrual)


def test_short_of_the_firm_band_is_behind_before_the_years_end() -> None:
    case = PaceRule(Accrual.RATE, "", "", "", "6左右", "5.8", Pace.BEHIND)
    assert case.tried().pace is Pace.BEHIND


def test_without_a_unit_the_wider_band_holds() -> None:
    found = assess("6左右", read_outcome("5.9"))
    assert found.reading.low == 6 - max(IN_FORCE.rate_firm, 6 * IN_FORCE.share_firm)
