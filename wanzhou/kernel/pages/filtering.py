"""Filters that visitors set by a plain form: what they may choose, what they chose, and what to say of nonsense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from wanzhou.kernel.pinyin import folded_query

from .refusals import BadQuestion
from .visits import Visit

Choices = list[tuple[str, str]]


def named(names: Iterable[str]) -> Choices:
    """Choices of names that stand for themselves, in the order in which they first occur."""
    return [(name, name) for name in dict.fromkeys(names) if name]


class PublicFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A filter set whose choices are those that occur, and whose refusals name what would be accepted."""

    def choose(self, name: str, choices: Choices) -> None:
        """Let a filter offer these choices."""
        self.filters[name].extra["choices"] = choices

    def matching(self, rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        """Rows whose key holds every word, as written, in pinyin or by initials."""
        for word in words.split():
            rows = rows.filter(search_key__contains=folded_query(word))
        return rows

    def found(self) -> QuerySet[Any]:
        """The rows that were asked for; raises BadQuestion."""
        for name, errors in self.form.errors.items():
            raise BadQuestion(self._refusal(name, self.data.get(name, ""), errors))
        found: QuerySet[Any] = self.qs
        return found

    def _refusal(self, name: str, answer: str, errors: Iterable[str]) -> str:
        choices = self.filters[name].extra.get("choices")
        if not choices:
            return f"{name}=“{answer[:30]}”不能理解：{''.join(errors)}"
        accepted = "、".join(code if code == label else f"{code}（{label}）" for code, label in choices)
        return f"{self.filters[name].label}没有“{answer[:30]}”；可选：{accepted}"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a menu."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """One field of the form: a menu with its options, or a line to type in where it has none."""

    name: str
    label: str
    options: tuple[Option, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The form as a page shows it: its fields, what is set, and the address of the whole list."""

    menus: tuple[Menu, ...]
    chips: tuple[Chip, ...]
    whole: str

    @classmethod
    def of(cls, asked: PublicFilter, visit: Visit) -> FilterForm:
        """From a filter set that was asked; menus with nothing to choose from are left out."""
        menus = tuple(_menu(name, asked, visit) for name in asked.filters)
        chips = tuple(_chip(menu, visit) for menu in menus if menu.answer)
        kept = tuple(menu for menu in menus if len(menu.options) != 1)
        return cls(kept, chips, visit.again(**dict.fromkeys(asked.filters), page=None))


def _menu(name: str, asked: PublicFilter, visit: Visit) -> Menu:
    field, answer = asked.form.fields[name], visit.said(name)
    options: tuple[Option, ...] = ()
    if isinstance(field, forms.ChoiceField):
        choices = [("", "全部"), *asked.filters[name].extra["choices"]]
        options = tuple(Option(code, label, code == answer) for code, label in choices)
    return Menu(name, str(asked.filters[name].label), options, answer)


def _chip(menu: Menu, visit: Visit) -> Chip:
    label = next((option.label for option in menu.options if option.chosen), f"“{menu.answer}”")
    return Chip(label, visit.again(**{menu.name: None}, page=None))
