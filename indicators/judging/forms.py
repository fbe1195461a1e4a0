"""Targets without a figure of their own: ranks, trends, relations, assignments and the rest.

To teach a new wording, add it to the form it belongs to and add a case to the tests.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from .terms import Kind

_NONE: Final = re.compile(
    r"[-—~/\\.…·_*#×]*|无|暂无|空|未?N/?A|null|none|无(?:具体|明确|年度|数量)*(?:目标|指标|要求)|不设(?:置|定|立)?(?:具体|年度|量化|数量|增长|增速)*(?:目标|指标|要求)?|"
    r"(?:没有|未|暂未|尚未|不再|不)(?:提出|设定|设置|设|明确|制定|确定|安排|下达)(?:具体|年度|量化|明确|增长|增速|的)*(?:目标|指标|任务|要求)?|不(?:做|作)(?:具体|统一)?要求",
    re.IGNORECASE,
)
_DEFERRED: Final = re.compile(
    r"统筹(?:考核|安排|把握|评价|完成)|(?:期末|规划期末|五年末)(?:考核|评估|完成)|(?:不|暂不|不再|不单独|暂缓)(?:作|做|进行|纳入|开展)?(?:年度|当年|本年)*(?:考核|评价)|"
    r"不(?:作|做)为?(?:年度|当年)?(?:考核|约束)|待(?:定|明确|确定|下达)$|另行(?:确定|明确)"
)
_HIGHER_UP: Final = (
    "上级|国家|自治区|市委市政府|市委|市政府|省委省政府|省政府|市级|省级|市里|省里|"
    "上级部门|主管部门|市|省|部|州|区委区政府"
)
_ASSIGNED: Final = re.compile(
    rf"(?:{_HIGHER_UP})(?:级|统一|有关|相关|政府|部门|主管|的|规划|年度|考核)*(?:下达|核定|分解|规定|确定|要求|考核|交办|分配|明确|制定|控制|批复|定)[^,]{{0,12}}"
    rf"(?:任务|目标|指标|要求|计划|范围|标准|数|值|内|限额|总量|额度)|"
    rf"(?:{_HIGHER_UP})(?:统一|另行|正式|最终)*(?:下达|核定|分解|交办|定|要求|考核|批复)(?:的)?(?:以内|之内|内|为准)?$|"
    rf"^(?:按|按照|以|完成|达到|控制在)?(?:{_HIGHER_UP})(?:下达|核定|分解|考核|要求|规定|定|的)?(?:目标|任务|指标|要求|标准|计划)(?:任务|目标|要求|数)?"
    r"(?:以内|之内|内|执行|为准|完成)?$|^(?:完成)?(?:下达|考核|约束性)(?:的)?(?:任务|目标|指标)(?:任务|目标)?$|市定|省定|国定|另行下达|待下达"
)
_WITHIN: Final = re.compile(r"以内|之内|范围内|不超过|不突破|不高于|控制")
_AT_OR_OVER: Final = re.compile(r"以上|不低于|不少于")

_POSITIVE: Final = re.compile(r"正增长|(?:由负|负)转正|扭负为正|^转正|增速转正")
_NOT_NEGATIVE: Final = re.compile(r"(?:不|无|避免|防止|杜绝)(?:再|会)?(?:出现|发生)?负增长|非负增长|止跌")
_LEVEL_WITH_BEFORE: Final = re.compile(r"^(?:总体|大体|力争|保持|实现|同比|增速|增长|(?P<rough>基本))*持平$")
_ZERO_GROWTH: Final = re.compile(r"零增长")

_CLASS: Final = (
    r"(?:(?P<worse>劣)?(?P<roman>IV|V|I{1,3})[类级]|(?P<worse2>劣)?(?P<numeral>[一二三四五1-5])类)"
)
_GRADE: Final = re.compile(
    rf"(?P<before>^|达到|达|保持|维持|稳定|总体|优于|劣于|低于|为|在|到|于|或|水质|标准|断面|干流|支流|河段|均|是|地表水|类别|至|[~—-])(?:国家)?(?:地表水)?{_CLASS}"
    r"(?P<after>(?:及|或|或者)?(?:以上|优于|更好)|以内|左右)?(?:水质|水体|水域|标准|水平|水|类别|要求|目标|的)*$"
)
_WORSE: Final = re.compile(
    r"(?<![不未])(?<!不[得能应可])(?:劣于|低于|差于)|[未没](?:能|有)?(?:够|稳定)?(?:达|保持|实现)|不达"
)
_BARE_CLASS: Final = re.compile(r"(?P<worse>劣)?(?P<roman>IV|V|I{1,3})(?P<worse2>)(?P<numeral>)")
_BETTER_ONLY: Final = re.compile(r"(?<!或)(?<!或者)(?<!达到)(?<!保持)(?<!不)优于")
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5} | {
    char: n for n, char in enumerate("一二三四五", 1)
}
GRADES: Final = ("", "I", "II", "III", "IV", "V", "劣V")

_RANK: Final = re.compile(
    r"(?:前|第)[0-9一二三四五六七八九十百]+(?:位|名|强|%)?(?:以内|之内|左右|以上|行列|水平)?$|前列$|前茅$|第一方阵|第一梯队|上游(?:水平)?$|"
    r"领先(?:水平|地位|行列)?$|中上(?:游|水平)|先进行列|首位$|榜首|位居前|排名(?:靠前|前移|提升|进位|上升|稳定)?$|位次(?:前移|提升|不降|上升|稳定)?$|进位|争先|走在.{0,12}前|百强|第一$"
)
_TREND: Final = re.compile(
    r"(?:下降|降低|减少|改善|提升|提高|上升|增长|增加|扩大|回升|好转|趋缓|回落|缩小|加强|增强|壮大|收窄|有降|有升|有增|双降|双下降|压减|上涨|攀升|加快|延长)(?:趋势|态势|势头)?$|"
    r"只[增升降减]不[增升降减]|[增升降减]低?不[增升降减]|不(?:增加|上升|反弹|下降|降低|减少|增长|滑坡)$|(?:继续|持续|不断|逐步|逐年|进一步)[^,0-9]{2,12}$"
)
_QUALITATIVE: Final = re.compile(
    r"稳中|保稳|促稳|企稳|合理区间|合理范围|合理水平|全覆盖|清零|基本实现|基本完成|基本稳定|基本平衡|好于预期|高质量发展|"
    r"^(?:不发生|不出现|杜绝|遏制|坚决|守住|防止|巩固|夯实|确保不|确保完成)|"
    r"(?:稳|提质|平衡|平稳|稳定|稳健|可控|良好|优良|优秀|达标|安全|均衡|协调|充分|健康|向好|优化|有效|显著|明显|圆满|巩固|夯实|畅通|改进|要求|"
    r"充足|适度|宽裕|有序|匹配|合理|较快|较好|增效|任务|目标)(?:运行|发展|状态|态势|水平|增长|就业|进展|成效)*$"
)

_YEAR: Final = re.compile(
    r"(?:20|19)[0-9]{2}年|上年|去年|上一年|前年|同期|前[一二三两0-9]年|基期|往年|历年|近[一二三两0-9]年|“?十[二三四]五”?(?:末|期末|时期)"
)
_REGION: Final = re.compile(
    r"全(?:国|市|省|区|州|县|疆|自治区|川|渝)|平均|周边|主城|中心城区|渝东北|库区|东部|西部|中部|万达开|省会|同类|国家|市级|省级|世界|京津冀|长三角"
)
_SERIES: Final = re.compile(
    r"增长|增速|收入|支出|GDP|经济|物价|价格|CPI|工业|投资|消费|居民|城镇|农村|财政|增幅|涨幅|总值|指标|人口|产值|贷款|存款|增加值",
    re.IGNORECASE,
)
_SYNC: Final = re.compile(
    r"(?:与|和|同|跟)(?P<ref>[^,]{2,24}?)(?:保持|实现|做到)?(?P<rough>基本|大体|大致|总体)?(?:保持|相)?(?:同步|持平|一致|相当|适应|匹配|协调)(?:增长|提升|提高)?(?:水平)?$"
)
_MORE: Final = re.compile(
    r"(?:(?P<AT_LEAST>不低于|不慢于|不少于|不差于|不得低于)|(?P<AT_MOST>不高于|不超过|不快于|不得高于|不突破)|(?P<ABOVE>高于|快于|超过|超|好于|优于|高过|领先于?|大于|跑赢)|"
    r"(?P<BELOW>低于|慢于|小于))(?P<ref>[^,]{2,24})$"
)
_REACH: Final = re.compile(
    r"(?:达到|保持|维持|稳定|位于|处于|在|不低于)(?:在|到)?(?P<ref>(?:[^,]{0,6}(?:平均|上年|去年)[^,]{0,8}))$|^(?P<ref2>[^,]{0,4}(?:平均|上年|去年)(?:同期)?(?:水平|实绩|实际))(?:以上)?$"
)
_DOUBLED: Final = re.compile(r"翻(?P<times>[一1]|[两二2])?番|倍增$")


class Form(NamedTuple):
    """A clause without a figure: its kind, and, for a relation, how the figure must stand to the base."""

    kind: Kind
    manner: Kind = Kind.PLAIN
    number: Decimal | None = None
    strict: bool = False


def is_none(text: str) -> bool:
    return _NONE.fullmatch(text) is not None


def is_deferred(text: str) -> bool:
    return _DEFERRED.search(text) is not None


def is_rank(clause: str) -> bool:
    return _RANK.search(clause) is not None


def assigned(clause: str) -> Form | None:
    """完成市定目标, 控制在国家下达目标之内: the number lives in another document."""
    if not _ASSIGNED.search(clause):
        return None
    if _WITHIN.search(clause):
        return Form(Kind.ASSIGNED, Kind.AT_MOST)
    return Form(Kind.ASSIGNED, Kind.AT_LEAST if _AT_OR_OVER.search(clause) else Kind.PLAIN)


def grade(clause: str) -> Form | None:
    """总体保持II类, 达到或优于三类: ordinal, I is best; 劣V counts as a sixth class."""
    match = _GRADE.search(clause) or _BARE_CLASS.fullmatch(clause)
    if match is None or _WORSE.search(clause):
        return None
    number = 6 if match["worse"] or match["worse2"] else class_of(match["roman"] or match["numeral"])
    return Form(Kind.GRADE, Kind.AT_MOST, Decimal(number), _BETTER_ONLY.search(clause) is not None)


def is_worse(text: str) -> bool:
    """Whether classes are named to say that they were not reached (未达到Ⅱ类, 劣于Ⅱ类)."""
    return _WORSE.search(text) is not None


def class_of(name: str) -> int:
    """The class that a Roman or Chinese numeral or a digit names."""
    return int(name) if name.isdigit() else _ROMAN[name]


def growth_floor(clause: str) -> Form | None:
    """实现正增长 is above zero, 不出现负增长 and a bare 持平 are not below it."""
    if _NOT_NEGATIVE.search(clause):
        return Form(Kind.NO_NEGATIVE_GROWTH, Kind.AT_LEAST, Decimal(0))
    if _POSITIVE.search(clause):
        return Form(Kind.NO_NEGATIVE_GROWTH, Kind.ABOVE, Decimal(0))
    if _ZERO_GROWTH.search(clause):
        return Form(Kind.PLAIN, Kind.PLAIN, Decimal(0))
    level = _LEVEL_WITH_BEFORE.search(clause)
    if level is None:
        return None
    return Form(Kind.NO_NEGATIVE_GROWTH, Kind.ABOUT if level["rough"] else Kind.AT_LEAST, Decimal(0))


def reference_kind(reference: str) -> Kind | None:
    """What a relation refers to: a year, a region, another indicator, or nothing known."""
    if _REGION.search(reference) and not _YEAR.search(reference):
        return Kind.RELATIVE_REGION
    if _YEAR.search(reference):
        return Kind.RELATIVE_YEAR
    return Kind.RELATIVE_INDICATOR if _SERIES.search(reference) else None


def relation(clause: str) -> Form | None:
    """与经济增长基本同步, 高于全市平均, 与上年持平, 翻番: needs another figure."""
    doubled = _DOUBLED.search(clause)
    if doubled:
        return Form(
            Kind.RELATIVE_YEAR, Kind.PLAIN, Decimal(4 if doubled["times"] in ("两", "二", "2") else 2)
        )
    for pattern in (_SYNC, _MORE, _REACH):
        match = pattern.search(clause)
        if match:
            groups = match.groupdict()
            kind = reference_kind(groups.get("ref") or groups.get("ref2") or "")
            return Form(kind, _relation_manner(groups, clause)) if kind else None
    return None


def _relation_manner(groups: dict[str, str | None], clause: str) -> Kind:
    if groups.get("rough"):
        return Kind.ABOUT
    for manner in (Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOVE, Kind.BELOW):
        if groups.get(manner.name):
            return manner
    if clause.endswith("以上"):
        return Kind.AT_LEAST
    return Kind.ABOUT if clause.endswith("左右") else Kind.PLAIN


def person_decides(clause: str) -> Kind | None:
    """Rank, trend or a quality: nothing to compute; None when even that is not understood."""
    if is_rank(clause):
        return Kind.RANK
    if any(char.isdigit() for char in re.sub(r"[0-9]{4}年|COD|PM[0-9.]+|CO2|SO2|M[0-2]", "", clause)):
        return None
    if _TREND.search(clause):
        return Kind.TREND
    return Kind.QUALITATIVE if _QUALITATIVE.search(clause) else None
