"""Which indicator of the catalogue a row of a report is about: by its names, and never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from indicators.models import AnnualTarget, Indicator
from indicators.models.targets import Tier
from wanzhou.kernel.wording import fold

_IN_BRACKETS: Final = re.compile(r"[（(][^（()）]*[）)]")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every indicator by the names that it goes or went by; a name of two indicators is nobody's."""

    named: Mapping[str, int]
    indicators: Mapping[int, Indicator]

    @classmethod
    def gather(cls) -> Catalogue:
        """Names and aliases, and the names that rows of plans had; two queries."""
        indicators = {one.pk: one for one in Indicator.objects.order_by("id")}
        found: dict[str, set[int]] = {}
        for one in indicators.values():
            for name in one.names:
                found.setdefault(plain(name), set()).add(one.pk)
        rows = AnnualTarget.objects.filter(tier=Tier.HEADLINE).values_list("name", "indicator")
        for name, indicator in rows:
            found.setdefault(plain(name), set()).add(indicator)
        return cls({name: min(keys) for name, keys in found.items() if len(keys) == 1}, indicators)

    def of(self, name: str) -> Indicator | None:
        """The one indicator that the name can mean."""
        key = self.named.get(plain(name))
        return self.indicators[key] if key is not None else None


def plain(name: str) -> str:
    """A name without brackets, signs and spaces, for comparing."""
    return _IN_BRACKETS.sub("", fold(name)).lstrip("#").lower()


def taken(names: Iterable[str]) -> frozenset[str]:
    """Names as they compare."""
    return frozenset(map(plain, names))
