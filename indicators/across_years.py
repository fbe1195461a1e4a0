"""The published rows of one indicator across years, and the catalogue of all indicators."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from wanzhou.kernel.pages.asof import AsOf
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.templating import day
from wanzhou.kernel.plans.models import PlanKind

from .models import PublishedRow

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.IGNORECASE)
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Catalogued:
    """An indicator as it was published last, and the plan years that have it, oldest first."""

    row: PublishedRow
    years: tuple[int, ...]


def published_rows(code: str, as_of: AsOf) -> list[PublishedRow]:
    """The newest row of each year and period, in the order of time; one query. Raises NoSuchPage without any."""
    known = len(code) <= LONGEST_CODE and CODE.fullmatch(code)
    rows = list(PublishedRow.objects.of_indicator(code, as_of=as_of.moment)) if known else []
    if not rows:
        raise NoSuchPage(_nothing_there(code, as_of))
    return rows


def published_history(code: str, as_of: AsOf) -> list[PublishedRow]:
    """Every row ever published, replaced ones included, in the order of publication; one query."""
    rows = PublishedRow.objects.history(code, as_of=as_of.moment)
    return list(rows.filter(publication__plan__kind=PlanKind.ANNUAL))


def catalogue(as_of: datetime.datetime) -> list[Catalogued]:
    """Every published indicator: those of the newest year in table order, then older ones; two queries."""
    rows = PublishedRow.objects.filter(publication__plan__kind=PlanKind.ANNUAL).visible(as_of)
    latest = rows.order_by("code", "-publication__plan__last_year", "-publication_id").distinct("code")
    newest = PublishedRow.objects.filter(pk__in=latest.values("pk")).select_related("publication__plan")
    years: dict[str, set[int]] = {}
    for code, year in rows.order_by().values_list("code", "publication__plan__last_year").distinct():
        years.setdefault(code, set()).add(year)
    in_order = newest.order_by("-publication__plan__last_year", "order", "code")
    return [Catalogued(row, tuple(sorted(years[row.code]))) for row in in_order]


def _nothing_there(code: str, as_of: AsOf) -> str:
    when = f"截至{day(as_of.day)}，" if as_of.stated else ""
    shortened = code if len(code) <= LONGEST_CODE else f"{code[:20]}…"
    return f"{when}没有已发布的指标“{shortened}”，指标代码可在指标列表里找到"
