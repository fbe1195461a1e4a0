"""Figures in prose: of what, in which words. ``新增创新型中小企业50家、市级“专精特新”中小企业15家以上`` are two.

A name keeps the words of the sentence in their order; a verb that stands once for several names stands in each of
them. Nothing is added, and what cannot be divided is left whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indicators.judging.units import UNIT_PATTERN

from .outline import Prose
from .report import Quantity, Sure

_NUMBER: Final = r"(?<![0-9A-Za-z.+×\-“])(?<!年产)[0-9]+(?:\.[0-9]+)?"
_BOUND: Final = r"(?:(?:及|或)?以[上下内]|左右|上下)"
_QUANTITY: Final = re.compile(
    rf"(?P<number>{_NUMBER})(?P<more>余|多)?(?:(?P<unit>(?:{UNIT_PATTERN})(?!伏))(?P<bound>{_BOUND})?|(?P<ratio>:1)(?![0-9]))"
)
_GRADE: Final = re.compile(r"(?P<words>(?:总体|稳定)*(?:保持|达到)(?:或优于)?(?:[ⅠⅡⅢⅣⅤ]|I{1,3}|IV|V)类)$")
_WAY: Final = (
    r"(?:同比|分别|均|累计|已|净|再)*"
    r"(?:增长|下降|提高|提升|增加|减少|降低|压减|缩小|扩大|扩展|增|降)(?:至|到|了)?"
)
_TREND: Final = re.compile(
    rf"(?:同比|均|分别|总体|已经?)*(?:{_WAY}|达到?|稳定保持在|稳定在|保持在|控制在|突破|超过?|不低于|不少于|不高于|不超过|约|实现|各)"
    rf"(?:约|超过?)?$"
)
_TOTAL: Final = re.compile(r"^(?:总数|总量|总额|总计|累计)(?:已)?(?:达到?|超过?|突破)$")
_VERB: Final = re.compile(
    r"^(?:新?(?:引进|招引)培育|新?(?:引进|培育|认定|认证|增加|增|建成|建|改扩?建|改造|设立|创建)(?:和改扩?建|和改造)?"
    r"|实施|开展|举办|完成|开工建设|开工|竣工|完工|改造提质|改造|创建|争创|建成投用|建成投运|建成|安装|升级改造"
    r"|筹集|发放|选派|吸纳|推进|启动|整治|建设|组织|争取|兑现|落实|投放|集聚|出栏)"
)
_DOING: Final = re.compile(
    r"新?(?:引进|培育|认定|认证|新增|改扩建|建成|新建|创建|改造)|实施|开展|推进|启动|完成|争创|筹集|增种|增殖|选派|举办|建设"
)
_LEADING: Final = re.compile(r"^(?:确保|其中|并|年内|全年|预计|将|到年底|从而|使|让)+")
_ASPIRES: Final = re.compile(r"^(?:力争|争取|努力)(?:实现)?(?!中央)")
_OPEN, _CLOSE = "（(“《", "）)”》"
LONGEST_NAME: Final = 60
LONGEST_SENTENCE: Final = 2_000  # what is longer is no sentence of a report
LONGEST_TREND: Final = 30
_NEAR: Final = 12  # signs from the beginning of a clause in which its verb stands


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between commas: where they begin in the sentence, and the figure that they state, if any."""

    text: str
    start: int
    figure: re.Match[str] | None

    @property
    def before(self) -> str:
        return self.text[: self.figure.start()] if self.figure else self.text

    @property
    def behind(self) -> str:
        return self.text[self.figure.end() :] if self.figure else ""

    @property
    def is_bare(self) -> bool:
        """Whether it states a figure of what was named before: ``41万平方米…``, ``总数达210家以上``."""
        known = len(self.before) <= LONGEST_TREND and (
            _TOTAL.match(self.before) or _TREND.fullmatch(self.before)
        )
        return self.figure is not None and (not self.before or bool(known))


@dataclass(frozen=True, slots=True)
class _Stated:
    name: str
    wording: str
    unit: str
    start: int
    end: int
    counts: bool = False  # the figure stands before what it counts
    acted_on: bool = False  # the clause begins with what is to be done


def quantities_in(paragraphs: Sequence[Prose], *, promised: bool) -> Iterator[Quantity]:
    """Every figure of the paragraphs; `promised` keeps of the counts only those that something is done to."""
    for prose in paragraphs:
        for start, sentence in _sentences(prose.passage.text, prose.start):
            for stated in _stated(sentence) if len(sentence) <= LONGEST_SENTENCE else ():
                if _is_kept(stated, promised):
                    yield _quantity(prose, sentence, start, stated)


def _is_kept(stated: _Stated, promised: bool) -> bool:
    if not 2 <= len(stated.name) <= LONGEST_NAME:
        return False
    return not (promised and stated.counts) or stated.acted_on


def _quantity(prose: Prose, sentence: str, start: int, stated: _Stated) -> Quantity:
    doubt = "数在名称前面，请核对是不是目标" if stated.counts else ""
    place = prose.passage.place(start + stated.start, start + stated.end)
    sure = Sure.LIKELY if doubt else Sure.CERTAIN
    return Quantity(prose.section, stated.name, stated.wording, stated.unit, sentence, place, sure, doubt)


def _sentences(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Whole sentences with their full stop."""
    for found in re.finditer(r"[^。；]+[。；]?", text[start:]):
        bare = found[0].strip()
        if bare:
            yield start + found.start() + found[0].index(bare), bare


def _stated(sentence: str) -> Iterator[_Stated]:
    for begin, clause in _parts(sentence.rstrip("。；"), "，；"):
        pieces = [_Piece(text, begin + at, _figure(text)) for at, text in _parts(clause, "、")]
        acted_on = _DOING.search(clause[:_NEAR]) is not None
        yield from (replace(stated, acted_on=acted_on) for stated in _of_clause(pieces))


def _parts(text: str, signs: str) -> Iterator[tuple[int, str]]:
    """The text between the signs, brackets and quotes kept whole."""
    depth = begin = 0
    for at, sign in enumerate(text):
        depth += (sign in _OPEN) - (sign in _CLOSE and depth > 0)
        if sign in signs and depth == 0:
            if begin < at:
                yield begin, text[begin:at]
            begin = at + 1
    if begin < len(text):
        yield begin, text[begin:]


def _figure(text: str) -> re.Match[str] | None:
    """The figure that a piece is about: the one at its end, or else the first; a grade counts too."""
    found = list(_QUANTITY.finditer(text))
    found = [one for one in found if not _is_quoted(text, one.start())]
    if found:
        return found[-1] if found[-1].end() == len(text) else found[0]
    return _GRADE.search(text)


def _is_quoted(text: str, at: int) -> bool:
    return text[:at].count("“") > text[:at].count("”") or text[:at].count("（") > text[:at].count("）")


def _of_clause(pieces: Sequence[_Piece]) -> Iterator[_Stated]:
    """The figures of one clause: names that wait for theirs, shared verbs, and figures without a name of their own."""
    waiting: list[_Piece] = []
    last: _Stated | None = None
    verb = aspires = ""
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if piece.figure is None:
            waiting.append(piece)
        elif piece.is_bare and last is not None and not last.counts:
            last = _with_more(last, piece)
        else:
            if last is not None:
                yield last
            if "分别" in piece.before and len(waiting) + 1 > 1:
                taken = _shared(waiting, pieces[index:])
                if taken:
                    yield from taken
                    index, waiting, last = index + len(taken), [], None
                    continue
            last, verb, aspires = _alone(waiting, piece, verb, aspires)
            waiting = []
        index += 1
    if last is not None:
        yield last


def _alone(waiting: Sequence[_Piece], piece: _Piece, verb: str, aspires: str) -> tuple[_Stated, str, str]:
    """A piece with a figure, the names before it, and the verb and the aspiration that go on."""
    figure = piece.figure
    assert figure is not None
    first = waiting[0] if waiting else piece
    before = "、".join([*(one.text for one in waiting), piece.before])
    skipped = _LEADING.match(before)
    before = before[skipped.end() :] if skipped else before
    found = _ASPIRES.match(before)
    if found:
        aspires, before = found[0], before[found.end() :]
    trend = _trend(before)
    name = before[: len(before) - len(trend)]
    words = f"{trend}{figure[0]}"
    own = _VERB.match(name)
    if own:
        verb = own[0]
    elif verb and not trend and not waiting:
        name = verb + name
    else:
        verb = ""
    said = "力争" if aspires.startswith("力争") else aspires
    return (
        _Stated(
            (name + piece.behind).strip("的为是 "),
            f"{said}{words}",
            _unit(figure),
            first.start + (skipped.end() if skipped else 0),
            piece.start + len(piece.text),
            bool(piece.behind),
        ),
        verb,
        aspires,
    )


def _trend(before: str) -> str:
    """The words right before a figure that say how it came about: 同比分别增长; empty where none stand there."""
    found = _TREND.search(before[-LONGEST_TREND:])
    return found[0] if found else ""


def _unit(figure: re.Match[str]) -> str:
    if "unit" not in figure.re.groupindex:
        return ""
    return figure["unit"] or figure["ratio"] or ""


def _with_more(last: _Stated, piece: _Piece) -> _Stated:
    """``2900户、41万平方米保交楼任务``: a second figure, and perhaps only now what both are of."""
    figure = piece.figure
    assert figure is not None
    return replace(
        last,
        name=last.name + piece.behind,
        wording=f"{last.wording}、{piece.before}{figure[0]}",
        end=piece.start + len(piece.text),
        counts=last.counts or bool(piece.behind),
    )


def _shared(waiting: Sequence[_Piece], pieces: Sequence[_Piece]) -> list[_Stated]:
    """``甲、乙同比分别增长8%、50%``: as many names as figures; empty where they are not as many."""
    head = pieces[0]
    assert head.figure is not None
    trend = _trend(head.before)
    if "分别" not in trend:
        return []
    more = []
    for piece in pieces[1:]:
        if piece.figure is None or piece.before or piece.behind:
            break
        more.append(piece)
    names = [*(one.text for one in waiting), head.before[: len(head.before) - len(trend)]]
    figures = [head.figure, *(piece.figure for piece in more if piece.figure)]
    if len(names) != len(figures):
        return []
    words = trend.replace("分别", "")
    names[0] = _LEADING.sub("", names[0])
    starts = [*(one.start for one in waiting), head.start]
    end = (more[-1] if more else head).start + len((more[-1] if more else head).text)
    return [
        _Stated(
            name,
            f"{words}{figure[0]}",
            _unit(figure),
            starts[at],
            end,
        )
        for at, (name, figure) in enumerate(zip(names, figures, strict=True))
    ]
