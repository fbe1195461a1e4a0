"""Cut a folded wording into clauses, each with at most one figure."""

import re
from typing import Final

from .units import UNIT_PATTERN

LONGEST: Final = 2000
"""A longer text is no target and no outcome; it stays text for a person."""

_BRACKET: Final = re.compile(r"\((?P<inside>[^()]*)\)")
_ASPIRING: Final = re.compile(r"^(?:力争|争取|努力|力求|奋斗|冲刺)")
_EXCLUSIVE: Final = re.compile(r"\((?:不含|不含本数|不包括本数)\)")
_JOINED: Final = re.compile(
    rf"(?<=[0-9])(?P<end>(?:{UNIT_PATTERN})?(?:及?以上|及?以下|以内|左右)?)(?:和|与|及|以及|或)(?=-?[0-9])"
)
_MAY_JOIN: Final = re.compile(r"[和与及或上下内右](?=-?[0-9])")
_ABUTTING: Final = re.compile(r"(?<=以上|以下|以内|左右)(?=[0-9])")
_HEADING: Final = re.compile(r"(?<![0-9]):|:(?![0-9])")
_SEPARATOR: Final = re.compile(
    r"[;、!?|]+|(?<![0-9])[,。]+|[,。]+(?![0-9])|(?<=[%上下内右])(?:并且|而且|且|但)|其中"
)
"""Between two bare digits a comma or a full stop may as well be a decimal sign: such a figure is not read."""


def tidied(text: str) -> str:
    """The wording without bracketed remarks; a bracketed aspiration becomes a clause of its own."""
    if "(" not in text and ")" not in text:
        return text.rstrip(".")
    if _EXCLUSIVE.search(text):
        text = _EXCLUSIVE.sub("", text).replace("及以上", "以上")
        text = re.sub(r"([0-9.]+[^0-9]*?)以上", r"超过\1", text)
        text = re.sub(r"([0-9.]+[^0-9]*?)(?:以下|以内)", r"低于\1", text)
    text = text.replace("(含)", "")
    without = _BRACKET.sub(_remark, text)
    bare = without or text
    return bare.replace("(", "").replace(")", "").rstrip(".")


def _remark(match: re.Match[str]) -> str:
    return f",{match['inside']}," if _ASPIRING.match(match["inside"]) else ""


def clauses_of(text: str) -> list[str]:
    """The clauses of a tidied wording, in order, without empty ones."""
    if text.isascii() and "," not in text and ";" not in text:
        return [text] if text else []
    if _MAY_JOIN.search(text):
        text = _ABUTTING.sub(",", _JOINED.sub(r"\g<end>,", text))
    clauses = (_without_heading(clause) for clause in _SEPARATOR.split(text))
    return [clause for clause in clauses if clause]


def _without_heading(clause: str) -> str:
    """``单位GDP能耗：完成市定目标`` without the name before the colon."""
    if ":" not in clause:
        return clause
    pieces = [piece for piece in _HEADING.split(clause) if piece]
    return pieces[-1] if pieces else ""
