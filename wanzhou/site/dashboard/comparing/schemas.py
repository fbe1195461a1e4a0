"""The fields of a comparison, told once: JSON, CSV, XLSX and the data dictionary follow from here."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from indicators.comparison import Asked, Compared, Demand, Movement, Switch
from indicators.models import Nature
from wanzhou.kernel.pages.columns import Coded, DecimalText, decimal_text, told

from .pairs import Pair
from .words import change_words, remarks_of


class AskedOut(BaseModel):
    """一个年度的计划对这项指标的要求。"""

    ordinal: Annotated[int | None, told("序号", "当年表中的序号；“其中”行没有序号。", 1)]
    name: Annotated[str, told("名称", "当年计划中的名称。", "地区生产总值增速")]
    unit: Annotated[str, told("单位", "当年计划中的计量单位；没有单位的为空。", "%")]
    nature: Annotated[str, Coded(Nature), told("属性", "约束性或预期性。", "anticipatory")]
    wording: Annotated[
        str | None, told("目标表述", "适用的目标原文，调整过的为调整后的；报告未载的为空。", "6.5以上")
    ]
    first_wording: Annotated[
        str | None, told("首次批准的表述", "首次批准时的目标原文；报告未载的为空。", "6.5以上")
    ]
    adjustment: Annotated[
        str | None,
        told("目标调整", "年度中间对目标的调整；没有调整的为空。", "目标经区人大常委会批准调整为“0”。"),
    ]


class ComparedOut(BaseModel):
    """两个年度计划中的一项指标。"""

    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "gdp-growth")]
    parent: Annotated[
        str | None, told("所属指标代码", "“其中”行所属指标的代码。", "public-budget-revenue-growth")
    ]
    counted: Annotated[bool, told("计入项数", "是否计入各类变化的项数；“其中”行不计。", True)]
    earlier: Annotated[AskedOut | None, told("前一年度", "前一年度的要求；没有列入的为空。", None)]
    later: Annotated[AskedOut | None, told("后一年度", "后一年度的要求；不再列入的为空。", None)]
    movement: Annotated[
        str,
        Coded(Movement),
        told("变化", "目标有何变化；换了单位或口径的不比较高低。等级变好为提高。", "raised"),
    ]
    amount: Annotated[
        str | None,
        DecimalText(),
        told("相差", "后一年度的目标数字减前一年度的，百分比指标以百分点计；不能相减的为空。", "0.5"),
    ]
    demand: Annotated[
        str | None,
        Coded(Demand),
        told(
            "松紧", "要求收紧还是放宽；越低越好的指标，数字降低为收紧。没有变化或不能比较的为空。", "tighter"
        ),
    ]
    switches: Annotated[
        list[str], told("其他变化（代码）", "名称、单位、口径、属性、表述、位置有何变化。", ["reworded"])
    ]
    also: Annotated[
        str, told("其他变化", "名称、单位、口径、属性、表述、位置有何变化，以分号分开。", "改表述")
    ]
    words: Annotated[str, told("变化说明", "用几个字说明变化。", "提高 0.5 个百分点")]
    remarks: Annotated[str, told("备注", "不比较高低的缘由、目标调整和报告的说明，以分号分开。", "")]


class ComparisonOut(BaseModel):
    """两个年度的计划逐项比较；只比较已发布的内容。"""

    earlier: Annotated[int, told("前一年度", "前一份计划的年度。", 2022)]
    later: Annotated[int, told("后一年度", "后一份计划的年度。", 2023)]
    numbered: Annotated[list[int], told("项数", "两份计划各有多少项指标，“其中”行不计。", [22, 25])]
    binding: Annotated[list[int], told("约束性项数", "两份计划各有多少项约束性指标。", [5, 4])]
    movements: Annotated[
        dict[str, int], told("各类变化的项数", "按变化的代码；“其中”行不计。", {"raised": 9, "lowered": 2})
    ]
    indicators: Annotated[list[ComparedOut], told("指标", "各行，按后一年度表中的顺序。", [])]


def comparison_out(pair: Pair) -> ComparisonOut:
    """The whole comparison."""
    balance = pair.balance
    return ComparisonOut(
        earlier=pair.earlier.year,
        later=pair.later.year,
        numbered=[balance.before, balance.after],
        binding=[balance.binding_before, balance.binding_after],
        movements={movement.value: balance.movements.get(movement, 0) for movement in Movement},
        indicators=rows_out(pair),
    )


def rows_out(pair: Pair) -> list[ComparedOut]:
    """The rows, as every twin has them."""
    return [_row_out(row, pair) for row in pair.rows]


def _row_out(row: Compared, pair: Pair) -> ComparedOut:
    return ComparedOut(
        code=row.newest.code,
        parent=row.newest.parent_code or None,
        counted=row.counted,
        earlier=_asked_out(row.earlier),
        later=_asked_out(row.later),
        movement=row.movement,
        amount=decimal_text(row.amount),
        demand=row.demand,
        switches=[switch.value for switch in row.switches],
        also="；".join(Switch(switch).label for switch in row.switches),
        words=change_words(row),
        remarks="；".join(remarks_of(row, pair)),
    )


def _asked_out(asked: Asked | None) -> AskedOut | None:
    if asked is None:
        return None
    return AskedOut(
        ordinal=asked.ordinal,
        name=asked.name,
        unit=asked.unit,
        nature=Nature.BINDING if asked.binding else Nature.ANTICIPATORY,
        wording=asked.wording or None,
        first_wording=asked.first_wording or None,
        adjustment=asked.adjustment or None,
    )
