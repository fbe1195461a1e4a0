"""How many a group stands for (成组项目), read from its printed quantity; pure."""

from __future__ import annotations

import re

_COUNTED = re.compile(r"(\d{1,6})个")


def planned_count(quantity: str) -> int | None:
    """The number in a printed quantity such as 20个以上; None where it names none."""
    found = _COUNTED.match(quantity)
    return int(found[1]) if found else None


def count_words(reached: int | None, quantity: str) -> str:
    """How far a group came against its quantity: 已完成12个，计划20个以上，还差8个."""
    planned = planned_count(quantity)
    if reached is None:
        return f"计划{quantity}，未填已完成个数"
    said = f"已完成{reached}个，计划{quantity}"
    if planned is None:
        return said
    return said + (f"，还差{planned - reached}个" if reached < planned else "，已达到")
