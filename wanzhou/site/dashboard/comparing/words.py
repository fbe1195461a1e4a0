"""What a comparison says: the headline, the paragraph below it, and the change of every row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from indicators.comparison import Asked, Balance, Compared, Movement, Switch
from indicators.judging.terms import Favourable, Kind
from wanzhou.kernel.numerals import plain
from wanzhou.site.dashboard.headline import Headline
from wanzhou.site.reports.gaps import POINTS

from .pairs import Pair

# What makes two numbers another thing, in the order in which it is said.
_OTHERS = {Switch.RENAMED: "名称", Switch.REUNITED: "单位", Switch.REDEFINED: "口径"}
_LEDE = {
    Movement.ADDED: "新增 {} 项",
    Movement.DROPPED: "不再列入 {} 项",
    Movement.KEPT: "{} 项与 {year} 年相同",
    Movement.REWORDED: "{} 项只改表述",
    Movement.INCOMPARABLE: "{} 项换了单位或口径、不比较高低",
}


def headline_of(pair: Pair) -> Headline:
    """How many more or fewer, how many raised and lowered; then the rest, and what binds."""
    balance = pair.balance
    phrases = [_more_or_fewer(pair), *_moved(balance)]
    counts = [
        words.format(balance.movements[movement], year=pair.earlier.year)
        for movement, words in _LEDE.items()
        if balance.movements.get(movement)
    ]
    lede = f"{'，'.join(counts)}。" if counts else ""
    stops = ["，"] * (len(phrases) - 1) + [""]
    return Headline(tuple(map(str.__add__, phrases, stops)), lede + binding_words(pair))


def _more_or_fewer(pair: Pair) -> str:
    before, after = pair.balance.before, pair.balance.after
    than = f"{pair.later.year} 年计划比 {pair.earlier.year} 年"
    if before == after:
        return f"{pair.later.year} 年计划与 {pair.earlier.year} 年都是 {after} 项指标"
    return f"{than}多 {after - before} 项指标" if after > before else f"{than}少 {before - after} 项指标"


def _moved(balance: Balance) -> list[str]:
    words = {Movement.RAISED: "提高", Movement.LOWERED: "降低"}
    return [f"{balance.movements[m]} 项{word}" for m, word in words.items() if balance.movements.get(m)]


def binding_words(pair: Pair) -> str:
    """How many targets bind in each plan, and which became binding or ceased to be."""
    before, after = pair.balance.binding_before, pair.balance.binding_after
    counts = f"都是 {after} 项" if before == after else f"由 {before} 项变为 {after} 项"
    turned = [
        f"{row.newest.name}由{_nature(row.earlier)}改为{_nature(row.later)}"
        for row in pair.rows
        if row.counted and row.earlier and row.later and Switch.RENATURED in row.switches
    ]
    return f"约束性指标{counts}{'：' if turned else ''}{'，'.join(turned)}。"


def _nature(asked: Asked) -> str:
    return "约束性" if asked.binding else "预期性"


def change_words(row: Compared) -> str:
    """The change in a few words: 提高 0.5 个百分点; where less is better also whether that asks for more."""
    words = row.movement.label
    if row.movement in {Movement.RAISED, Movement.LOWERED} and row.amount is not None:
        words = _moved_by(row, row.amount)
    said = row.movement is Movement.REWORDED or row.newest.favourable is Favourable.LOWER
    grade = row.newest.meant.kind is Kind.GRADE
    return f"{words}，{row.demand.label}" if row.demand and said and not grade else words


def _moved_by(row: Compared, amount: Decimal) -> str:
    if row.newest.meant.kind is Kind.GRADE:
        return f"等级{row.movement.label}"
    unit = row.newest.unit
    return f"{row.movement.label} {plain(abs(amount))} {POINTS.get(unit, unit)}".rstrip()


def tags_of(row: Compared) -> tuple[str, ...]:
    """What else changed, beside what the change or the remark says already."""
    said: set[Switch] = {Switch.REWORDED} if row.movement is Movement.REWORDED else set()
    if row.movement is Movement.INCOMPARABLE:
        said.update(_OTHERS)
    return tuple(_tag(switch, row) for switch in row.switches if switch not in said)


def _tag(switch: Switch, row: Compared) -> str:
    if switch is Switch.RENATURED and row.earlier and row.later:
        return f"{_nature(row.earlier)}改为{_nature(row.later)}"
    return switch.label


def remarks_of(row: Compared, pair: Pair) -> tuple[str, ...]:
    """Why numbers are not compared, which target was adjusted, and the published notes."""
    return tuple(dict.fromkeys(_remarks(row, pair)))


def _remarks(row: Compared, pair: Pair) -> Iterator[str]:
    if row.earlier is None or row.later is None:
        if row.later and row.later.note:
            yield row.later.note
        return
    if row.movement is Movement.INCOMPARABLE:
        yield _forbidden(row)
    for plan, asked in ((pair.earlier, row.earlier), (pair.later, row.later)):
        if asked.adjustment:
            yield f"{plan.year} 年{asked.adjustment}"
    yield from row.notes


def _forbidden(row: Compared) -> str:
    """Why: what was changed, or that a wording is unknown; without a published note the reason is unknown too."""
    changed = [word for switch, word in _OTHERS.items() if switch in row.switches]
    if not changed or not (row.earlier and row.earlier.wording and row.later and row.later.wording):
        return "目标表述报告未载，不比较高低"
    unsaid = "" if row.notes else "；说明：报告未载"
    return f"换了{'、'.join(changed)}，不比较高低{unsaid}"
