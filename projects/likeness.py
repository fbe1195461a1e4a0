"""Which names of different years may mean one project, and why; pure. A person decides, never this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from wanzhou.kernel.wording import fold

# Shorter names are part of too many others.
_SHORTEST = 5
# Of a hundred pairs of signs, so many must be the same.
_ALIKE = 70
# Two signs that more names have than this tell nothing.
_ORDINARY_FROM = 60
_PHASE = re.compile(r"([一二三四五六七八九十\d]+)期")
_ORDINARY = re.compile(r"(?:建设)?(?:工程|项目)$")


class Named(Protocol):
    """A project's entry in a year: its key, its year and its name."""

    @property
    def key(self) -> int: ...
    @property
    def year(self) -> int: ...
    @property
    def name(self) -> str: ...


Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Entry]):
    """Two entries of different years that look alike, the earlier first, and the sentence that says how."""

    before: Entry
    after: Entry
    why: str


def pairs_of(entries: Iterable[Entry]) -> Iterator[Pair[Entry]]:
    """Every pair of entries of different projects and years whose names look alike.

    Two projects of one year are never a pair: the plan itself tells them apart.
    """
    known = sorted(entries, key=lambda entry: (entry.year, entry.key))
    years: dict[int, set[int]] = {}
    for entry in known:
        years.setdefault(entry.key, set()).add(entry.year)
    told: set[frozenset[int]] = set()
    for before, after in _candidates(known):
        both = frozenset({before.key, after.key})
        if years[before.key] & years[after.key] or both in told:
            continue
        why = alike(before.name, after.name)
        if why:
            told.add(both)
            yield Pair(before, after, why)


def _candidates(known: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Entries that share two neighbouring signs which are not in everybody's name, the earlier first."""
    holders: dict[str, list[int]] = {}
    for place, entry in enumerate(known):
        for signs in _neighbours(_core(entry.name)):
            holders.setdefault(signs, []).append(place)
    pairs = {
        (one, other)
        for places in holders.values()
        if len(places) <= _ORDINARY_FROM
        for position, one in enumerate(places)
        for other in places[position + 1 :]
    }
    return ((known[one], known[other]) for one, other in sorted(pairs))


def alike(first: str, second: str) -> str:
    """How two names look alike; empty where they do not, or where they name different phases of one thing."""
    one, other = _core(first), _core(second)
    phases = [_PHASE.findall(core) for core in (one, other)]
    if all(phases) and phases[0] != phases[1]:
        return ""
    if one == other:
        return "除“工程”“项目”等字外，名称相同"
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and short in long:
        return f"一个名称包含另一个，多出“{long.replace(short, '', 1)}”"
    if len(short) > _SHORTEST and _abbreviates(short, long):
        return "一个名称像是另一个的简称，各字依次出现"
    share = _shared(one, other)
    return f"名称的用字有 {share}% 相同" if share >= _ALIKE else ""


def _core(name: str) -> str:
    return _ORDINARY.sub("", fold(name))


def _abbreviates(short: str, long: str) -> bool:
    """Whether every sign of the short name occurs in the long one, in order, from the same beginning."""
    rest = iter(long)
    return short[:2] == long[:2] and all(sign in rest for sign in short)


def _shared(one: str, other: str) -> int:
    """Of a hundred neighbouring pairs of signs in both names, how many are the same."""
    mine, yours = _neighbours(one), _neighbours(other)
    together = len(mine) + len(yours)
    return 200 * len(mine & yours) // together if together else 0


def _neighbours(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(len(name) - 1)}
