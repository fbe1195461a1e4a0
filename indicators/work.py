"""Publishing what the report's prose counts: its work targets (重点工作目标), and the figures that it cites.

Both stand apart from the numbered table. A work target without a figure is shown with its sentence and nothing more;
nobody is said to owe one. Where a row of the table asks for the same indicator, its published figure serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from wanzhou.kernel.pinyin import search_key
from wanzhou.kernel.plans.models import Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workflow.moves import State

from .bases import Bases
from .judging.targets import read_target
from .judging.terms import Favourable
from .models import AnnualTarget, CitedFact, PublishedWorkTarget, QuarterlyActual
from .scoreboard import assessed, outcome_of, tolerances_of, wordings_of
from .wordings import WordingInForce


@dataclass(frozen=True, slots=True)
class Prose:
    """What an act of publication tells of the report's prose."""

    targets: tuple[PublishedWorkTarget, ...] = ()
    facts: tuple[CitedFact, ...] = ()


def publish_prose(publication: Publication) -> Prose:
    """Append the work targets that the act touches; the plan itself also takes its cited facts to the public.

    Comes after the figures of the act are published. A target is touched that was never told, that is asked in other
    words, or that has a figure whose conclusion was not told yet.
    """
    targets = list(
        AnnualTarget.objects.filter(plan=publication.plan)
        .work()
        .select_related("plan", "indicator", "department", "source")
    )
    rows = (
        _plan_rows(publication, targets) if publication.period is None else _judged_rows(publication, targets)
    )
    told = {
        _key(row): _told(row)
        for row in PublishedWorkTarget.objects.filter(
            publication__plan=publication.plan, publication__period=publication.period
        ).order_by("publication_id")
    }
    fresh = [row for row in rows if told.get(_key(row)) != _told(row)]
    facts = _publish_facts(publication) if publication.period is None else ()
    return Prose(tuple(PublishedWorkTarget.objects.bulk_create(fresh)), facts)


def _key(row: PublishedWorkTarget) -> int:
    return row.target_id


def _told(row: PublishedWorkTarget) -> tuple[Any, ...]:
    """What would be news if it read otherwise."""
    value = None if row.outcome_value is None else row.outcome_value.normalize()
    return row.wording, row.quoted, row.outcome_state, value, row.outcome_wording, row.verdict, row.pace


def _plan_rows(publication: Publication, targets: list[AnnualTarget]) -> list[PublishedWorkTarget]:
    wordings = wordings_of(publication.plan, targets, None)
    rows = []
    for target in targets:
        wording = wordings[target.pk].wording
        reading = read_target(
            wording,
            unit=target.unit,
            favourable=Favourable(target.indicator.favourable),
            tolerances=tolerances_of(publication.rule_set),
        )
        row = _row(publication, target, wording)
        row.reading = reading.as_dict()
        rows.append(row)
    return rows


def _judged_rows(publication: Publication, targets: list[AnnualTarget]) -> list[PublishedWorkTarget]:
    """The targets that a public figure of the period is known for."""
    assert publication.period is not None
    period = Period(publication.period.period)
    wordings = wordings_of(publication.plan, targets, period)
    actuals = _figures(publication, targets)
    in_words = {target: wordings[target.pk].wording for target in targets if target.pk in actuals}
    bases = Bases.gather(publication.period, in_words, (State.PUBLISHED,)) if in_words else None
    if bases is None:
        return []
    return [
        _judged(publication, target, wordings[target.pk], actuals[target.pk], bases)
        for target in targets
        if target.pk in actuals
    ]


def _judged(
    publication: Publication,
    target: AnnualTarget,
    in_force: WordingInForce,
    actual: QuarterlyActual,
    bases: Bases,
) -> PublishedWorkTarget:
    assert publication.period is not None
    assessment = assessed(
        target,
        in_force,
        outcome_of(actual, actual.target.unit),
        bases=bases,
        rules=publication.rule_set,
        period=Period(publication.period.period),
    )
    row = _row(publication, target, in_force.wording)
    row.actual = actual
    row.reading = assessment.reading.as_dict()
    row.outcome_state = assessment.outcome.state.value
    row.outcome_value, row.outcome_wording = actual.value, actual.wording
    row.verdict = assessment.verdict.value if assessment.verdict else ""
    row.pace = assessment.pace.value if assessment.pace else ""
    row.sentence = assessment.reason
    row.figure_source = actual.source.title if actual.source else ""
    return row


def _figures(publication: Publication, targets: Iterable[AnnualTarget]) -> dict[int, QuarterlyActual]:
    """The newest public figure of each target: its own, or else that of the table's row for the same indicator."""
    by_indicator = {target.indicator_id: target.pk for target in targets}
    at = publication.at
    waits = Q(publication__not_before__isnull=False) & ~Q(publication__not_before__lte=at)
    public = Q(publication=publication) | ~waits
    found: dict[int, QuarterlyActual] = {}
    shared: dict[int, QuarterlyActual] = {}
    for actual in (
        QuarterlyActual.objects.filter(
            public,
            period=publication.period,
            state=State.PUBLISHED,
            target__plan=publication.plan,
            target__indicator__in=by_indicator,
        )
        .select_related("target", "source")
        .order_by("id")
    ):
        own = actual.target_id == by_indicator[actual.target.indicator_id]
        (found if own else shared)[by_indicator[actual.target.indicator_id]] = actual
    return shared | found


def _row(publication: Publication, target: AnnualTarget, wording: str | None) -> PublishedWorkTarget:
    source = target.source
    return PublishedWorkTarget(
        publication=publication,
        target=target,
        order=target.order,
        code=target.indicator.code,
        name=target.name,
        unit=target.unit,
        section=target.section,
        department=target.department.name if target.department else "",
        wording=wording or "",
        quoted=target.quoted,
        source_title=source.title if source else "",
        source_url=source.url if source else "",
        source_place=target.place,
        search_key=_found_by(target.name, wording or "", target.quoted),
    )


def _found_by(name: str, wording: str, sentence: str) -> str:
    """By the name in every form, and by any words of the sentence as it is written."""
    return f"{search_key(name, wording)} {fold(sentence).lower()}"


def _publish_facts(publication: Publication) -> tuple[CitedFact, ...]:
    """The plan's cited facts that no publication names yet, each made complete in itself."""
    facts = list(
        CitedFact.objects.filter(plan=publication.plan, publication=None)
        .select_related("source")
        .order_by("order")
    )
    for fact in facts:
        fact.publication = publication
        fact.source_title, fact.source_url = fact.source.title, fact.source.url
        fact.search_key = _found_by(fact.name, fact.wording, fact.sentence)
    CitedFact.objects.bulk_update(facts, ["publication", "source_title", "source_url", "search_key"])
    return tuple(facts)
