"""The lights of projects (进度灯): a warning and the sentence that explains it, never a verdict; pure, without a clock.

Amounts are in 万元. A light is read off one word of the department on one day; what is not known lights nothing.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wanzhou.kernel.numerals import plain
from wanzhou.kernel.terms import Term

from .stages import Stage, has_reached, planned_words

MONTHS = 12
# Of these nothing more is told.
NOTHING_AWAITED = (Stage.COMPLETED, Stage.DEFERRED, Stage.WITHDRAWN)


class Light(Term):
    """How a project goes; `OFF` says that nothing can be said."""

    GREEN = "green", "绿灯"
    YELLOW = "yellow", "黄灯"
    RED = "red", "红灯"
    OFF = "off", "不亮灯"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A version of the rules of the lights; see `RuleSet`.

    `yellow` and `red` are percentage points against 序时进度 (−10, −30): below them the light changes, at them not yet.
    A start that the year planned is waited for until the end of the months `start_yellow` and `start_red` (1 to 12).
    """

    yellow: Decimal = Decimal(-10)
    red: Decimal = Decimal(-30)
    start_yellow: int = 9
    start_red: int = 12
    stale_days: int = 45


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a task: its plan, and the newest word on it; None is unknown.

    `quarters` is the planned investment, cumulative to the end of the first three quarters; None spreads it evenly.
    """

    year: int
    planned: Stage | None = None
    reached: Stage | None = None
    as_of: datetime.date | None = None
    investment: Decimal | None = None
    invested: Decimal | None = None
    quarters: tuple[Decimal, Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A light and why: `inside` may name amounts, `outside` never does."""

    light: Light
    inside: str
    outside: str


def signal_of(known: Situation, by: Thresholds) -> Signal:
    """The light of a task by the rules; where two rules speak, the graver one does."""
    settled = _settled(known)
    if settled is not None:
        return settled
    said = [each for each in (_start(known, by), _investment(known, by)) if each is not None]
    if said:
        return max(said, key=lambda signal: _GRAVITY.index(signal.light))
    if known.planned and known.reached and has_reached(known.reached, known.planned):
        return _alike(Light.GREEN, f"已达到年度安排的“{planned_words(known.planned)}”。")
    return Signal(Light.OFF, f"{_lacking(known)}，不亮灯。", "公开的进展不足以评灯，不亮灯。")


_GRAVITY = (Light.OFF, Light.GREEN, Light.YELLOW, Light.RED)


def _settled(known: Situation) -> Signal | None:
    """What the stage alone decides."""
    match known.reached:
        case None:
            return _alike(Light.OFF, "尚无进展更新，不亮灯。")
        case Stage.COMPLETED:
            return _alike(Light.GREEN, "已竣工投用。")
        case Stage.SUSPENDED:
            return _alike(Light.RED, "已停工。")
        case Stage.DEFERRED | Stage.WITHDRAWN:
            return _alike(Light.OFF, f"已{known.reached.label}，不亮灯。")
        case _:
            return None


def _start(known: Situation, by: Thresholds) -> Signal | None:
    """A start that the year planned, still waited for after the months that the rules allow."""
    if known.planned != Stage.STARTED or known.reached != Stage.PREPARATORY or known.as_of is None:
        return None
    done = months_done(known.as_of, known.year)
    if done < by.start_yellow:
        return None
    light, month = (Light.RED, by.start_red) if done >= by.start_red else (Light.YELLOW, by.start_yellow)
    return _alike(light, f"年内计划开工，{_until(known)}仍在前期工作（到{month}月底未开工亮{light.label}）。")


def _investment(known: Situation, by: Thresholds) -> Signal | None:
    """The year's investment against 序时进度; None where a figure is lacking, or where nothing was to be invested."""
    if known.as_of is None or known.invested is None or not known.investment:
        return None
    rate = 100 * Fraction(known.invested) / Fraction(known.investment)
    due = 100 * due_by_then(known) / Fraction(known.investment)
    light = Light.GREEN
    if rate - due < Fraction(by.yellow):
        light = Light.RED if rate - due < Fraction(by.red) else Light.YELLOW
    return Signal(
        light,
        f"年度计划投资{plain(known.investment)}万元，{_until(known)}完成{plain(known.invested)}万元，"
        f"完成率{_points(rate)}%，序时进度{_points(due)}%，{_compared(rate - due)}。",
        f"{_until(known)}，{_band(light, rate, due, by)}。",
    )


def due_by_then(known: Situation) -> Fraction:
    """What was to be invested by the day that is told of, in 万元; the months that are over count."""
    total = Fraction(known.investment or 0)
    done = 0 if known.as_of is None else months_done(known.as_of, known.year)
    points = (0, *(known.quarters or (total / 4, total / 2, total * 3 / 4)), total)
    quarter, month = divmod(done, 3)
    if month == 0:
        return Fraction(points[quarter])
    before, after = Fraction(points[quarter]), Fraction(points[quarter + 1])
    return before + (after - before) * month / 3


def months_done(day: datetime.date, year: int) -> int:
    """How many months of the year are over by the end of the day, 0 to 12."""
    if day.year != year:
        return 0 if day.year < year else MONTHS
    last = calendar.monthrange(day.year, day.month)[1]
    return day.month if day.day == last else day.month - 1


def days_unheard(known: Situation, today: datetime.date) -> int | None:
    """For how many days of the year nothing was told; None where no day is known, or where nothing more is awaited."""
    if known.as_of is None or known.reached in NOTHING_AWAITED:
        return None
    return max(0, (min(today, datetime.date(known.year, MONTHS, 31)) - known.as_of).days)


def stale(known: Situation, by: Thresholds, today: datetime.date) -> str:
    """The sentence that says that nothing was told for too long; empty where something was."""
    days = days_unheard(known, today)
    if days is None or days < by.stale_days:
        return ""
    since = "到年底" if today.year > known.year else ""
    return f"{since}已{days}天没有更新（满{by.stale_days}天即提示）。"


def _alike(light: Light, sentence: str) -> Signal:
    return Signal(light, sentence, sentence)


def _lacking(known: Situation) -> str:
    if known.as_of is None:
        return "更新没有写明截至日期"
    if known.investment is None:
        return "没有年度计划投资"
    return "年度计划投资为0" if known.investment == 0 else "没有填报完成投资"


def _until(known: Situation) -> str:
    day = known.as_of
    return f"截至{day.year}年{day.month}月{day.day}日" if day else ""


def _compared(gap: Fraction) -> str:
    if gap == 0:
        return "与序时进度持平"
    return f"{'高' if gap > 0 else '低'}{_points(abs(gap))}个百分点"


def _band(light: Light, rate: Fraction, due: Fraction, by: Thresholds) -> str:
    """Where the rate lies, in the words of the rule and without its figure."""
    if light == Light.RED:
        return f"投资进度低于序时进度{plain(-by.red)}个百分点以上"
    if light == Light.YELLOW:
        return f"投资进度低于序时进度{plain(-by.yellow)}至{plain(-by.red)}个百分点"
    if rate >= 100:
        return "投资已达到年度计划"
    return (
        "投资进度达到序时进度" if rate >= due else f"投资进度低于序时进度，不超过{plain(-by.yellow)}个百分点"
    )


def _points(share: Fraction) -> str:
    """A share with two decimals at most, marked where that is not exact; the light is read off the exact one."""
    hundredths = round(share * 100)
    return ("" if share * 100 == hundredths else "约") + plain(Decimal(hundredths) / 100)
