"""Moving rows of a table past each other where the database lets no two stand in one place, not even for a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indicators.models import AnnualTarget
from indicators.models.targets import Tier

from .sheets import Facts


class Seating:
    """The rows as the database holds them, changed one by one whenever the place of one is free.

    Only where rows wait for each other in a circle does one step aside first, so that the record of changes tells
    as little as possible beside what people did.
    """

    def __init__(self, rows: Iterable[AnnualTarget]) -> None:
        self.rows = {row.pk: row for row in rows}

    def change(self, changed: Mapping[int, Facts], removed: set[int]) -> None:
        """Write the changes and take the removed rows away; the rows as they will be must fit together."""
        waiting = [*removed, *changed]
        aside: set[int] = set()
        free = 1 + max(
            (number or 0 for facts in self._all(changed) for number in (facts["order"], facts["ordinal"])),
            default=0,
        )
        while waiting:
            key = next((key for key in waiting if self._may_go(key, changed)), None)
            if key is None:
                key = next(key for key in waiting if key not in aside)
                self._step_aside(self.rows[key], free + len(aside))
                aside.add(key)
                continue
            waiting.remove(key)
            self._go(key, changed)

    def _all(self, changed: Mapping[int, Facts]) -> Iterable[Mapping[str, int | None]]:
        yield from ({"order": row.order, "ordinal": row.ordinal} for row in self.rows.values())
        yield from changed.values()

    def _may_go(self, key: int, changed: Mapping[int, Facts]) -> bool:
        others = [row for pk, row in self.rows.items() if pk != key]
        if key not in changed:
            return all(row.parent_id != key for row in others)
        facts, tier = changed[key], self.rows[key].tier
        parent = self.rows.get(facts["parent_id"])
        return (parent is None or parent.parent_id is None) and not any(
            row.tier == tier
            and (
                row.order == facts["order"]
                or (tier == Tier.HEADLINE and row.ordinal == facts["ordinal"] is not None)
            )
            for row in others
        )

    def _go(self, key: int, changed: Mapping[int, Facts]) -> None:
        row = self.rows[key]
        if key not in changed:
            row.delete()
            del self.rows[key]
            return
        for field, value in changed[key].items():
            setattr(row, field, value)
        row.save(update_fields=[field.removesuffix("_id") for field in changed[key]])

    @staticmethod
    def _step_aside(row: AnnualTarget, place: int) -> None:
        row.order = place
        if row.ordinal is not None:
            row.ordinal = place
        row.save(update_fields=["order", "ordinal"])
