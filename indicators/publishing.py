"""Publishing: what is approved is judged once more and told to the public, row by row, under one act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from wanzhou.kernel.pinyin import search_key
from wanzhou.kernel.plans.models import Publication, ReportingPeriod
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.workflow import actions as workflow
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from .answered import settle_requests
from .bases import Base, Bases
from .embargoes import told_too_early
from .evidence import PublicEvidence
from .judging.targets import read_target
from .judging.terms import Favourable, Verdict
from .models import AnnualTarget, Cause, PublishedRow, QuarterlyActual, Ruling
from .scoreboard import Basis, Scoreboard, ScoreRow, targets_of, tolerances_of, wordings_of
from .surroundings import Surroundings, reads_otherwise, told_base
from .wordings import WordingInForce, describe_adjustment

NOTHING_AROUND: Final = Surroundings()


class PublicationRefused(Exception):
    """What stands against a publication, one Chinese sentence per problem."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Appended:
    """The rows that an act appended, what stood in their place, the entries it published, and what stands against it.

    Whoever opened the act takes it back when there are problems.
    """

    rows: tuple[PublishedRow, ...]
    replaced: Mapping[int, PublishedRow]
    entries: tuple[Submission, ...] = ()
    problems: tuple[str, ...] = ()


def publish_rows(publication: Publication, *, entries: Iterable[Submission] | None = None) -> Appended:
    """Publish approved entries (`entries`, or all of the period) and append every row that they touch.

    Touched is a row with a newly published figure, ruling or cause, one whose wording in force changed, one that was
    never published for this period, and one whose surroundings read otherwise than the public was told: a date or a
    reminder of the wait for the city, a figure of another region, the base that the target leans on, a file
    that may be read or may no more. Such a row is judged anew as a whole, so that a base that has arrived turns into
    a verdict.
    """
    known = _known_rows(publication)
    if publication.period is None:
        rows = [row for row in _plan_rows(publication) if _is_touched(row, known)]
        return _appended(publication, rows, known)
    published = _publish_entries(publication, publication.period, entries)
    settle_requests(publication, (entry for entry in published if isinstance(entry, QuarterlyActual)))
    fresh = {_about(entry) for entry in published}
    board = Scoreboard.for_period(publication.period, today=timezone.localdate(publication.at))
    surroundings = Surroundings.gather(publication.period)
    rows = [published_row(publication, row, surroundings) for row in board.rows]
    touched = [row for row in rows if row.target_id in fresh or _is_touched(row, known)]
    return _appended(publication, touched, known, published, _unexplained(board))


def published_row(
    publication: Publication, row: ScoreRow, surroundings: Surroundings = NOTHING_AROUND
) -> PublishedRow:
    """What the public reads of a judged row; not saved."""
    assessment = row.assessment
    computed = assessment.verdict.value if assessment.verdict else ""
    verdict = row.verdict.value if row.verdict else ""
    pace = assessment.pace.value if assessment.pace else ""
    return PublishedRow(
        publication=publication,
        target=row.target,
        actual=row.actual,
        ruling=row.ruling,
        **_table_row(row.target),
        **_asked(row.target, row.in_force),
        **_reported(row.actual),
        **_source(row.actual or row.target),
        reading=assessment.reading.as_dict(),
        outcome_state=assessment.outcome.state.value,
        computed=computed,
        verdict=verdict,
        ruling_reason=row.ruling.reason if row.ruling else "",
        pace=pace,
        gap=storable(assessment.gap),
        expected=storable(assessment.expected),
        sentence=assessment.reason,
        reachability=assessment.reachability,
        waiting=surroundings.waiting(row.target) if Verdict.AWAITING_CITY in (verdict, pace) else None,
        base=told_base(row.base),
        references=surroundings.references(row.target),
        documents=surroundings.documents(
            row.target, row.actual, row.cause, row.ruling, row.in_force.adjustment
        ),
        **_explained(row.cause),
    )


def storable(figure: Decimal | None) -> Decimal | None:
    """As the database keeps figures: six places at the most."""
    return None if figure is None else round(figure, 6)


def _publish_entries(
    publication: Publication, period: ReportingPeriod, entries: Iterable[Submission] | None
) -> tuple[QuarterlyActual | Ruling | Cause, ...]:
    """Mark figures, then rulings and causes as published."""
    approved = {"state": State.APPROVED}
    chosen: list[QuarterlyActual | Ruling | Cause] = (
        [entry for entry in entries if isinstance(entry, QuarterlyActual | Ruling | Cause)]
        if entries is not None
        else [
            *QuarterlyActual.objects.filter(period=period, **approved),
            *Ruling.objects.filter(actual__period=period, **approved).select_related("actual"),
            *Cause.objects.filter(period=period, **approved),
        ]
    )
    for kind in (QuarterlyActual, Ruling, Cause):
        workflow.publish([entry for entry in chosen if isinstance(entry, kind)], publication=publication)
    return tuple(chosen)


def _about(entry: QuarterlyActual | Ruling | Cause) -> int:
    """The id of the target that an entry is about."""
    return entry.actual.target_id if isinstance(entry, Ruling) else entry.target_id


def _known_rows(publication: Publication) -> dict[int, PublishedRow]:
    """What was published last of every target of this period, by the target's id."""
    rows = PublishedRow.objects.current(publication.plan, publication.period)
    return {row.target_id: row for row in rows}


def _is_touched(row: PublishedRow, known: Mapping[int, PublishedRow]) -> bool:
    """Whether the row would be news: never told, asked in other words, or standing in other surroundings."""
    told = known.get(row.target_id)
    if told is None or told.wording != row.wording:
        return True
    return reads_otherwise(_surroundings_of(told), _surroundings_of(row))


def _surroundings_of(row: PublishedRow) -> tuple[Any, ...]:
    return row.waiting, row.base, row.references, row.documents


def _unexplained(board: Scoreboard) -> tuple[str, ...]:
    """Misses and delays without a word of why, and a tally that does not add up."""
    if board.period.period == Period.FULL_YEAR:
        problems = [
            f"第{row.target.ordinal}项“{row.target.name}”未完成，尚无原因说明，不能发布全年结果。"
            for row in board.rows
            if row.lacks_cause
        ]
        sums = [] if board.tally().adds_up() else ["各类结论之和与指标项数不符，不能发布。"]
        return (*problems, *sums)
    return tuple(
        f"“{row.target.name}”滞后于序时进度，尚缺已审核的原因和下一步措施，不能发布。"
        for row in board.rows
        if board.demands_explanations and row.lacks_explanation
    )


def _plan_rows(publication: Publication) -> list[PublishedRow]:
    """The plan's own targets, asked and not yet answered."""
    targets = targets_of(publication.plan)
    wordings = wordings_of(publication.plan, targets, None)
    in_words = {target: wordings[target.pk].wording for target in targets}
    bases = Bases.gather(None, in_words, Basis.PUBLISHED.states).bases
    evidence = PublicEvidence.of_plan(publication.plan)
    rows = [_plan_row(publication, target, wordings[target.pk], bases.get(target.pk)) for target in targets]
    for row in rows:
        row.documents = evidence.documents(wordings[row.target_id].adjustment)
    return rows


def _plan_row(
    publication: Publication, target: AnnualTarget, in_force: WordingInForce, base: Base | None
) -> PublishedRow:
    reading = read_target(
        in_force.wording,
        unit=target.unit,
        favourable=Favourable(target.indicator.favourable),
        tolerances=tolerances_of(publication.rule_set),
    )
    return PublishedRow(
        publication=publication,
        target=target,
        **_table_row(target),
        **_asked(target, in_force),
        **_source(target),
        reading=reading.as_dict(),
        base=told_base(base),
        sentence="年度目标已公布，尚无完成情况。",
    )


def _appended(
    publication: Publication,
    rows: list[PublishedRow],
    known: Mapping[int, PublishedRow],
    entries: tuple[Submission, ...] = (),
    problems: tuple[str, ...] = (),
) -> Appended:
    """Append the rows, unless they tell what another publication still holds back: that is a problem of the act."""
    kept = tuple(PublishedRow.objects.bulk_create(rows))
    early = tuple(str(each) for each in told_too_early(publication, kept))
    replaced = {row.target_id: known[row.target_id] for row in kept if row.target_id in known}
    return Appended(kept, replaced, entries, (*problems, *early))


def _table_row(target: AnnualTarget) -> dict[str, Any]:
    return {
        "order": target.order,
        "ordinal": target.ordinal,
        "code": target.indicator.code,
        "parent_code": target.parent.indicator.code if target.parent else "",
        "name": target.name,
        "short_name": target.indicator.short_name,
        "unit": target.unit,
        "nature": target.nature,
        "section": target.section,
        "department": target.department.name if target.department else "",
        "accrual": target.indicator.accrual,
        "favourable": target.indicator.favourable,
        "frequency": target.indicator.frequency,
        "definition": target.indicator.definition,
        "series_break": target.series_break,
        "search_key": _found_by(target),
        "note": target.note,
    }


def _found_by(target: AnnualTarget) -> str:
    indicator = target.indicator
    return search_key(target.name, *indicator.names, indicator.short_name, indicator.code)


def _asked(target: AnnualTarget, in_force: WordingInForce) -> dict[str, Any]:
    adjustment = in_force.adjustment
    return {
        "wording": in_force.wording or "",
        "first_wording": target.wording or "",
        "adjustment": describe_adjustment(target, adjustment) if adjustment else in_force.unjudged_because,
    }


def _reported(actual: QuarterlyActual | None) -> dict[str, Any]:
    if actual is None:
        return {}
    return {
        "outcome_value": actual.value,
        "outcome_wording": actual.wording,
        "outcome_version": actual.version,
        "basis_value": actual.basis_value,
        "basis_unit": actual.basis_unit,
        "basis_note": actual.basis_note,
        "replaced_because": actual.replaced_because,
    }


def _source(fact: QuarterlyActual | AnnualTarget) -> dict[str, Any]:
    if fact.source is None:
        return {}
    return {
        "source_title": fact.source.title,
        "source_url": fact.source.url,
        "source_place": fact.place,
        "source_published_on": fact.source.published_on,
    }


def _explained(cause: Cause | None) -> dict[str, Any]:
    if cause is None:
        return {}
    where = "，".join(filter(None, [cause.source.title if cause.source else "", cause.place]))
    return {"cause": cause.text, "measures": cause.measures, "cause_source": where}
