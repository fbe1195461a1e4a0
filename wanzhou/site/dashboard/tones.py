"""How a state looks: its colour class, its icon and the word beside it. Never colour alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indicators.judging.terms import Pace, Verdict


@dataclass(frozen=True, slots=True)
class Tone:
    """A state's look. `flagged` rows carry the tint in tables, because they need attention."""

    style: str
    word: str
    icon: str
    flagged: bool = False


def _tone(style: str, state: Verdict | Pace, *, flagged: bool = False) -> Tone:
    return Tone(f"is-{style}", state.label, style, flagged)


MET = _tone("met", Verdict.MET)
MISSED = _tone("miss", Verdict.MISSED, flagged=True)
# A sub-row is judged and shown but not counted: its own, quieter word.
SUB_MISSED = replace(MISSED, style="is-miss2", word="低于目标")
BEHIND = _tone("late", Pace.BEHIND, flagged=True)
REVIEW = _tone("ask", Verdict.REVIEW, flagged=True)
UNJUDGED = Tone("is-skip", "尚无数据", "skip")

# In the order in which groups of tiles stand.
TONES: dict[str, Tone] = {
    Verdict.MET: MET,
    Pace.ON_PACE: _tone("pace", Pace.ON_PACE),
    Verdict.MISSED: MISSED,
    Pace.BEHIND: BEHIND,
    Verdict.REVIEW: REVIEW,
    Verdict.AWAITING_CITY: _tone("wait", Verdict.AWAITING_CITY, flagged=True),
    Pace.IN_PROGRESS: _tone("doing", Pace.IN_PROGRESS),
    Verdict.REDEFINED: _tone("cal", Verdict.REDEFINED, flagged=True),
    Verdict.NOT_JUDGED: _tone("skip", Verdict.NOT_JUDGED),
    Verdict.UNREPORTED: _tone("none", Verdict.UNREPORTED, flagged=True),
    Verdict.NOT_COLLECTED: _tone("gap", Verdict.NOT_COLLECTED),
}


def tone_of(state: str, *, counted: bool = True) -> Tone:
    """The look of a verdict or pace code; no code at all means that nothing was published yet."""
    if state == Verdict.MISSED and not counted:
        return SUB_MISSED
    return TONES[state] if state else UNJUDGED
