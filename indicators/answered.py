"""When the city's answer is public, its request is closed: not when somebody has entered it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from wanzhou.kernel.plans.models import Publication

from .judging.terms import OutcomeState
from .models import CityRequest, QuarterlyActual


def settle_requests(publication: Publication, published: Iterable[QuarterlyActual]) -> None:
    """Close the open requests of what was just published, and open those again where the figure awaits once more.

    A request is closed on the day that the city gave the figure, where the entry says so, else on the day of the
    publication. An entry that is sent back or deleted therefore leaves its request open. At most two queries.
    """
    figures = {(figure.target_id, figure.period_id): figure for figure in published}
    if not figures:
        return
    about = CityRequest.objects.filter(
        target__in={target for target, _ in figures}, period__in={period for _, period in figures}
    )
    settled = [
        request
        for request in about.select_for_update(of=("self",)).order_by("pk")
        if _settled(request, figures.get((request.target_id, request.period_id)), publication)
    ]
    if settled:
        CityRequest.objects.bulk_update(settled, ["closed_on"])


def _settled(request: CityRequest, figure: QuarterlyActual | None, publication: Publication) -> bool:
    """Whether the request changes by the figure."""
    if figure is None:
        return False
    was = request.closed_on
    if figure.outcome_state == OutcomeState.AWAITING_CITY:
        request.closed_on = None
    elif was is None:
        request.closed_on = _answered_on(request, figure, publication)
    return request.closed_on != was


def _answered_on(request: CityRequest, figure: QuarterlyActual, publication: Publication) -> datetime.date:
    day = timezone.localdate(figure.provided_at or publication.at)
    return max(day, request.since) if request.since else day
