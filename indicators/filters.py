"""Which rows of a year's table a visitor wants to see; page, files and API ask in the same words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict

from indicators.judging.terms import Pace, Verdict
from indicators.models import Nature, PublishedRow
from wanzhou.kernel.pages.filtering import PublicFilter, named
from wanzhou.kernel.plans.shown import Shown

from .listing import listed_rows

PARAMETERS = ("nature", "state", "department", "section")
FREE = ("q",)

# A row has a verdict or a pace, never both; where both know a word, it is the same one.
STATES = dict(Verdict.choices()) | dict(Pace.choices())


class IndicatorFilter(PublicFilter):
    """Filters of published rows: by nature, state, department, section, and by name, alias, pinyin or initials."""

    q = django_filters.CharFilter(label="名称、拼音或首字母", method="matching")
    nature = django_filters.ChoiceFilter(label="属性", choices=Nature.choices())
    state = django_filters.ChoiceFilter(label="结论", choices=list(STATES.items()), method="in_state")
    department = django_filters.ChoiceFilter(label="责任单位", choices=[])
    section = django_filters.ChoiceFilter(label="章节", choices=[])

    class Meta:
        model = PublishedRow
        fields: tuple[str, ...] = ()

    def offer(self, rows: Iterable[PublishedRow]) -> None:
        """Offer the states, departments and sections that occur in the whole table, and no others."""
        whole = list(rows)
        present = {row.verdict or row.pace for row in whole}
        self.choose("state", [(code, label) for code, label in STATES.items() if code in present])
        self.choose("department", named(row.department for row in whole))
        self.choose("section", named(row.section for row in whole))

    def in_state(self, rows: QuerySet[PublishedRow], name: str, state: str) -> QuerySet[PublishedRow]:
        return rows.filter(Q(verdict=state) | Q(pace=state))


def found_rows(
    asked: Shown, query: QueryDict, moment: datetime.datetime
) -> tuple[list[PublishedRow], IndicatorFilter]:
    """The published rows that a query asks for, in table order, and the filter that found them.

    Two queries, one more where something is filtered; raises BadQuestion.
    """
    whole = listed_rows(asked.plan, asked.period, as_of=moment)
    rows = PublishedRow.objects.current(asked.plan, asked.period, as_of=moment)
    chosen = IndicatorFilter(query, queryset=rows)
    chosen.offer(whole)
    if not any(query.get(name) for name in chosen.filters):
        return whole, chosen
    return list(chosen.found()), chosen
