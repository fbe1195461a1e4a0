"""Units as printed: what they measure, and how much one of them is worth."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from wanzhou.kernel.wording import fold

from .intervals import EXACT

_MAGNITUDES: Final = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip
_WORTH: Final[dict[str, dict[str, str]]] = {
    "ratio": {
        "%": "0.01", "‰": "0.001", "‱": "0.0001", "个百分点": "0.01", "百分点": "0.01", "个千分点": "0.001",
        "/10万": "0.00001", "/十万": "0.00001",
    },
    "倍": {"倍": "1"},
    ":1": {":1": "1"},
    "人": {"人": "1", "名": "1", "位": "1"},
    "人次": {"人次": "1"},
    "户": {"户": "1", "家": "1"},
    "个": {"个": "1"},
    "元": {"元": "1", "元人民币": "1", "人民币": "1"},
    "美元": {"美元": "1"},
    "欧元": {"欧元": "1"},
    "港元": {"港元": "1"},
    "面积": {
        "亩": "1", "公顷": "15", "平方米": "0.0015", "m2": "0.0015", "平方公里": "1500", "平方千米": "1500",
        "km2": "1500",
    },
    "质量": {
        "吨": "1", "公斤": "0.001", "千克": "0.001", "kg": "0.001", "斤": "0.0005", "克": "0.000001", "t": "1",
    },
    "标准煤": {"吨标准煤": "1", "吨标煤": "1", "tce": "1", "千克标准煤": "0.001"},
    "长度": {"公里": "1000", "千米": "1000", "km": "1000", "米": "1", "里": "500"},
    "体积": {"立方米": "1", "方": "1", "m3": "1", "立方": "1", "升": "0.001"},
    "功率": {"千瓦": "1", "kW": "1", "兆瓦": "1000", "MW": "1000", "吉瓦": "1000000", "GW": "1000000", "瓦": "0.001"},
    "电量": {"千瓦时": "1", "度": "1", "kWh": "1"},
    "浓度": {
        "微克/立方米": "1", "毫克/立方米": "1000", "μg/m3": "1", "ug/m3": "1", "mg/m3": "1000", "微克/m3": "1",
    },
    "质量浓度": {"毫克/升": "1", "mg/L": "1", "mg/l": "1"},
    "天": {"天": "1", "日": "1"},
    "小时": {"小时": "1"},
    "分钟": {"分钟": "1"},
    "岁": {"岁": "1"},
    "标箱": {"标箱": "1", "TEU": "1", "标准箱": "1"},
    "分": {"分": "1"},
}  # fmt: skip
_COUNTERS: Final = (
    *"件项座所处条台套辆次只头株宗场份枚艘间床栋幢部羽架",
    "起", "张", "例", "篇", "支", "款", "册", "片", "对", "班次", "车次", "架次", "吨公里", "人公里", "尾",
    "箱", "盏", "口", "眼", "批", "门", "种", "幅", "颗", "棵", "辆次", "场次", "镇", "乡", "村",
)  # fmt: skip
POINTS: Final = frozenset({"个百分点", "百分点", "个千分点"})
"""Units of the difference of two rates."""
GENERIC_COUNTS: Final = frozenset("个家户件项座所处条台套辆次名人位只头株宗场") | {"人次", "场次"}

_BASES: Final = {
    base: (dimension, Decimal(worth)) for dimension, bases in _WORTH.items() for base, worth in bases.items()
}
_BASES.update({counter: (counter, Decimal(1)) for counter in _COUNTERS if counter not in _BASES})


def _any_of(words: "dict[str, int] | dict[str, tuple[str, Decimal]]") -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BASE: Final = _any_of(
    {base: worth for base, worth in _BASES.items() if base not in ("日", "里", "村", "镇", "乡")}
)
_MAGNITUDE: Final = _any_of(_MAGNITUDES)
_SIMPLE: Final = rf"(?:{_MAGNITUDE})?(?:{_BASE})"
UNIT_PATTERN: Final = rf"(?>个?百分点|个千分点|{_SIMPLE}(?:/{_SIMPLE})?|{_MAGNITUDE})"
"""A unit directly after a number; 日, 里, 村 … are no units there, since a date or a name may follow a figure."""

_SPLIT: Final = re.compile(rf"(?P<magnitude>{_MAGNITUDE})?(?P<base>{_any_of(_BASES)})?")


class Measure(NamedTuple):
    """What a unit measures (empty for a bare number or magnitude) and the worth of one of it in base units."""

    dimension: str
    worth: Decimal

    def fits(self, other: "Measure") -> bool:
        """Whether figures in the two units can be compared."""
        if self.dimension == other.dimension or not self.dimension or not other.dimension:
            return True
        return (
            "个" in (self.dimension, other.dimension) and {self.dimension, other.dimension} <= GENERIC_COUNTS
        )


_ONE: Final = Decimal(1)
BARE: Final = Measure("", _ONE)


@lru_cache(maxsize=512)
def measure(unit: str) -> Measure:
    """Read a printed unit; an unknown one measures only itself."""
    unit = tidy(unit)
    if not unit:
        return BARE
    if unit in _BASES:
        return Measure(*_BASES[unit])
    numerator, slash, denominator = unit.partition("/")
    top = _simple(numerator)
    bottom = _simple(denominator) if slash else BARE
    if top is None or bottom is None:
        return Measure(unit, _ONE)
    if not slash:
        return top
    if bottom.worth.normalize().as_tuple().digits != (1,):  # a quotient that need not end: keep it unreduced
        return Measure(f"{top.dimension}/{denominator}", top.worth)
    return Measure(f"{top.dimension}/{bottom.dimension}", EXACT.divide(top.worth, bottom.worth))


def _simple(unit: str) -> Measure | None:
    match = _SPLIT.fullmatch(unit)
    if match is None:
        return None
    dimension, worth = _BASES[match["base"]] if match["base"] else ("", _ONE)
    return Measure(dimension, EXACT.multiply(worth, Decimal(_MAGNITUDES.get(match["magnitude"] or "", 1))))


@lru_cache(maxsize=512)
def tidy(unit: str) -> str:
    """A unit as the catalogue or a cell's heading gives it, without brackets and spaces."""
    folded = fold(unit).strip("()[]【】")
    return {"百分比": "%", "百分数": "%", "percent": "%", "pct": "%", "无": "", "-": "", "—": ""}.get(
        folded, folded
    )


def completed(own: str, row: str) -> str:
    """The unit of a cell that prints `own` in a row measured in `row`: ``亿`` in a row of ``万元`` is ``亿元``."""
    if not own:
        return row
    if own in _MAGNITUDES and row:
        match = _SPLIT.match(row.partition("/")[0])
        base = (match["base"] or "") if match else ""
        return own + base + row[len(row.partition("/")[0]) :]
    return own


def is_ratio(unit: str) -> bool:
    """Whether differences in this unit are points (%, ‰, 个百分点)."""
    return measure(unit).dimension == "ratio"


def of_difference(unit: str) -> str:
    """The unit in which a difference is stated: points for rates, else the unit itself."""
    if unit == "‰":
        return "个千分点"
    if unit == ":1":
        return ""
    return "个百分点" if unit in ("%", "百分点") else unit
