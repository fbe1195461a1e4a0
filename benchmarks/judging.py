"""How long reading and judging 600 targets takes, against the JSON round trip of the same rows.

Run: ``python -m benchmarks.judging``. What was read or judged once is kept in the process. *New* means 600 wordings
and outcomes none of which was ever seen; *a plan's* means 600 rows of the report's own kind, 24 different ones, seen
for the first time; *again* means the same rows once more, as on a page that is rendered again.
"""

import json
from collections.abc import Callable
from statistics import median
from time import perf_counter

from indicators.judging.outcomes import read_outcome
from indicators.judging.terms import Favourable
from indicators.judging.verdicts import assess

FORMS = (
    ("{}左右", "{}", "%"),
    ("{}", "{}", "%"),
    ("{}以上", "同比增长{}%", "%"),
    ("{}以内", "控制在{}%以内", "%"),
    ("增长{}%左右", "下降{}%", "%"),
    ("{}", "{}亿元", "亿元"),
    ("确保达到{}天以上", "空气质量优良天数为{}天", "天"),
    ("城镇新增就业{}万人以上", "{}万人", "万人"),
    ("单位生产总值能耗下降{}%左右", "下降{}%", "%"),
    ("较上年提升{}个百分点", "市级暂未反馈", "%"),
)
Row = tuple[str, str, str]
DIFFERENT_ROWS_OF_A_PLAN = 24


def rows(run: int) -> list[Row]:
    """600 rows, no wording of which stands in another run."""
    made = []
    for number in range(600):
        target, outcome, unit = FORMS[number % len(FORMS)]
        made.append((target.format(f"{number}.{run:03}"), outcome.format(f"{number}.{run:03}"), unit))
    return made


def plan_rows(run: int) -> list[Row]:
    """600 rows of a plan in which, as in the report, few wordings differ."""
    return (rows(run)[:DIFFERENT_ROWS_OF_A_PLAN] * 600)[:600]


def judge(plan: list[Row]) -> None:
    for target, outcome, unit in plan:
        assess(target, read_outcome(outcome, unit=unit), unit=unit, favourable=Favourable.HIGHER)


def round_trip(plan: list[Row]) -> None:
    for row in plan:
        json.loads(json.dumps(row, ensure_ascii=False))


def milliseconds(work: Callable[[list[Row]], None], plan: list[Row]) -> float:
    start = perf_counter()
    work(plan)
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print the medians of 15 runs."""
    judge(rows(0))  # the first run imports and compiles what is lazy
    runs = range(1, 16)
    baseline = median(milliseconds(round_trip, rows(run)) for run in runs)
    print(f"基线（600 行 JSON 往返）        {baseline:6.2f} 毫秒")
    for name, plans in (
        ("600 项，表述各不相同，初次", [rows(run) for run in runs]),
        ("600 项，同一计划的表述，初次", [plan_rows(run + 100) for run in runs]),
        ("600 项，再次", [rows(15)] * 15),
    ):
        spent = median(milliseconds(judge, plan) for plan in plans)
        print(f"{name}  {spent:6.2f} 毫秒，为基线的 {spent / baseline:.1f} 倍")


if __name__ == "__main__":
    main()
