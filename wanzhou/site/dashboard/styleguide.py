"""Every component in every state, for the staff's gallery. All figures are invented, and every name says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from indicators.judging.terms import Accrual, Period, Verdict
from projects.stages import ON_TRACK, Stage
from wanzhou.site.charts.bullets import Bullet, Gauge, bullet
from wanzhou.site.charts.paths import Path, path_of
from wanzhou.site.charts.pipelines import Count, Pipeline, Steps, pipeline_of, steps_of
from wanzhou.site.charts.series import Aim, Figure, OtherBasis, Series, Year
from wanzhou.site.charts.tiles import Strip, strip_of
from wanzhou.site.charts.trends import Trend, trend_of

from .tones import SUB_MISSED, TONES, UNJUDGED, Tone, tone_of

D = Decimal
C = TypeVar("C")
QUARTER, HALF, THREE_QUARTERS, YEAR = Period


@dataclass(frozen=True, slots=True)
class Exhibit(Generic[C]):
    """A component with the words that say which state it is in."""

    title: str
    chart: C


@dataclass(frozen=True, slots=True)
class ShownBullet:
    """A bullet with what its macro needs beside it."""

    bullet: Bullet
    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class SampleTile:
    """An invented row for the strip."""

    ordinal: int
    state: str
    binding: bool = False
    counted: bool = True

    @property
    def name(self) -> str:
        return f"示例指标{self.ordinal}"

    @property
    def short_name(self) -> tuple[str, ...]:
        return ("示例", f"指标{self.ordinal}")

    @property
    def anchor(self) -> str:
        return f"sample-{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Gallery:
    """What the page shows, in its order."""

    tones: tuple[Tone, ...]
    strip: Strip[SampleTile]
    bullets: tuple[Exhibit[ShownBullet], ...]
    trends: tuple[Exhibit[Trend], ...]
    paths: tuple[Exhibit[Path], ...]
    pipelines: tuple[Exhibit[Pipeline], ...]
    steps: tuple[Exhibit[Steps], ...]


def gallery() -> Gallery:
    """The gallery; the same at every call."""
    return Gallery(
        tones=(*TONES.values(), SUB_MISSED, UNJUDGED),
        strip=strip_of(
            [SampleTile(n, state, binding=n % 5 == 0) for n, state in enumerate(TONES, start=1)], TONES
        ),
        bullets=tuple(_bullets()),
        trends=tuple(Exhibit(f"示例：{title}", chart) for title, chart in _trends()),
        paths=tuple(Exhibit(f"示例：{title}", chart) for title, chart in _paths()),
        pipelines=tuple(_pipelines()),
        steps=tuple(_steps()),
    )


def _bullets() -> Iterable[Exhibit[ShownBullet]]:
    floor = Gauge(target=D(8), low=D(8))
    states: list[tuple[str, str, Gauge, bool]] = [
        ("达到目标", Verdict.MET, replace(floor, value=D("9.1")), True),
        ("未到目标", Verdict.MISSED, replace(floor, value=D(5)), True),
        ("负数", Verdict.MISSED, replace(floor, value=D("-2.5")), True),
        ("零也是数", Verdict.MISSED, replace(floor, value=D(0)), True),
        ("不高于", Verdict.MET, Gauge(target=D(4), high=D(4), value=D("2.6")), True),
        ("左右，未到宽限", Verdict.REVIEW, Gauge(target=D(7), low=D("6.9"), value=D("6.6")), True),
        ("只知上限", Verdict.MET, Gauge(target=D("5.2"), high=D("5.2"), bound=D("5.2")), True),
        ("目标为零", Verdict.MET, Gauge(target=D(0), low=D(0), value=D("0.4")), True),
        ("指数，从 100 起画", Verdict.MET, Gauge(D(104), high=D(104), value=D(102), origin=D(100)), True),
        ("序时进度", "behind", Gauge(D(200), low=D(200), value=D(84), expected=D(100)), True),
        ("没有数字", Verdict.AWAITING_CITY, floor, True),
        ("口径调整", Verdict.REDEFINED, floor, False),
    ]
    for title, state, gauge, comparable in states:
        tone = tone_of(state)
        shown = ShownBullet(bullet(gauge, comparable=comparable), tone, f"示例，{title}：{tone.word}")
        yield Exhibit(f"示例：{title}", shown)


def _aim(wording: str, number: str, *, low: str | None = None, high: str | None = None) -> Aim:
    return Aim(wording, D(number), D(low) if low else None, D(high) if high else None)


def _figures(*values: str | None, missing: str = "未收录") -> tuple[Figure, ...]:
    """Figures from the first quarter on: a number as text, a word, or None for a missing one."""
    return tuple(_figure(period, value, missing) for period, value in zip(Period, values, strict=False))


def _figure(period: Period, value: str | None, missing: str) -> Figure:
    return Figure(period, missing=missing) if value is None else Figure(period, D(value))


_RATE = Year(2031, "示例增速", "%", _figures("4.8", "3.6", "4.1", "3.5"), _aim("6左右", "6", low="5.9"))
_AMOUNT = Year(2031, "示例天数", "天", (Figure(YEAR, D(347)),), _aim("330以上", "330", low="330"))
_LEVEL = Year(2031, "示例覆盖率", "%", (Figure(YEAR, D("56.5")),), _aim("56以上", "56", low="56"))


def _trends() -> Iterable[tuple[str, Trend]]:
    for title, accrual, years in (*_rates(), *_amounts(), *_levels()):
        trend = trend_of(Series(accrual, tuple(years)))
        if trend is not None:
            yield title, trend


def _rates() -> Iterable[tuple[str, Accrual, list[Year]]]:
    running = replace(_RATE, year=2032, figures=_figures("5.1", "6"), aim=_aim("6.5以上", "6.5", low="6.5"))
    yield "增速，跨年不连线", Accrual.RATE, [_RATE, running]
    gaps = replace(_RATE, figures=_figures(None, "2.8", None, "3.5"))
    flash = replace(running, figures=(Figure(HALF, D(6), version="快报"), Figure(YEAR, missing="待市级反馈")))
    yield "缺数写字，未定案为空心", Accrual.RATE, [gaps, flash]
    basis = OtherBasis(D(6), "%", "扣除示例因素后")
    adjusted = Aim("0", D(0), D(0), full_year_only=True)
    below = (Figure(HALF, D("-8.4"), note="目标年中调整，此前不判定"), Figure(YEAR, D("0.1"), basis=basis))
    yield "负数、零目标、只判全年、另一口径", Accrual.RATE, [replace(_RATE, figures=below, aim=adjusted)]
    cap, ceiling = _aim("3以内", "3", high="3"), _aim("103以内", "103", high="103")
    prices = replace(_RATE, name="示例涨幅", figures=_figures("1.6", "1.8", "2", "2.1"), aim=cap)
    index = Year(2032, "示例指数", "", _figures(None, "101.5"), ceiling)
    index = replace(index, break_word="口径调整", origin=D(100))
    yield "换成指数，另起一图", Accrual.RATE, [prices, index]
    yield "指数，从 100 起", Accrual.RATE, [index]
    between = replace(_RATE, figures=_figures("6.2", "6.1"), aim=Aim("6-6.5", None, D(6), D("6.5")))
    worded = replace(_RATE, year=2032, figures=_figures("5"), aim=Aim("高于示例平均"))
    yield "区间目标与文字目标", Accrual.RATE, [between, worded]


def _amounts() -> Iterable[tuple[str, Accrual, list[Year]]]:
    half = replace(_AMOUNT, year=2032, figures=_figures(None, "161"), aim=_aim("340以上", "340", low="340"))
    yield "累计量，年内为浅色", Accrual.CUMULATIVE, [_AMOUNT, half]
    basis = OtherBasis(D(780), "万美元", "新口径")
    old = Year(
        2031,
        "示例外资",
        "亿美元",
        (Figure(YEAR, missing="口径调整", basis=basis),),
        _aim("1.6", "1.6", low="1.6"),
        comparable=False,
    )
    new = Year(2032, "示例使用外资", "万美元", _figures(None, None), _aim("1500", "1500", low="1500"))
    yield "口径断点，两套单位", Accrual.CUMULATIVE, [old, new]
    several = [replace(_AMOUNT, year=2027 + n, figures=(Figure(YEAR, D(300 + 9 * n)),)) for n in range(5)]
    several[3] = replace(several[3], figures=(Figure(YEAR, missing="待市级反馈"),))
    several[4] = replace(several[4], figures=(Figure(YEAR, D(331), version="预计"),))
    yield "五年，一年待反馈，一年预计", Accrual.CUMULATIVE, several


def _levels() -> Iterable[tuple[str, Accrual, list[Year]]]:
    half = replace(_LEVEL, year=2032, figures=_figures(None, "56.5"), aim=_aim("57", "57", low="57"))
    yield "时点量，各年一点", Accrual.LEVEL, [_LEVEL, half]
    renamed = Year(2033, "示例率（新）", "人", (), Aim("较2032年提升0.2个百分点"), break_word="口径调整")
    yield "三段，末段只有文字目标", Accrual.LEVEL, [_LEVEL, replace(half, unit="件"), renamed]


def _paths() -> Iterable[tuple[str, Path]]:
    running = replace(_AMOUNT, name="示例外资", unit="万美元", aim=_aim("1500", "1500", low="1500"))
    states = {
        "半年，略快于匀速": _figures("310", "812"),
        "一季度缺数": _figures(None, "620"),
        "全年，末季快报": (*_figures("310", "640", "1100"), Figure(YEAR, D(1530), version="快报")),
        "自有序时进度": (Figure(QUARTER, D(120), expected=D(150)), Figure(HALF, D(400), expected=D(450))),
    }
    for title, figures in states.items():
        path = path_of(replace(running, figures=figures))
        if path is not None:
            yield title, path


def _pipelines() -> Iterable[Exhibit[Pipeline]]:
    numbers = (8, 62, 44, 0, 50)
    counts = [
        Count(stage.label, n, href="#", chosen=n == 62) for stage, n in zip(ON_TRACK, numbers, strict=True)
    ]
    yield Exhibit("示例：各阶段条数，可点选", pipeline_of(counts, [Count(Stage.SUSPENDED.label, 2)]))
    planned = [Count("推进前期", 8), Count("年内开工", 62), Count("加快推进", 44), Count("年内竣工", 50)]
    yield Exhibit("示例：按年度安排，不可点", pipeline_of(planned))
    yield Exhibit("示例：没有项目", pipeline_of([Count(stage.label, 0) for stage in ON_TRACK]))


def _steps() -> Iterable[Exhibit[Steps]]:
    yield Exhibit("示例：推进中", steps_of(Stage.UNDERWAY, Stage.COMPLETED))
    yield Exhibit("示例：已到年度安排", steps_of(Stage.COMPLETED, Stage.COMPLETED))
    yield Exhibit("示例：停工", steps_of(Stage.SUSPENDED, Stage.MAIN_BODY_COMPLETE))
    yield Exhibit("示例：报告未载", steps_of(None, Stage.STARTED))
