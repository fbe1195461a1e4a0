"""The fields of the indicator list, told once: JSON, CSV, XLSX and the data dictionary all follow from here."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel

from indicators.judging.terms import Accrual, Favourable, Kind, OutcomeState, Pace, Period, Verdict, Version
from indicators.models import Nature
from wanzhou.kernel.evidence.telling import FileOut
from wanzhou.kernel.pages.columns import Coded, DecimalText, told


class ReadingOut(BaseModel):
    """系统对目标表述的理解；表述原文才是目标本身。"""

    kind: Annotated[str, Coded(Kind), told("类型", "目标表述属于哪一种要求。", "at_least")]
    number: Annotated[
        str | None, DecimalText(), told("数字", "表述中的数字，带正负号；没有数字的为空。", "6.5")
    ] = None
    low: Annotated[
        str | None,
        DecimalText(),
        told("下限", "可接受数值的下限，已计入“左右”的幅度；不设下限的为空。", "6.5"),
    ] = None
    high: Annotated[
        str | None,
        DecimalText(),
        told("上限", "可接受数值的上限，已计入“左右”的幅度；不设上限的为空。", "5.5"),
    ] = None
    low_open: Annotated[bool, told("不含下限", "下限本身是否不算达到，如“高于6”。", False)] = False
    high_open: Annotated[bool, told("不含上限", "上限本身是否不算达到，如“低于6”。", False)] = False
    unit: Annotated[str | None, told("单位", "表述中数字的单位。", "%")] = None
    aspiration: Annotated[bool, told("力争", "是否为“力争”“争取”的目标；力争达不到不算未完成。", False)] = (
        False
    )
    parts: Annotated[list[ReadingOut], told("各项", "一个目标含多项要求时，逐项的理解。", [])] = []


class OutcomeOut(BaseModel):
    """本期的完成情况，年初至今的累计数。"""

    state: Annotated[
        str | None, Coded(OutcomeState), told("状态", "完成情况是否已知；只公布了目标的为空。", "reported")
    ]
    value: Annotated[
        str | None, DecimalText(), told("数值", "完成的数值，单位与指标相同；0是数值，空白不是0。", "6")
    ]
    wording: Annotated[str | None, told("表述", "完成情况的原文；没有数值的，说明为什么没有。", "同比增长6%")]
    period: Annotated[str | None, Coded(Period), told("期别", "数据所属的填报期。", "first_half")]
    version: Annotated[
        str | None,
        Coded(Version),
        told("数据版本", "快报、初步核算或最终核实；来源未载的为空。", "preliminary"),
    ]


class RulingOut(BaseModel):
    """对待认定结论的人工认定。"""

    verdict: Annotated[str, Coded(Verdict), told("结论", "人工认定的结论。", "met")]
    reason: Annotated[str, told("理由", "认定的理由。", "与目标的差距在统计误差之内。")]


class BasisOut(BaseModel):
    """另一口径的数值，与完成情况并列，不替代它。"""

    value: Annotated[str | None, DecimalText(), told("数值", "按另一口径计算的数值。", "6")]
    unit: Annotated[str | None, told("单位", "该数值的单位；与指标单位相同的为空。", "万美元")]
    note: Annotated[str, told("说明", "是什么口径。", "扣除留抵退税因素后")]


class IndicatorOut(BaseModel):
    """主要指标表中的一行。"""

    ordinal: Annotated[int | None, told("序号", "表中的序号；“其中”行没有序号。", 1)]
    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "gdp-growth")]
    parent: Annotated[
        str | None, told("所属指标代码", "“其中”行所属指标的代码。", "public-budget-revenue-growth")
    ]
    name: Annotated[str, told("指标名称", "当年计划中的名称。", "地区生产总值增速")]
    unit: Annotated[str, told("单位", "当年计划中的计量单位；没有单位的为空。", "%")]
    nature: Annotated[
        str, Coded(Nature), told("属性", "约束性指标必须完成，预期性指标力争实现。", "anticipatory")
    ]
    wording: Annotated[
        str | None, told("目标表述", "本期适用的目标原文，调整过的为调整后的；不明的为空。", "6.5以上")
    ]
    reading: Annotated[
        ReadingOut,
        told("目标理解", "系统对目标表述的理解。", {"kind": "at_least", "number": "6.5", "low": "6.5"}),
    ]
    outcome: Annotated[
        OutcomeOut,
        told("完成情况", "本期完成了多少，或为什么还不知道。", {"state": "reported", "value": "6"}),
    ]
    verdict: Annotated[
        str | None, Coded(Verdict), told("结论", "全年的结论，有人工认定的以认定为准；年中为空。", "met")
    ]
    computed_verdict: Annotated[
        str | None, Coded(Verdict), told("自动判定", "按规则自动得出的结论，不因人工认定而改变。", "met")
    ]
    ruling: Annotated[
        RulingOut | None,
        told(
            "人工认定",
            "只有待认定的结论才会有。",
            {"verdict": "met", "reason": "与目标的差距在统计误差之内。"},
        ),
    ]
    pace: Annotated[
        str | None, Coded(Pace), told("序时进度", "年中的进度，只是提示，不是结论；全年为空。", "behind")
    ]
    gap: Annotated[
        str | None,
        DecimalText(),
        told("与目标之差", "完成数值减目标数值，百分比指标以百分点计；不能相减的为空。", "-0.5"),
    ]
    reason: Annotated[
        str,
        told(
            "判定说明",
            "一句话说明如何判定。",
            "全年目标“6.5以上”按不低于6.5判定；上半年6，低0.5个百分点，滞后。",
        ),
    ]
    counted: Annotated[bool, told("计入汇总", "是否计入各类结论的汇总；“其中”行不计。", True)]
    department: Annotated[str, told("责任单位", "负责该指标的单位；不明的为空。", "区统计局")]
    source: Annotated[
        str,
        told("来源", "数值出自哪份文件的何处；尚无数值的为目标的出处。", "政府工作报告目标任务半年完成情况"),
    ]
    cause: Annotated[str | None, told("原因说明", "未完成的原因，来源原文。", "受疫情和旱情影响。")]
    cause_source: Annotated[
        str | None, told("原因出处", "原因说明出自哪份文件的何处。", "计划执行情况的报告，第一部分第2段")
    ]
    adjustment: Annotated[
        str | None,
        told(
            "目标调整", "谁在何时把目标由什么调整为什么，或为什么不明。", "目标经区人大常委会批准调整为“0”。"
        ),
    ]
    first_wording: Annotated[
        str | None, told("原目标表述", "首次批准的目标原文；报告未载的为空。", "6.5以上")
    ]
    basis: Annotated[
        BasisOut | None,
        told(
            "另一口径", "按另一口径计算的数值。", {"value": "6", "unit": None, "note": "扣除留抵退税因素后"}
        ),
    ]
    series_break: Annotated[bool, told("与上年不可比", "口径、单位或名称变了，不能与上年相减或相除。", False)]
    section: Annotated[str | None, told("章节", "在计划表中所属的章节；不分章节的为空。", "经济发展")]
    accrual: Annotated[str, Coded(Accrual), told("累计方式", "年内数值如何累计，决定进度怎样比较。", "rate")]
    favourable: Annotated[str, Coded(Favourable), told("向好方向", "数值往哪个方向变化更好。", "higher")]
    expected: Annotated[
        str | None, DecimalText(), told("此时应达", "按序时进度此时应达到的数值；不适用的为空。", "170")
    ]
    reachability: Annotated[
        str | None, told("能否达到", "余下时间还需要多少才能完成全年目标。", "剩余184天中需179天。")
    ]
    published_on: Annotated[datetime.date, told("发布日期", "本行发布的日期。", "2023-09-20")]
    source_url: Annotated[str | None, told("来源网址", "来源文件的网址；没有的为空。", "https://www.gov.cn/")]
    source_published_on: Annotated[
        datetime.date | None, told("来源发布日期", "来源文件的发布日期；报告未载的为空。", "2023-09-20")
    ]
    files: Annotated[list[FileOut], told("佐证材料", "随本行公开、没有撤回的文件。", [])]
    files_named: Annotated[
        str | None,
        told(
            "佐证材料一览",
            "随本行公开、没有撤回的文件：名称、大小、指纹和地址；没有的为空。",
            f"统计公报.pdf（51234 字节，SHA-256 {'0' * 64}，/documents/{'0' * 64}.pdf）",
        ),
    ]


class TallyOut(BaseModel):
    """全年各类结论的项数；只计有序号的指标，各类之和等于总数。"""

    numbered: Annotated[int, told("指标项数", "有序号的指标共多少项。", 22)]
    met: Annotated[int, told("达到或超过", "达到或超过目标的项数。", 14)]
    missed: Annotated[int, told("未完成", "未完成目标的项数。", 3)]
    awaiting_city: Annotated[int, told("待市级反馈", "等待市级反馈数据的项数。", 4)]
    redefined: Annotated[int, told("口径调整", "因口径调整不能比较的项数。", 1)]
    review: Annotated[int, told("待认定", "等待人工认定的项数。", 0)]
    not_judged: Annotated[int, told("不考核", "当年不考核的项数。", 0)]
    unreported: Annotated[int, told("未填报", "到期没有填报的项数。", 0)]
    not_collected: Annotated[int, told("未收录", "公开资料中未见的项数。", 0)]


class PaceTallyOut(BaseModel):
    """年中各类进度的项数；只计有序号的指标。"""

    on_pace: Annotated[int, told("序时达标", "达到序时进度的项数。", 3)]
    behind: Annotated[int, told("滞后", "落后于序时进度的项数。", 5)]
    in_progress: Annotated[int, told("进行中", "年末才能判定的项数。", 5)]
    awaiting_city: Annotated[int, told("待市级反馈", "等待市级反馈数据的项数。", 1)]
    redefined: Annotated[int, told("口径调整", "因口径调整不能比较的项数。", 0)]
    not_judged: Annotated[int, told("不考核", "当年不考核的项数。", 1)]
    unreported: Annotated[int, told("未填报", "到期没有填报的项数。", 0)]
    not_collected: Annotated[int, told("未收录", "公开资料中未见的项数。", 10)]


class YearIndicators(BaseModel):
    """一个计划年度在某一填报期的主要指标；全年有结论汇总，年中有进度汇总，只公布了目标的两者皆无。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    period: Annotated[
        str | None, Coded(Period), told("期别", "所示的填报期；只公布了目标的为空。", "first_half")
    ]
    published_on: Annotated[
        datetime.date | None, told("发布日期", "所示各行中最近一次发布的日期。", "2023-09-20")
    ]
    tally: Annotated[TallyOut | None, told("结论汇总", "全年各类结论的项数。", {"numbered": 22, "met": 14})]
    pace_tally: Annotated[
        PaceTallyOut | None, told("进度汇总", "年中各类进度的项数。", {"on_pace": 3, "behind": 5})
    ]
    indicators: Annotated[list[IndicatorOut], told("指标", "表中的各行，按表中顺序。", [])]
