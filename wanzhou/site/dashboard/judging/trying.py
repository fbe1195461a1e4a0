"""A box to try a wording in: what is typed is read and judged as the published rows are, and nothing is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlencode

from indicators.judging.bulk import base_of
from indicators.judging.outcomes import read_outcome
from indicators.judging.sentences import describe
from indicators.judging.targets import read_target
from indicators.judging.terms import Accrual, Favourable, Period, Tolerances
from indicators.judging.verdicts import Assessment, assess
from wanzhou.kernel.pages.pages import Link
from wanzhou.kernel.pages.refusals import BadQuestion
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.terms import Term
from wanzhou.site.charts.bullets import Bullet
from wanzhou.site.dashboard.tones import Tone, tone_of

from .pictures import picture_of
from .readings import read_as

# Whatever people type: pages that depend on it are never kept.
FREE = ("target", "unit", "outcome", "favourable", "accrual", "period", "base")
PLACE = "/judging/"
Choice = TypeVar("Choice", bound=Term)


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed into the form: a wording to read as a `target`, and what it is held against; empty or None
    where it was left open."""

    target: str = ""
    unit: str = ""
    outcome: str = ""
    favourable: Favourable | None = None
    accrual: Accrual | None = None
    period: Period | None = None
    base: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Question:
        """From a visit; raises BadQuestion where a choice is none of those offered."""
        return cls(
            target=visit.said("target"),
            unit=visit.said("unit"),
            outcome=visit.said("outcome"),
            favourable=_chosen(visit, "favourable", Favourable),
            accrual=_chosen(visit, "accrual", Accrual),
            period=_chosen(visit, "period", Period),
            base=visit.said("base"),
        )

    @property
    def asked(self) -> bool:
        """Whether anything was typed or chosen at all."""
        return self != Question()

    @property
    def detailed(self) -> bool:
        """Whether any of the less common fields is used."""
        return any((self.favourable, self.accrual, self.period, self.base))

    @property
    def href(self) -> str:
        """The address that asks this, at its answer."""
        said = {name: answer for name, answer in asdict(self).items() if answer}
        return f"{PLACE}?{urlencode(said)}#tried"


def _chosen(visit: Visit, name: str, choices: type[Choice]) -> Choice | None:
    answer = visit.said(name)
    if not answer:
        return None
    if answer not in set(choices):
        accepted = "、".join(f"{term.value}（{term.label}）" for term in choices)
        raise BadQuestion(f"{name}=“{answer[:30]}”不能理解；可选：{accepted}")
    return choices(answer)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form's menus offer."""

    favourable: tuple[Favourable, ...] = tuple(Favourable)
    accrual: tuple[Accrual, ...] = tuple(Accrual)
    period: tuple[Period, ...] = tuple(term for term in Period if term is not Period.FULL_YEAR)


@dataclass(frozen=True, slots=True)
class Tried:
    """How a wording is read, and what came of the outcome if one was given."""

    wording: str
    kind: str
    formula: str
    sentence: str
    tone: Tone | None
    judged: str
    bullet: Bullet | None
    bullet_words: str
    notes: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The result in a few words."""
        return f"“{self.wording}”：{self.tone.word if self.tone else '读法'}"


def tried(question: Question, tolerances: Tolerances) -> Tried | None:
    """The answer to a question; None where no wording was given."""
    if not question.target:
        return None
    base, problem = _base(question)
    reading = read_target(
        question.target,
        unit=question.unit,
        favourable=question.favourable,
        tolerances=tolerances,
        baseline=base,
    )
    found = _assessed(question, base, tolerances)
    state = (found.verdict or found.pace or "") if question.outcome else ""
    picture = picture_of(found, question.accrual)
    return Tried(
        wording=question.target,
        kind=reading.kind.label,
        formula=describe(reading),
        sentence=f"{read_as(reading)}。",
        tone=tone_of(state) if state else None,
        judged=found.reason if state else "",
        bullet=picture,
        bullet_words=f"目标 {question.target}" + (f"，完成 {question.outcome}" if state else ""),
        notes=tuple(filter(None, [problem, _assumed(question, found)])),
    )


def _assessed(question: Question, base: Decimal | None, tolerances: Tolerances) -> Assessment:
    return assess(
        question.target,
        read_outcome(question.outcome or None, unit=question.unit),
        unit=question.unit,
        favourable=question.favourable,
        accrual=question.accrual,
        period=question.period or Period.FULL_YEAR,
        baseline=base,
        tolerances=tolerances,
    )


def _base(question: Question) -> tuple[Decimal | None, str]:
    """The base as a figure, and what is wrong with it if it cannot be used."""
    try:
        return (base_of(question.base, question.unit) if question.base else None), ""
    except ValueError as reason:
        return None, f"基数“{question.base}”{reason}，没有采用。"


def _assumed(question: Question, found: Assessment) -> str:
    """What judging took for granted because the form left it open."""
    if question.favourable is not None or found.expected is None:
        return ""
    return f"没有写明方向，按{found.reading.direction.label}来读。"


PRESETS: tuple[tuple[str, Question], ...] = (
    ("6左右，完成 5.6", Question("6左右", "%", "5.6", Favourable.HIGHER)),
    ("330以上，完成 347", Question("330以上", "天", "347", Favourable.HIGHER)),
    ("5.5以内，完成“5.5以内”", Question("5.5以内", "%", "5.5以内", Favourable.LOWER)),
    (
        "340，上半年 161",
        Question("340", "天", "161", Favourable.HIGHER, Accrual.CUMULATIVE, Period.FIRST_HALF),
    ),
    (
        "较上年提升0.2个百分点，基数 1.5",
        Question("较上年提升0.2个百分点", "%", "1.7", Favourable.HIGHER, base="1.5"),
    ),
    ("总体保持II类，完成 Ⅲ类", Question("总体保持II类", "", "Ⅲ类")),
    ("稳中提质", Question("稳中提质", outcome="稳中有进")),
)  # fmt: skip


def presets() -> tuple[Link, ...]:
    """Questions that a reader can ask by a click."""
    return tuple(Link(label, question.href) for label, question in PRESETS)
