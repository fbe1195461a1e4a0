"""What stands against approving a draft, and what only deserves a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.judging.units import tidy
from indicators.models import AnnualTarget
from indicators.models.targets import Tier
from wanzhou.kernel.plans.models import RuleSet

from .echoes import echo_of_target


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a row (or, without a key, about the whole draft); `blocks` stops the approval."""

    key: int | None
    name: str
    says: str
    blocks: bool


def problems_of(
    targets: Sequence[AnnualTarget], rules: RuleSet, last_units: Mapping[int, str]
) -> tuple[Problem, ...]:
    """Everything about a draft's rows, in table order; those that block first.

    Needs indicator and adjustments at hand; `last_units` are last year's units by indicator.
    """
    if not targets:
        return (Problem(None, "", "计划里还没有一行。", blocks=True),)
    found = [*_numbering(targets)]
    for target in targets:
        found += _of_row(target, rules, last_units)
    return tuple(sorted(found, key=lambda problem: not problem.blocks))


def _of_row(target: AnnualTarget, rules: RuleSet, last_units: Mapping[int, str]) -> Iterator[Problem]:
    def says(text: str, *, blocks: bool = False) -> Problem:
        return Problem(target.pk, target.name, text, blocks)

    if not target.wording and not target.adjustments.all():
        yield says("没有填写目标表述。", blocks=True)
    elif doubt := echo_of_target(target, rules).doubt:
        yield says(f"{doubt}。")
    if target.tier == Tier.HEADLINE and target.ordinal is None and target.parent_id is None:
        yield says("是其中行，却没有所属行。", blocks=True)
    if target.department_id is None:
        yield says("没有责任单位，到期没有人填报。")
    before = last_units.get(target.indicator_id)
    if before is not None and tidy(before) != tidy(target.unit) and not target.series_break:
        yield says(f"单位与上年（{before or '无'}）不同，却没有标明与上年不可比。")
    if target.series_break and not target.note:
        yield says("标明了与上年不可比，没有写为什么。")


def _numbering(targets: Iterable[AnnualTarget]) -> Iterator[Problem]:
    numbers = [row.ordinal for row in targets if row.tier == Tier.HEADLINE and row.ordinal is not None]
    twice = sorted(number for number, times in Counter(numbers).items() if times > 1)
    if twice:
        yield Problem(None, "", f"序号重复：{'、'.join(map(str, twice))}。", blocks=True)
    elif sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield Problem(None, "", "序号不是从1起连续的，可以点“重新编号”。", blocks=False)
