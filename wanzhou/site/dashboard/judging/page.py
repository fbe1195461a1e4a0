"""The page of the rules: how wordings are read, by which tolerances, and what came of it in the published plans."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.judging.sentences import describe
from indicators.judging.tallies import pace_tally, tally
from indicators.judging.terms import Pace, Period, Tolerances, Verdict
from indicators.models import Nature, PublishedRow
from indicators.models.actuals import Replacement
from indicators.scoreboard import tolerances_of
from projects.lighting import rules_at
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.pages.pages import Link, SourceLine
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.models import Publication, RuleSet
from wanzhou.kernel.plans.shown import PublishedPlan, Shown
from wanzhou.site.dashboard.notes import sources_of
from wanzhou.site.dashboard.rows import Row, row_of
from wanzhou.site.dashboard.tones import TONES, UNJUDGED, Tone, tone_of

from .lights import LightRules, light_rules_of
from .paces import PACES, PaceRule
from .rules import RULES, Rule
from .standings import ORDER, Standing, Step, standings
from .trying import Choices, Question, Tried, presets, tried


@dataclass(frozen=True, slots=True)
class Example:
    """A published row as an example: of which year and period, the row as tables show it."""

    year: int
    period: str
    row: Row

    @property
    def name(self) -> str:
        """The indicator with its year: `2022 年地区生产总值增速`."""
        return f"{self.year} 年{self.row.name}"


@dataclass(frozen=True, slots=True)
class Boundary:
    """An outcome at the edge of a rule, and what comes of it."""

    outcome: str
    base: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with what it accepts under the tolerances in force, its edges, and a published example."""

    rule: Rule
    formula: str
    edges: tuple[Boundary, ...]
    example: Example | None
    try_href: str


@dataclass(frozen=True, slots=True)
class PaceLine:
    """A way of accruing, with a published example or else what judging makes of an assumed one."""

    rule: PaceRule
    example: Example | None
    assumed: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bands:
    """A version of the tolerances: its numbers as people read them, since when and why, and who is judged by it."""

    version: int
    rate_firm: str
    rate_wide: str
    share_firm: str
    share_wide: str
    at: datetime.datetime
    reason: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many numbered rows of a plan stand in each state, as a sum that adds up."""

    year: int
    period: str
    numbered: int
    terms: tuple[tuple[str, int], ...]
    binding: int
    sub_rows: int
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What published rows tell of adjustments, breaks, rulings."""

    adjusted: tuple[str, ...]
    redefined: tuple[Example, ...]
    ruled: tuple[Example, ...]
    broken: tuple[str, ...]
    reasons: tuple[str, ...] = tuple(Replacement(term).label for term in Replacement)


@dataclass(frozen=True, slots=True)
class JudgingPage:
    """Everything the page shows."""

    lines: tuple[RuleLine, ...]
    bands: Bands | None
    other_bands: tuple[Bands, ...]
    standings: tuple[Standing, ...]
    order: tuple[Step, ...]
    paces: tuple[PaceLine, ...]
    shares: str
    lights: LightRules | None
    running: Shown | None
    counts: tuple[Count, ...]
    changes: Changes
    question: Question
    tried: Tried | None
    choices: Choices
    unjudged: Tone
    presets: tuple[Link, ...]
    sources: tuple[SourceLine, ...]


def judging_page(plans: tuple[PublishedPlan, ...], visit: Visit) -> JudgingPage:
    """The page at the visit's moment. Five queries: tolerances, what names them, a year that is over, one that is
    under way, and the newest rules, which lights are read by."""
    versions = _versions(plans, visit)
    tolerances = tolerances_of(versions[0][0]) if versions else Tolerances()
    over, running = _over(plans), _running(plans)
    finished, under_way = _published(over, visit), _published(running, visit)
    examples = [*_examples(over, finished), *_examples(running, under_way)]
    question = Question.of(visit)
    newest = rules_at(visit.as_of.moment)
    bands = tuple(_bands(rules, years) for rules, years in versions)
    return JudgingPage(
        lines=tuple(_line(rule, tolerances, examples) for rule in RULES),
        bands=bands[0] if bands else None,
        other_bands=bands[1:],
        standings=standings(),
        order=ORDER,
        paces=tuple(_pace_line(rule, _examples(running, under_way)) for rule in PACES),
        shares="、".join(f"{term.label} {term.share}" for term in Period if term is not Period.FULL_YEAR),
        lights=light_rules_of(newest) if newest else None,
        running=running,
        counts=tuple(
            _count(shown, rows) for shown, rows in ((over, finished), (running, under_way)) if shown
        ),
        changes=_changes(over, finished, running, under_way),
        question=question,
        tried=tried(question, tolerances),
        choices=Choices(),
        unjudged=UNJUDGED,
        presets=presets(),
        sources=sources_of([*finished, *under_way]),
    )


def _over(plans: Iterable[PublishedPlan]) -> Shown | None:
    """The newest published year that is over."""
    for published in plans:
        for period in published.periods:
            if period.period == Period.FULL_YEAR:
                return Shown(published.plan, period)
    return None


def _running(plans: Iterable[PublishedPlan]) -> Shown | None:
    """The newest published period of a year under way; where every year is over, the last one before an end."""
    for published in plans:
        for period in reversed(published.periods):
            if period.period != Period.FULL_YEAR:
                return Shown(published.plan, period)
    return None


def _published(shown: Shown | None, visit: Visit) -> list[PublishedRow]:
    if shown is None:
        return []
    return list(PublishedRow.objects.current(shown.plan, shown.period, as_of=visit.as_of.moment))


Pair = tuple[PublishedRow, Example]


def _examples(shown: Shown | None, rows: Iterable[PublishedRow]) -> list[Pair]:
    if shown is None:
        return []
    period = shown.term.label if shown.term else ""
    return [(row, Example(shown.year, period, row_of(row))) for row in rows]


def _line(rule: Rule, tolerances: Tolerances, examples: Iterable[Pair]) -> RuleLine:
    found = [pair for pair in examples if rule.covers(pair[0].reading, pair[0].favourable)]
    first = rule.trials[0]
    question = Question(rule.wording, rule.unit, first.outcome, rule.favourable, base=first.base)
    return RuleLine(
        rule=rule,
        formula=describe(rule.read(tolerances)),
        edges=tuple(
            Boundary(trial.outcome, trial.base, tone_of(rule.tried(trial, tolerances).verdict or ""))
            for trial in rule.trials
        ),
        example=_best(rule.wording, found),
        try_href=question.href,
    )


def _best(wording: str, found: list[Pair]) -> Example | None:
    """The published row worded just so, else one with a figure, else any."""

    def worth(pair: Pair) -> tuple[bool, bool]:
        return (pair[0].wording == wording, pair[0].outcome_value is not None)

    return max(found, key=worth)[1] if found else None


def _pace_line(rule: PaceRule, examples: Iterable[Pair]) -> PaceLine:
    found = [pair for pair in examples if rule.covers(pair[0].accrual, pair[0].favourable) and pair[0].pace]
    telling = [pair for pair in found if pair[0].gap is not None or pair[0].pace == rule.pace]
    if telling:
        example = max(telling, key=lambda pair: bool(pair[0].reachability))[1]
        return PaceLine(rule, example, "", example.row.tone)
    assumed = rule.tried()
    return PaceLine(rule, None, assumed.reason, tone_of(assumed.pace or ""))


def _count(shown: Shown, rows: list[PublishedRow]) -> Count:
    counted = [row for row in rows if row.counted]
    over = shown.term is Period.FULL_YEAR
    counts = (
        tally((row.counted, Verdict(row.verdict)) for row in rows if row.verdict).as_dict()
        if over
        else pace_tally((row.counted, Pace(row.pace)) for row in rows if row.pace).as_dict()
    )
    return Count(
        year=shown.year,
        period=shown.term.label if shown.term else "",
        numbered=len(counted),
        terms=tuple((TONES[state].word, counts[state]) for state in TONES if counts.get(state)),
        binding=sum(row.nature == Nature.BINDING for row in counted),
        sub_rows=len(rows) - len(counted),
        below=tuple(row.name for row in rows if not row.counted and row.verdict == Verdict.MISSED),
    )


def _changes(
    over: Shown | None, finished: list[PublishedRow], running: Shown | None, under_way: list[PublishedRow]
) -> Changes:
    pairs = [*_examples(over, finished), *_examples(running, under_way)]
    return Changes(
        adjusted=tuple(f"{pair[1].name}：{pair[0].adjustment}" for pair in pairs if pair[0].adjustment),
        redefined=tuple(pair[1] for pair in pairs if pair[1].row.state == Verdict.REDEFINED),
        ruled=tuple(pair[1] for pair in pairs if pair[0].ruling_reason),
        broken=tuple(pair[1].name for pair in pairs if pair[0].series_break),
    )


def _versions(plans: tuple[PublishedPlan, ...], visit: Visit) -> list[tuple[RuleSet, tuple[int, ...]]]:
    """The versions of the rules by which the published plans were last judged, newest plan first."""
    named = dict(
        Publication.objects.visible(visit.as_of.moment)
        .order_by("plan_id", "-id")
        .distinct("plan_id")
        .values_list("plan_id", "rule_set_id")
    )
    known = RuleSet.objects.in_bulk(set(named.values()))
    years: dict[int, list[int]] = {}
    for published in plans:
        years.setdefault(named[published.plan.pk], []).append(published.plan.year)
    return [(known[key], tuple(judged)) for key, judged in years.items()]


def _bands(rules: RuleSet, years: tuple[int, ...]) -> Bands:
    def percent(share: Decimal) -> str:
        return plain(share * 100)

    return Bands(
        version=rules.version,
        rate_firm=plain(rules.rate_firm),
        rate_wide=plain(rules.rate_wide),
        share_firm=percent(rules.share_firm),
        share_wide=percent(rules.share_wide),
        at=rules.at,
        reason=rules.reason,
        years=years,
    )
