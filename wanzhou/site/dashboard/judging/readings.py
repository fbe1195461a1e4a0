"""A reading told in a sentence, built from what `read_target` returns. Pure."""

from __future__ import annotations

from indicators.judging.readings import NOT_JUDGED, PERSON_DECIDES, Reading
from indicators.judging.sentences import class_rule, describe, rule
from indicators.judging.terms import Kind


def read_as(reading: Reading) -> str:
    """How a wording is understood, without its full stop: `不低于5.9算达到，…`."""
    if reading.kind is Kind.COMPOSITE:
        parts = "；".join(
            f"（{number}）{part.name}{read_as(part)}" for number, part in enumerate(reading.parts, 1)
        )
        return f"读作 {len(reading.parts)} 项要求：{parts}"
    if reading.kind in NOT_JUDGED:
        return f"读作{reading.kind.label}，不考核"
    if reading.kind in PERSON_DECIDES:
        return f"读作{reading.kind.label}，由人认定"
    if reading.kind is Kind.GRADE:
        return f"{class_rule(reading)}算达到，落在外面是未完成"
    if not reading.comparable:
        return f"读作{reading.kind.label}：{describe(reading)}"
    return _bounded(reading)


def _bounded(reading: Reading) -> str:
    """The interval in words; between the two bands of 左右 a person decides."""
    counted = f"以{reading.measured_in}计，" if reading.measured_in else ""
    met = f"{counted}{rule(reading.accepted)}算达到"
    aspired = "（带“力争”）" if reading.aspiration else ""
    if reading.wide is None or reading.wide == reading.accepted:
        return f"{met}，落在外面是未完成{aspired}"
    return f"{met}，达不到而{rule(reading.wide)}的由人认定，其余未完成{aspired}"
