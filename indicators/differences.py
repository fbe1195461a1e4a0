"""What differs between two successive publications of one target and period. Pure: no Django, no clock.

Each difference is of one kind, so that an error of ours never hides among figures that the city or the statisticians
brought later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wanzhou.kernel.terms import Term


class Change(Term):
    """Why what the public reads changed; the first is an error of ours. In the order in which the log tells them."""

    CORRECTION = "correction", "录入差错"
    ARRIVAL = "arrival", "市级反馈"
    REVISION = "revision", "统计核定"
    CALIBRE = "calibre", "口径调整"
    ADJUSTMENT = "adjustment", "目标调整"
    RULING = "ruling", "人工认定"
    ADDITION = "addition", "补充内容"
    RESTATEMENT = "restatement", "文字变动"


# Kinds of a figure's replacement, which say themselves why.
REPLACEMENTS = frozenset({Change.CORRECTION, Change.ARRIVAL, Change.REVISION, Change.CALIBRE})


@dataclass(frozen=True, slots=True)
class Told:
    """What one publication told of a target and period.

    `actual` and `ruling` are the keys of the facts behind it, `figure` and `state` their words. `supplements` may be
    added later, `names` be restated; both by the word that readers know them by.
    """

    actual: int | None
    figure: str
    state: str
    wording: str
    adjustment: str = ""
    replaced_because: str = ""
    ruling: int | None = None
    ruling_reason: str = ""
    supplements: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: of what kind, what it is about, and what stood there before and stands there now.

    `before` and `after` are empty where only something was added; `reason` is empty where the publication says why.
    """

    kind: Change
    about: tuple[str, ...]
    state_before: str
    state_after: str
    before: str = ""
    after: str = ""
    reason: str = ""


FIGURE = "完成情况"
TARGET = "目标"
VERDICT = "结论"


def differences(before: Told, after: Told) -> tuple[Difference, ...]:
    """Every difference, one for each kind that occurs."""
    found = tuple(_found(before, after))
    if not found and before.state != after.state:
        return (_difference(Change.RESTATEMENT, (VERDICT,), before, after),)
    return found


def adjusted(before: str, after: Told) -> Difference:
    """A target adjusted between the publications of two periods: `before` is the wording that was told last."""
    return Difference(Change.ADJUSTMENT, (TARGET,), "", after.state, before, after.wording, after.adjustment)


def _found(before: Told, after: Told) -> Iterator[Difference]:
    replaced = after.actual != before.actual and after.replaced_because != ""
    if replaced:
        kind = Change(after.replaced_because)
        yield _difference(kind, (FIGURE,), before, after, before.figure, after.figure)
    if after.wording != before.wording:
        yield _difference(
            Change.ADJUSTMENT, (TARGET,), before, after, before.wording, after.wording, after.adjustment
        )
    if after.ruling is not None and after.ruling != before.ruling:
        yield _difference(Change.RULING, (VERDICT,), before, after, reason=after.ruling_reason)
    yield from _added(before, after, replaced=replaced)
    renamed = tuple(name for name, text in after.names.items() if text != before.names.get(name, text))
    if renamed:
        old = "；".join(before.names[name] for name in renamed)
        new = "；".join(after.names[name] for name in renamed)
        yield _difference(Change.RESTATEMENT, renamed, before, after, old, new)


def _added(before: Told, after: Told, *, replaced: bool) -> Iterator[Difference]:
    """What was not there before: a figure that replaces none, a cause, a reminder, figures of other regions."""
    late = after.actual is not None and after.actual != before.actual and not replaced
    about = tuple(
        name for name, told in after.supplements.items() if told and told != before.supplements.get(name)
    )
    figures = (before.figure, after.figure) if late else ("", "")
    if late:
        about = (FIGURE, *about)
    if about:
        yield _difference(Change.ADDITION, about, before, after, *figures)


def _difference(
    kind: Change,
    about: tuple[str, ...],
    before: Told,
    after: Told,
    old: str = "",
    new: str = "",
    reason: str = "",
) -> Difference:
    return Difference(kind, about, before.state, after.state, old, new, reason)
