"""The page of one indicator: one frozen object, filled from publications and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.across_years import published_history, published_rows
from indicators.judging.terms import Verdict
from indicators.listing import listed_rows
from wanzhou.kernel.pages.asof import AsOf
from wanzhou.kernel.pages.pages import SourceLine
from wanzhou.site.dashboard.contributions import ServedYear, serving
from wanzhou.site.dashboard.evidence import Files, files_of
from wanzhou.site.dashboard.notes import sources_of
from wanzhou.site.reports.gaps import NOTHING

from .around import Around, around_of
from .conclusions import Conclusion, conclusions_of, ruling_of
from .dossier import Dossier, dossier_of
from .lede import lede_of, names_of
from .neighbours import Neighbours, neighbours_of
from .picture import Picture, picture_of
from .record import Event, record_of
from .years import PlanYear, Told, years_of

# Years whose states stand on cards above everything else, and whose places the breadcrumbs name.
ON_CARDS = 4
IN_CRUMBS = 3
SAID = {
    "": "尚无完成情况",
    Verdict.REDEFINED: "不作比较",
    Verdict.NOT_COLLECTED: "公开资料中未见",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A year's newest state."""

    told: Told
    anchor: str
    ruling: str

    @property
    def said(self) -> str:
        """What stands where there is no figure."""
        if self.told.state in SAID:
            return SAID[self.told.state]
        if self.told.awaits_base:
            return "待基数"
        text = self.told.shown.outcome.text
        return text if text != NOTHING else self.told.shown.tone.word


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything the page shows."""

    code: str
    names: tuple[str, ...]
    lede: str
    places: str
    cards: tuple[Card, ...]
    from_public_sources: str
    picture: Picture
    conclusions: tuple[Conclusion, ...]
    dossier: Dossier
    around: Around
    record: tuple[Event, ...]
    neighbours: Neighbours
    sources: tuple[SourceLine, ...]
    evidence: tuple[Files, ...]
    served: tuple[ServedYear, ...]

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1]


def indicator_page_of(code: str, as_of: AsOf) -> IndicatorPage:
    """The page of an indicator as of a day; four queries. Raises NoSuchPage."""
    rows = published_rows(code, as_of)
    years = years_of(rows)
    newest = years[-1].newest.row
    act = newest.publication
    table = listed_rows(act.plan, act.period, as_of=as_of.moment)
    return IndicatorPage(
        code=code,
        names=names_of(years),
        lede=lede_of(years),
        places=" · ".join(year.place for year in years[-IN_CRUMBS:]),
        cards=tuple(_card(year) for year in years[-ON_CARDS:]),
        from_public_sources="、".join(
            told.when for year in years for told in year.periods if _collected(told)
        ),
        picture=picture_of(years),
        conclusions=conclusions_of(years),
        dossier=dossier_of(years),
        around=around_of(years, {row.code: row.name for row in table}, as_of.day),
        record=record_of(published_history(code, as_of)),
        neighbours=neighbours_of(newest, table),
        sources=sources_of(rows),
        evidence=files_of(
            (told.when, told.row.documents) for year in reversed(years) for told in reversed(year.told)
        ),
        served=serving(code, as_of.moment),
    )


def _card(year: PlanYear) -> Card:
    return Card(year.newest, year.anchor, ruling_of(year.newest))


def _collected(told: Told) -> bool:
    return told.from_public_sources and bool(told.row.outcome_wording)
