"""Fold the many ways of typing one Chinese wording into a single one.

`fold` removes what never carries meaning in a plan (spaces, full-width forms, footnote marks, quotes) and
writes numerals one way: ``百分之四点五以内`` becomes ``4.5%以内``, ``Ⅱ类`` becomes ``II类``, ``１，２００`` becomes
``1200``. It is pure, linear in the length of the text, and never raises.
"""

import re
import unicodedata
from typing import Final

_FOOTNOTE_MARKS: Final = "*＊﹡※†‡★☆"
_CIRCLED: Final = "".join(
    map(chr, (*range(0x2460, 0x2474), 0x24EA, *range(0x24EB, 0x2500), *range(0x2776, 0x2794)))
)
_QUOTES: Final = "“”‘’\"'「」『』《》〈〉＂＇"
# Raised figures wait as private characters while NFKC would turn them into ordinary digits.
_RAISED: Final = {ord(char): chr(0xE000 + value) for value, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SUPERSCRIPT: Final = re.compile(r"(?P<base>[0-9A-Za-zμ]?)(?P<raised>[\ue000-\ue009]+)")

_BEFORE_NFKC: Final = _RAISED | dict.fromkeys(map(ord, _FOOTNOTE_MARKS + _CIRCLED + _QUOTES))

_MINUS: Final = "‐‑‒–−﹣－➖"
_EM_DASH: Final = "―─━"
_TILDE: Final = "〜∼˜∽～"
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u180e"
_AFTER_NFKC: Final = (
    {ord(char): "-" for char in _MINUS}
    | {ord(char): "—" for char in _EM_DASH}
    | {ord(char): "~" for char in _TILDE}
    | {ord(char): None for char in _INVISIBLE}
    | {ord(char): "≥" for char in "≧⩾≽"}
    | {ord(char): "≤" for char in "≦⩽≼"}
    | {ord(char): "约" for char in "≈≒≃≅"}
    | {ord("І"): "I", ord("Ι"): "I", ord("∶"): ":", ord("µ"): "μ"}
)

_NOTE: Final = re.compile(r"[\[【〔](?:注)?[0-9]{0,2}[\]】〕]|\(注[0-9]{0,2}\)")
_THOUSANDS: Final = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_COMPARISON: Final = re.compile(r">=|=>|<=|=<")
_LEADING_DASH: Final = re.compile(r"^—(?=[0-9])")

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"亿": 10**8, "万": 10**4}
_NUMERAL: Final = r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]{0,20}"
_HAS_NUMERAL: Final = re.compile(r"[零〇一二两三四五六七八九十]|分之")
_DIGIT_OR_NUMERAL: Final = rf"(?:[0-9]+(?:\.[0-9]+)?|{_NUMERAL})"
_FRACTION: Final = re.compile(
    rf"(?P<of>百分之|千分之)(?P<sign>负?)(?P<first>{_DIGIT_OR_NUMERAL})"
    rf"(?:(?P<to>[至到~—-])(?P<second>{_DIGIT_OR_NUMERAL})(?!分之))?"
)
_TENTHS: Final = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿完建])"
    r"(?P<tens>[一二两三四五六七八九])成(?P<ones>[一二三四五六七八九]?)(?=以|左|上下|及以|或以|[,，。;；、)]|$)"
)
_HALF: Final = re.compile(r"(?<![零〇一二两三四五六七八九十百千万亿])一半(?=以|左|[,，。;；、)]|$)")
_COUNTED: Final = (
    "个百分点|百分点|人次|微克|毫克|平方|立方|公里|公斤|公顷|千米|千克|千瓦|美元|标箱|"
    "[%‰万亿元人天件家户亩吨斤座所处条台套辆张名份宗场倍岁株头只部枚艘栋幢间床]"
)
_BEFORE_UNIT: Final = re.compile(rf"(?<![第十百千万亿点0-9])(?P<numeral>{_NUMERAL})(?={_COUNTED})")
_BEFORE_GENERIC: Final = re.compile(
    rf"(?<![第十百千万亿点0-9])(?P<numeral>{_NUMERAL})(?=[个项次](?:[,，。;；、]|以|及以|左|$))"
)
_ALONE: Final = re.compile(
    rf"(?P<sign>负?)(?P<numeral>{_NUMERAL})(?P<bound>(?:[及或]?以[上下内]|左右|上下)?)"
)
"""A whole cell that is one numeral, perhaps with its bound: ``零``, ``二十五以上``."""


def fold(text: str) -> str:
    """Return `text` in its one plain form, without spaces."""
    text = unicodedata.normalize("NFKC", text.translate(_BEFORE_NFKC)).translate(_AFTER_NFKC)
    text = "".join(text.split())
    if _RARE.search(text):
        text = _without_rarities(text)
    return _fold_numerals(text) if _HAS_NUMERAL.search(text) else text


_RARE: Final = re.compile(r"[\ue000-\ue009\[【〔(<>,]|^—")
"""What only some wordings hold: raised figures, notes, comparison signs, thousands, a dash for a minus."""


def _without_rarities(text: str) -> str:
    text = _NOTE.sub("", _SUPERSCRIPT.sub(_raised, text))
    text = _COMPARISON.sub(lambda sign: "≥" if ">" in sign[0] else "≤", text)
    if "分别" not in text:
        text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    return _LEADING_DASH.sub("-", text)


def _raised(match: re.Match[str]) -> str:
    """``m³`` is a unit, ``10⁴`` recognisably no plain number, and any other raised figure a footnote mark."""
    base, digits = match["base"], "".join(str(ord(char) - 0xE000) for char in match["raised"])
    if not base:
        return ""
    return f"{base}^{digits}" if base.isdigit() else base + digits


def _fold_numerals(text: str) -> str:
    alone = _ALONE.fullmatch(text)
    if alone is not None:
        return f"{'-' if alone['sign'] else ''}{_counted(alone)}{alone['bound']}"
    text = _FRACTION.sub(_fraction, text)
    text = _TENTHS.sub(lambda match: f"{_DIGITS[match['tens']]}{_DIGITS.get(match['ones'], 0)}%", text)
    text = _HALF.sub("50%", text)
    text = _BEFORE_UNIT.sub(_counted, text)
    return _BEFORE_GENERIC.sub(_counted, text)


def _fraction(match: re.Match[str]) -> str:
    first = _digits_of(match["first"])
    if first is None:
        return match[0]
    sign = "%" if match["of"] == "百分之" else "‰"
    folded = f"{'-' if match['sign'] else ''}{first}{sign}"
    if match["second"] is None:
        return folded
    second = _digits_of(match["second"])
    return match[0] if second is None else f"{folded}{match['to']}{second}{sign}"


def _counted(match: re.Match[str]) -> str:
    """A numeral that stands before a unit; a trailing 万 or 亿 stays a word, as in 十万人 → 10万人."""
    numeral = match["numeral"]
    head = numeral.rstrip("万亿")
    if "万" in head or "亿" in head:
        head = numeral
    digits = _digits_of(head)
    return match[0] if digits is None else digits + numeral[len(head) :]


def _digits_of(numeral: str) -> str | None:
    """``一百二十`` → ``120``, ``四点五`` → ``4.5``; None when it is not one well-formed numeral."""
    if numeral[0].isascii():
        return numeral
    whole, point, decimals = numeral.partition("点")
    value = _whole(whole)
    if value is None or (point and not (decimals and all(char in _DIGITS for char in decimals))):
        return None
    return f"{value}{'.' if point else ''}{''.join(str(_DIGITS[char]) for char in decimals)}"


def _whole(numeral: str) -> int | None:
    for name, worth in _GROUPS.items():
        head, found, tail = numeral.partition(name)
        if found:
            group, rest = _below_ten_thousand(head), _whole(tail) if tail else 0
            if group is None or rest is None or _clipped(tail, rest, worth):
                return None
            return group * worth + rest
    return _below_ten_thousand(numeral)


def _clipped(tail: str, rest: int, worth: int) -> bool:
    """Whether a spoken short form (三百五, 三亿五) leaves it open how much the last digit is worth."""
    return bool(tail) and not tail.startswith(("零", "〇")) and rest * 10 < worth


def _below_ten_thousand(numeral: str) -> int | None:
    """``三千零五十`` → 3050, ``十五`` → 15; None for ``三四十``, ``三百五`` and the like."""
    if all(char in _DIGITS for char in numeral):
        return _plain_digits(numeral)
    total, ceiling = 0, 10_000
    digit: int | None = None
    spelled = False
    for char in numeral:
        if char in _TENS:
            if _TENS[char] >= ceiling or (spelled and not total):
                return None
            total += (1 if digit is None else digit) * _TENS[char]
            digit, ceiling, spelled = None, _TENS[char], False
        elif char not in _DIGITS or digit is not None:
            return None
        elif _DIGITS[char]:
            digit = _DIGITS[char]
        else:
            spelled = True
    return None if digit is not None and ceiling > 10 and not spelled else total + (digit or 0)


def _plain_digits(numeral: str) -> int | None:
    if not numeral or (len(numeral) > 1 and not {"零", "〇"} & set(numeral)):
        return None
    return int("".join(str(_DIGITS[char]) for char in numeral))
