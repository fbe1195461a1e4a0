"""What there is to find among everything published, and what answers a question; three queries, five where
something is asked."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from indicators.models import CitedFact, PublishedRow, PublishedWorkTarget
from projects.models import PublishedTask
from projects.stages import Stage

from .questions import Question


@dataclass(frozen=True, slots=True)
class Mention:
    """How an indicator is called in one plan year."""

    pk: int
    code: str
    year: int
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project stands in one plan year: box, section, and the stages planned and known to be reached."""

    slug: str
    year: int
    box: int
    box_title: str
    section: str
    name: str
    key: str
    planned_stage: str
    reached_stage: str
    group: bool

    @property
    def planned(self) -> Stage | None:
        """What the year should reach; None where the plan does not say."""
        return Stage(self.planned_stage) if self.planned_stage else None

    @property
    def reached(self) -> Stage | None:
        """What is known to be reached; None where nothing is."""
        return Stage(self.reached_stage) if self.reached_stage else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with its newest published row and all its mentions, newest first."""

    row: PublishedRow
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project with all its places, newest first."""

    places: tuple[Place, ...]

    @property
    def newest(self) -> Place:
        """Where it stands in the newest plan that names it."""
        return self.places[0]


def indicators(
    question: Question, moment: datetime.datetime, *, most: int | None = None
) -> tuple[int, list[Indicator]]:
    """How many indicators answer, and the best `most` of them, equally good ones in the order of the newest plan."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in _mentions(question, moment):
        found[mention.code].append(mention)
    best = sorted(found.values(), key=lambda mentions: min(question.rank(one.key) for one in mentions))[:most]
    rows = PublishedRow.objects.select_related("publication__plan", "publication__period").in_bulk(
        [mentions[0].pk for mentions in best]
    )
    return len(found), [Indicator(rows[mentions[0].pk], tuple(mentions)) for mentions in best]


def projects(
    question: Question, moment: datetime.datetime, *, most: int | None = None
) -> tuple[int, list[Project]]:
    """The same for projects, equally good ones newest plan first, in the order of the boxes."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in _places(question, moment):
        found[place.slug].append(place)
    best = sorted(found.values(), key=lambda places: min(question.rank(one.key) for one in places))[:most]
    return len(found), [Project(tuple(places)) for places in best]


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a report's prose: a work target, or one that it states of the year behind it."""

    year: int
    promised: bool
    name: str
    wording: str
    text: str
    order: int
    key: str

    @property
    def href(self) -> str:
        """The list in which it stands."""
        return f"/{self.year}/work-targets/" if self.promised else f"/{self.year}/results/#f-{self.order}"


def figures(
    question: Question, moment: datetime.datetime, *, most: int | None = None
) -> tuple[int, list[Said]]:
    """The same for figures of the reports' prose: work targets first, both newest plan first; two queries."""
    if not question.words:
        return 0, []
    found = [*_promised(question, moment), *_stated(question, moment)]
    return len(found), sorted(found, key=lambda one: question.rank(one.key))[:most]


def _promised(question: Question, moment: datetime.datetime) -> Iterable[Said]:
    rows = PublishedWorkTarget.objects.newest_of_years(as_of=moment).filter(_holds(question))
    asked = ("publication__plan__last_year", "name", "wording", "quoted", "order", "search_key")
    return (Said(year, True, *values) for year, *values in rows.values_list(*asked))


def _stated(question: Question, moment: datetime.datetime) -> Iterable[Said]:
    facts = CitedFact.objects.visible(moment).filter(_holds(question))
    asked = ("plan__last_year", "name", "wording", "sentence", "order", "search_key")
    return (Said(year, False, *values) for year, *values in facts.values_list(*asked))


def _mentions(question: Question, moment: datetime.datetime) -> Iterable[Mention]:
    rows = PublishedRow.objects.newest_of_years(as_of=moment)
    if question.words:
        rows = rows.filter(code__in=rows.filter(_holds(question)).order_by().values("code"))
    asked = ("pk", "code", "publication__plan__last_year", "name", "search_key")
    return (Mention(*values) for values in rows.values_list(*asked))


def _places(question: Question, moment: datetime.datetime) -> Iterable[Place]:
    tasks = PublishedTask.objects.newest_of_years(as_of=moment)
    if question.words:
        tasks = tasks.filter(slug__in=tasks.filter(_holds(question)).order_by().values("slug"))
    asked = ("slug", "publication__plan__last_year", "box", "box_title", "section", "name", "search_key")
    state = ("planned_stage", "reached_stage", "group")
    return (Place(*values) for values in tasks.values_list(*asked, *state))


def _holds(question: Question) -> Q:
    """That a key holds every word."""
    return Q(*(Q(search_key__contains=word) for word in question.words))
