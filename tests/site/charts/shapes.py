"""Series to draw: the figures of the published reports and of the half-year pages, in few words."""

from __future__ import annotations

from decimal import Decimal

from indicators.judging.terms import Accrual, Period
from wanzhou.site.charts.series import Aim, Figure, OtherBasis, Series, Year
from wanzhou.site.charts.trends import Trend, trend_of

D = Decimal
QUARTER, HALF, THREE_QUARTERS, FULL = Period
NOT_COLLECTED = "未收录"


def figures(*values: str | None, missing: str = NOT_COLLECTED) -> tuple[Figure, ...]:
    """Figures from the first quarter on; None is one that is missing."""
    pairs = zip(Period, values, strict=False)
    return tuple(Figure(p, D(v)) if v is not None else Figure(p, missing=missing) for p, v in pairs)


def floor(wording: str, number: str) -> Aim:
    return Aim(wording, D(number), low=D(number))


def cap(wording: str, number: str) -> Aim:
    return Aim(wording, D(number), high=D(number))


def drawn(accrual: Accrual, *years: Year) -> Trend:
    trend = trend_of(Series(accrual, years))
    assert trend is not None
    return trend


GDP = (
    Year(2022, "地区生产总值增速", "%", figures(None, "2.8", None, "3.5"), Aim("6左右", D(6), low=D("5.9"))),
    Year(2023, "地区生产总值增速", "%", figures(None, "6"), floor("6.5以上", "6.5")),
)
FOREIGN_CAPITAL = (
    Year(
        2022,
        "实际利用外资",
        "亿美元",
        (Figure(FULL, missing="口径调整", basis=OtherBasis(D(780), "万美元", "新口径")),),
        floor("1.6", "1.6"),
        comparable=False,
    ),
    Year(2023, "实际使用外资", "万美元", (Figure(HALF, missing=NOT_COLLECTED),), floor("1500", "1500")),
)
GOOD_AIR = (
    Year(2022, "空气质量优良天数", "天", (Figure(FULL, D(347)),), floor("330以上", "330")),
    Year(2023, "空气质量优良天数", "天", figures(None, "161"), floor("340以上", "340")),
)
PRICES = (
    Year(2022, "居民消费价格涨幅", "%", (Figure(FULL, D("2.1")),), cap("3以内", "3")),
    Year(
        2023,
        "居民消费价格指数",
        "",
        (Figure(HALF, missing=NOT_COLLECTED),),
        cap("103以内", "103"),
        break_word="口径调整",
        origin=D(100),
    ),
)
BUDGET = (
    Year(
        2022,
        "一般公共预算收入增速",
        "%",
        (
            Figure(HALF, D("-8.4"), note="目标年中调整，半年不判定"),
            Figure(FULL, D("0.1"), basis=OtherBasis(D(6), "%", "扣除留抵退税因素后")),
        ),
        Aim("0", D(0), low=D(0), full_year_only=True),
    ),
    Year(2023, "一般公共预算收入增速", "%", (Figure(HALF, D("8.4")),), floor("8", "8")),
)
