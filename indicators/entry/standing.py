"""Where an entry stands, in words: its state, who provided it and when, what was said back."""

from __future__ import annotations

import datetime

from django.utils import timezone

from indicators.models import Answer, Channel, QuarterlyActual
from wanzhou.kernel.workflow.moves import State


def standing_of(actual: QuarterlyActual | None) -> dict[str, str]:
    """Where an entry stands, who provided it, what was said back."""
    if actual is None:
        return {"state": "", "standing": "", "returned": "", "provided": "", "disputed": ""}
    returned = actual.state == State.RETURNED
    return {
        "state": actual.state,
        "standing": State(actual.state).label,
        "returned": f"{actual.returned_by}：{actual.returned_note}" if returned else "",
        "provided": provided_in_words(actual),
        "disputed": actual.answer_note if actual.answer == Answer.DISPUTED else "",
    }


def provided_in_words(actual: QuarterlyActual) -> str:
    """代填：张三 电话 07-05 10:30 · 已确认; empty where the department entered it itself."""
    if actual.provided_at is None:
        return ""
    answer = Answer(actual.answer).label if actual.answer else "待单位确认"
    channel = Channel(actual.channel).label
    return f"代填：{actual.provider} {channel} {local(actual.provided_at)} · {answer}"


def local(moment: datetime.datetime) -> str:
    """A moment by the clock on the wall: 07-05 10:30."""
    return f"{timezone.localtime(moment):%m-%d %H:%M}"
