"""What must hold for every text and every figure, not only for the cases we thought of."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.judging.outcomes import Outcome, read_outcome
from indicators.judging.readings import Reading
from indicators.judging.sentences import describe
from indicators.judging.tallies import pace_tally, tally
from indicators.judging.targets import read_target
from indicators.judging.terms import Favourable, Kind, OutcomeState, Pace, Period, Verdict
from indicators.judging.verdicts import assess

WORDS = [
    "增长", "下降", "降至", "力争", "确保", "达到", "控制在", "不低于", "不超过", "超过", "低于", "约",
    "分别", "比上年", "较2022年", "提升", "以上", "以内", "左右", "至", "-", "、", "，", "；", "（", "）",
    "%", "‰", "个百分点", "万人", "亿元", "天", "家", "6", "0.5", "12", "3.25", "Ⅱ类", "二类",
    "上级下达任务", "与", "同步", "高于", "全市平均", "经济增长", "持平", "翻番", "居前列", "持续改善",
    "稳中提质", "市级暂未反馈", "口径调整", "预计", "完成", "目标", "的", "和", "其中", "5G", "倍",
]  # fmt: skip
wordings = st.lists(st.sampled_from(WORDS), max_size=9).map("".join) | st.text(max_size=40)
numbers = st.decimals(-1000, 1000, places=2)
kinds_of_target = ["{}以上", "{}以内", "{}左右", "超过{}", "低于{}", "{}"]
targets = st.builds(str.format, st.sampled_from(kinds_of_target), numbers.map(abs))
units = st.sampled_from(["", "%", "‰", "天", "亿元", "万人", "人", "类"])
directions = st.sampled_from([None, *Favourable])


@settings(max_examples=400)
@given(wordings, wordings, units, directions, st.sampled_from(list(Period)), st.none() | numbers)
def test_arbitrary_text_never_raises_and_always_explains(
    target: str,
    outcome: str,
    unit: str,
    favourable: Favourable | None,
    period: Period,
    baseline: Decimal | None,
) -> None:
    judged = assess(
        target,
        read_outcome(outcome, unit=unit),
        unit=unit,
        favourable=favourable,
        period=period,
        baseline=baseline,
    )
    assert (judged.verdict is None) == (period is not Period.FULL_YEAR)
    assert (judged.pace is None) == (period is Period.FULL_YEAR)
    assert judged.reason.endswith("。")
    assert describe(judged.reading)


@given(targets, numbers, numbers, numbers, units, directions)
def test_widening_an_outcome_never_turns_missed_into_met(
    target: str, value: Decimal, below: Decimal, above: Decimal, unit: str, favourable: Favourable | None
) -> None:
    exact = Outcome(OutcomeState.REPORTED, value=value)
    wider = Outcome(OutcomeState.REPORTED, value=value, low=value - abs(below), high=value + abs(above))
    verdicts = [
        assess(target, outcome, unit=unit, favourable=favourable).verdict for outcome in (exact, wider)
    ]
    assert verdicts != [Verdict.MISSED, Verdict.MET]
    assert verdicts != [Verdict.MET, Verdict.MISSED]


def full_width(text: str) -> str:
    """The same text as it comes from a Chinese keyboard."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@given(wordings, units, st.integers(0, 60))
def test_spaces_and_full_width_forms_change_nothing(wording: str, unit: str, at: int) -> None:
    for variant in (f"{wording[:at]} \u3000{wording[at:]}", full_width(wording)):
        assert read_target(variant, unit=unit).as_dict() == read_target(wording, unit=unit).as_dict()
        assert read_outcome(variant, unit=unit).as_dict() == read_outcome(wording, unit=unit).as_dict()


@given(
    st.sampled_from([("II类", "Ⅱ类"), ("III类", "Ⅲ类"), ("I类", "Ⅰ类"), ("IV类", "ＩＶ类"), ("II类", "二类")])
)
def test_a_class_is_the_same_in_every_writing(pair: tuple[str, str]) -> None:
    ascii_name, other = pair
    for before in ("", "总体保持", "保持或优于", "水质达到"):
        assert read_target(before + ascii_name).as_dict() == read_target(before + other).as_dict()
        assert read_outcome(before + ascii_name).as_dict() == read_outcome(before + other).as_dict()


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(list(Verdict)))))
def test_the_order_of_rows_never_changes_a_tally(rows: list[tuple[bool, Verdict]]) -> None:
    assert tally(rows) == tally(reversed(rows)) == tally(sorted(rows))
    assert tally(rows).adds_up()


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(list(Pace)))))
def test_the_order_of_rows_never_changes_a_pace_tally(rows: list[tuple[bool, Pace]]) -> None:
    assert pace_tally(rows) == pace_tally(reversed(rows))


def written(reading: Reading) -> str:
    """A reading's own numbers as a wording again."""
    low, high = reading.as_dict()["low"], reading.as_dict()["high"]
    if low is not None:
        return f"{'超过' if reading.low_open else '不低于'}{low}{reading.unit}"
    return f"{'低于' if reading.high_open else '不高于'}{high}{reading.unit}"


@given(targets, st.sampled_from(["%", "天", "亿元", "万人"]), directions)
def test_the_numbers_of_a_reading_read_again(wording: str, unit: str, favourable: Favourable | None) -> None:
    reading = read_target(wording, unit=unit, favourable=favourable)
    again = read_target(written(reading), unit=unit, favourable=favourable)
    assert again.accepted == reading.accepted
    assert again.kind in (Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOVE, Kind.BELOW)


@given(numbers, units)
def test_a_figure_reads_again_from_its_json(value: Decimal, unit: str) -> None:
    told = Outcome.figure(value, unit=unit).as_dict()
    again = read_outcome(str(told["value"]), unit=unit)
    assert again.value == value
    assert again.as_dict()["value"] == told["value"]


@given(numbers, numbers)
def test_a_gap_is_exact(target: Decimal, outcome: Decimal) -> None:
    judged = assess(str(target), Outcome.figure(outcome), unit="%")
    assert judged.gap == outcome - target
