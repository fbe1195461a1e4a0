"""Find the figures in a clause: which number is meant, its unit, and what the words round it say about it.

A figure counts only where it closes its clause (``5G基站达到2000个以上``: 2000, never 5) or is what a verb counts
(``培育25家以上企业``). Years, dates, ordinals, codes and the figures inside a name are not figures.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from .intervals import EXACT
from .terms import Kind
from .units import GENERIC_COUNTS, POINTS, UNIT_PATTERN, completed, is_ratio, measure

MOST_DIGITS: Final = 60
"""A longer run of digits is no measured figure but a slip of the keyboard."""

RISE: Final = "增长|上涨|提高|提升|上升|增加|扩大|新增|净增|增速|增幅|涨幅|增"
FALL: Final = (
    "负增长|下降|降低|减少|压减|压降|压缩|下调|下浮|下跌|缩减|缩小|削减|收窄|回落|降幅|跌幅|减幅|减排|"
    "递减|降|减"
)
_FALLS: Final = re.compile(FALL)
_HOLD: Final = "控制|稳控|限制|约束"
_ASPIRE: Final = "力争|争取|努力|力求|奋力|冲刺|奋斗目标|奋斗"
_TO: Final = "到|至|为"

_COMPARED: Final[dict[Kind, str]] = {
    Kind.AT_LEAST: "(?:不(?:得|能|应|可)?|未)(?:低于|少于|小于|下于|慢于|差于)|大于(?:或|或者)?等于|至少|起码|最低|≥",
    Kind.AT_MOST: (
        "(?:不(?:得|能|应|可|再)?|未能?|没有?)(?:高于|超过|大于|多于|突破|超出|快于|超)|小于(?:或|或者)?等于|至多|最多|最高|≤"
    ),
    Kind.ABOVE: "超过|突破|高于|大于|多于|快于|超出|超|逾|>",
    Kind.BELOW: "低于|小于|少于|慢于|不满|不足|不到|不及|未满|(?:未能?|没有?|不能)(?:够)?(?:完成|实现|达到|达|到)|<",
    Kind.ABOUT: "大约|大概|约|接近|将近|近",
}
_SUFFIXED: Final[dict[str, Kind]] = (
    dict.fromkeys(("以上", "之上"), Kind.AT_LEAST)
    | dict.fromkeys(("以下", "之下", "以内", "之内", "内"), Kind.AT_MOST)
    | dict.fromkeys(("左右", "上下", "前后"), Kind.ABOUT)
)
_COMPARISONS: Final = "|".join(_COMPARED.values())
_COMPARISON: Final = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _COMPARED.items()))

_ASSURE: Final = (
    "按可比价格?计算|按可比价格?|按不变价格?|扣除价格因素|比上年同期|较上年同期|比去年同期|较去年同期|比上年|较上年|比去年|较去年|比同期|较同期|"
    "确保|保证|务必|必须|预计|预期|计划|安排|拟按|按|拟|目标|完成|实现|达到|达成|达|保持|维持|稳定|稳步|稳|总体|基本|大体|"
    "均|都|分别|各|累计|全年|年均|平均|为|是|在|到|至|于|了|将|要|应|能|可|有|总|共|左右|:|=|争取|合计|以|率|仍|再|"
    "同比|环比|年度|本年|当年|实际|名义|可比价|幅度|速度|也|并|同步|继续|进一步|逐步|持续"
)
TAIL: Final = re.compile(f"(?:{_COMPARISONS}|{RISE}|{FALL}|{_HOLD}|{_ASPIRE}|{_ASSURE})*+$")
_LEVEL_TO: Final = re.compile(f"(?:{_HOLD}|达到|降到|{_TO})")
_TO_LEVEL: Final = re.compile(f"(?:{RISE}|{FALL}|{_HOLD})(?:{_TO})")
_LAST_MOVE: Final = re.compile(f"(?P<fall>{FALL})|(?P<rise>{RISE})")
_HOLDS: Final = re.compile(_HOLD)
_ASPIRES: Final = re.compile(_ASPIRE)
_LONGEST_TAIL: Final = 48
_COUNTS_NEW: Final = re.compile(r"新增|净增")

_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_NO_MORE: Final = r"(?![0-9A-Za-z.,。·+:^×#±_])"
QUANTITY: Final = re.compile(
    rf"(?<![0-9A-Za-z.,。·+\-~—/:^×#±_第%‰↑↓▲△▼▽])(?<![0-9][十百千万亿])(?<!附件)(?<!专栏)(?<![见附][表图])(?P<sign>[-+负])?(?P<number>{_NUMBER})(?P<more>[多余](?=[^0-9]))?(?P<unit>{UNIT_PATTERN})?+"
    rf"(?:(?P<to>[~—]+|-{{1,2}}|至|到)(?P<sign2>[-+负])?(?P<number2>{_NUMBER})(?P<unit2>{UNIT_PATTERN})?+)?{_NO_MORE}"
    rf"(?P<bound>\(含\)|(?:及|或|\(含\))?(?:以上|之上|以下|之下|以内|之内|左右|上下|前后)|内)?"
)
_ADJOINING: Final = re.compile(rf"[0-9](?:{UNIT_PATTERN})$")
_BESIDE: Final = re.compile(rf"(?:{_COMPARED[Kind.ABOVE]}|{_COMPARED[Kind.BELOW]})(?:预期|目标|计划)")
_ROUGHLY: Final = re.compile(_COMPARED[Kind.ABOUT])
_CALENDAR: Final = re.compile(r"(?:个)?(?:年|月|日|季度|时(?!$)|号|届|世纪)(?!均)|[A-Za-z]")
_FILLER: Final = re.compile(
    r"(?:之间|区间|范围)?(?:以?内)?的?(?:合理|较快|中高速)?(?:增长|增速|增幅|涨幅|速度|水平|目标|任务|区间|范围|比例|比重|规模|幅度|底线|红线|"
    r"安排|进行安排|考虑|标准|总量)*(?:以?内)?(?:目标|任务)?"
    r"|(?:稳定|均|全部)?(?:达到|达|保持|符合)(?:或优于)?(?:国家|地表水)*(?:IV|V|I{1,3}|[一二三四五])类(?:及?以上|水质|标准|水体)*"
)
_NOUN: Final = re.compile(r"的?[^0-9]{1,30}")
_PROJECT: Final = re.compile(r"项目|工程|生产线|基地|电站|线路|装置|机组|泊位$|开工|竣工|投产|的")
_COUNTING: Final = re.compile(
    r"(?:新增|净增|新建|新培育|培育|建成|引进|招引|实施|完成|创建|改造|打造|发放|开展|举办|新认定|认定|筹集|"
    r"实现|达到|建设|改建|扩建|新改扩建|新改建|整治|吸引|转移|培训|获评|签约|盘活|选派|引育|落实|推进|启动|竣工|开工)(?:不少于|至少|超过|约)?$"
)


class Amount(NamedTuple):
    """One figure of a clause, signed (a fall is negative), with the words that shape it."""

    number: Decimal
    upper: Decimal | None  # the other end of a range
    unit: str  # as printed beside the figure, often empty
    manner: Kind  # plain, at_least, at_most, above, below, about or range
    name: str = ""  # what stands before the figure and its verbs
    verbs: str = ""
    rises: bool = False
    falls: bool = False
    to_level: bool = False  # 下降到X names a level, not a change
    held: bool = False  # 控制在X
    aspiration: bool = False
    rough: bool = False  # a range with 左右

    @property
    def moves(self) -> bool:
        """Whether the figure is a change (增长X, 下降X) and no level."""
        return (self.rises or self.falls) and not self.to_level

    def shifts(self, unit: str) -> bool:
        """Whether, in this unit, it is a change of a level (增加5天, 提高0.3个百分点), not what 新增 counts."""
        of_a_level = unit in POINTS or (unit != "" and not is_ratio(unit))
        return of_a_level and self.moves and not _COUNTS_NEW.search(self.verbs)

    @property
    def lowering(self) -> bool:
        """Whether the wording itself asks for less; used only where the indicator's direction is unknown."""
        return self.falls or self.held or self.manner in (Kind.AT_MOST, Kind.BELOW)


_CELL: Final = re.compile(
    rf"(?P<number>-?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DIGITS}}})?)(?P<unit>[%‰天家件户人]|万人|亿元)?"
    r"(?P<bound>及?以上|及?以下|以内|左右)?"
)


def cell(text: str) -> Amount | None:
    """A cell that is no more than a figure (``6左右``, ``-9.5``, ``2.5万人以上``); most cells are, and it is quick."""
    match = _CELL.fullmatch(text)
    if match is None or len(match["number"]) > MOST_DIGITS:
        return None
    number, unit, bound = match.groups()
    manner = _SUFFIXED[bound.lstrip("及")] if bound else Kind.PLAIN
    return Amount(Decimal(number), None, unit or "", manner)


def amounts_in(clause: str) -> tuple[Amount, ...]:
    """The figures that a clause states, at most one, or several joined by 和 or 与 (``7%和8%左右``)."""
    matches = [match for match in QUANTITY.finditer(clause) if not _is_calendar(match)]
    if not matches:
        return ()
    last = matches[-1]
    rest = clause[last.end() :]
    if not _FILLER.fullmatch(rest):
        counted = len(matches) == 1 and _counts(clause[: last.start()], last, rest)
        if not counted:
            return ()
    amount = _amount(clause[: last.start()], last)
    if amount is None or not _only_names(clause, matches[:-1], last):
        return ()
    return (amount,)


def _is_calendar(match: re.Match[str]) -> bool:
    return match["unit"] is None and _CALENDAR.match(match.string, match.end()) is not None


def _counts(before: str, match: re.Match[str], rest: str) -> bool:
    """Whether a verb counts what follows: ``新建20个以上示范点``, but not ``建设100万吨饲料项目``."""
    unit = match["unit2"] or match["unit"]
    if not unit or not _NOUN.fullmatch(rest) or not _COUNTING.search(before[-12:]):
        return False
    return measure(unit).dimension in GENERIC_COUNTS or not _PROJECT.search(rest)


def _only_names(clause: str, earlier: list[re.Match[str]], last: re.Match[str]) -> bool:
    """Whether the earlier figures of the clause are part of a name, so that the last one is the only target."""
    if _ADJOINING.search(clause, 0, last.start()):
        return False
    return not any(_states_a_target(clause, match) for match in earlier)


def _states_a_target(clause: str, match: re.Match[str]) -> bool:
    following = clause[match.end() : match.end() + 1]
    if following == "的":
        return False
    if following == "争":  # 保6争7: two targets in one breath
        return True
    unit = match["unit"] or ""
    moved = _LAST_MOVE.search(clause[max(0, match.start() - 4) : match.start()])
    return (bool(unit) and measure(unit).dimension == "ratio") or moved is not None


def _amount(prefix: str, match: re.Match[str]) -> Amount | None:
    figures = _figures(match)
    tail = TAIL.search(prefix[-_LONGEST_TAIL:])
    verbs = tail[0] if tail else ""
    manner = _manner(verbs, match)
    if figures is None or manner is None or _BESIDE.search(verbs):
        return None
    number, upper, unit = figures
    name = prefix[: len(prefix) - len(verbs)]
    move, to_level = _move(verbs)
    if move is None and is_ratio(unit) and _LEADING_FALL.search(name):
        move, to_level = "fall", _LEVEL_TO.search(verbs) is not None
    falls = move == "fall"
    if falls and not to_level:
        if number < 0:
            return None
        number, upper, manner = negated(number, upper, manner)
    return Amount(
        number=number, upper=upper, unit=unit, manner=manner,
        name=name, verbs=verbs, rises=move is not None and not falls, falls=falls,
        to_level=to_level, held=_HOLDS.search(verbs) is not None, aspiration=_ASPIRES.search(prefix) is not None,
        rough=upper is not None and _is_rough(verbs, match["bound"] or ""),
    )  # fmt: skip


_LEADING_FALL: Final = re.compile(
    rf"^(?:{_ASSURE}|{_ASPIRE}|全[区市县省国]|财政|[0-9]{{4}}年)*+(?:压减|压降|压缩|减少|降低|削减|缩减|下调|减亏|减碳|降碳|降耗)"
    rf"(?!率|幅|{_TO})"
)
"""压减一般性支出10%: the verb of the fall leads the clause, and what falls stands between it and the figure. Of an
amount (减少贫困人口1000万人) it names the work done, which is counted as it stands."""
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}[^0-9年]+(?:19|20)[0-9]{2}")
_MOVE_NOUN: Final = re.compile(r"(?P<fall>降幅|跌幅|减幅|下降率)|(?P<rise>增速|增幅|涨幅|增长率)")


def _move(verbs: str) -> tuple[str | None, bool]:
    """Whether the words before the figure tell a rise or a fall, and whether the figure is the level moved to.

    ``增速回落至5%`` names a rise of five and ``降幅收窄至3%`` a fall of three, but ``下降到30.5`` a level.
    """
    last = None
    for found in _LAST_MOVE.finditer(verbs):
        last = found.lastgroup
    if not _TO_LEVEL.search(verbs):
        return last, False
    noun = _MOVE_NOUN.search(verbs)
    return (last, True) if noun is None else (noun.lastgroup, False)


def _is_rough(verbs: str, bound: str) -> bool:
    return bound.endswith(("左右", "上下", "前后")) or _ROUGHLY.search(verbs) is not None


def _figures(match: re.Match[str]) -> tuple[Decimal, Decimal | None, str] | None:
    """The number, the other end of a range, and the printed unit; None where they do not agree."""
    first, second = match["number"], match["number2"]
    if len(first) > MOST_DIGITS or len(second or "") > MOST_DIGITS:
        return None
    number = _signed(match["sign"], first)
    unit = match["unit"] or ""
    if second is None:
        return number, None, unit
    if (match["to"] == "--" and match["sign"]) or _YEARS.fullmatch(match[0]):
        return None
    return _range(number, unit, _signed(match["sign2"], second), match["unit2"] or "")


def _range(
    number: Decimal, unit: str, upper: Decimal, unit2: str
) -> tuple[Decimal, Decimal | None, str] | None:
    """Both ends in the unit of the second: ``5-6万人``, ``9000-1万人``."""
    if not unit and number > upper and not is_ratio(unit2):
        number, shared = EXACT.divide(number, measure(unit2).worth), unit2
    elif not unit or unit == unit2 or completed(unit, unit2) == unit2:
        shared = unit2
    elif not unit2:
        shared = unit
    else:
        first, second = measure(completed(unit, unit2)), measure(unit2)
        if first.dimension != second.dimension:
            return None
        number, shared = EXACT.divide(EXACT.multiply(number, first.worth), second.worth), unit2
    return min(number, upper), max(number, upper), shared


def _signed(sign: str | None, digits: str) -> Decimal:
    value = Decimal(digits)
    return value.copy_negate() if sign in ("-", "负") else value


_FLIPPED: Final = {
    Kind.AT_LEAST: Kind.AT_MOST, Kind.AT_MOST: Kind.AT_LEAST, Kind.ABOVE: Kind.BELOW, Kind.BELOW: Kind.ABOVE,
}  # fmt: skip


def negated(number: Decimal, upper: Decimal | None, manner: Kind) -> tuple[Decimal, Decimal | None, Kind]:
    """A fall as the signed change: 下降3%以上 is at most −3, 下降10%以内 at least −10."""
    flipped = _FLIPPED.get(manner, manner)
    if upper is None:
        return number.copy_negate(), None, flipped
    return upper.copy_negate(), number.copy_negate(), flipped


def _manner(verbs: str, match: re.Match[str]) -> Kind | None:
    """How the words before and after the figure bound it; None where they contradict each other."""
    before = None
    for found in _COMPARISON.finditer(verbs):
        before = Kind[found.lastgroup or ""]
    bound = match["bound"] or ""
    after = _SUFFIXED.get(bound.replace("(含)", "").lstrip("及或"))
    if match["number2"] is not None:
        return Kind.RANGE
    if match["more"]:
        after = Kind.AT_LEAST
    if after is None:
        return before or (Kind.AT_MOST if _HOLDS.search(verbs) else Kind.PLAIN)
    if after is Kind.ABOUT or before in (None, after, Kind.ABOUT):
        return after
    agree = {(Kind.ABOVE, Kind.AT_LEAST), (Kind.BELOW, Kind.AT_MOST)}
    return after if (before, after) in agree else None
