"""Read a target's wording. Reading never raises and never guesses: what is not understood is a narrative."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from wanzhou.kernel.wording import fold

from . import forms
from .amounts import Amount, amounts_in, cell, negated
from .clauses import LONGEST, clauses_of, tidied
from .intervals import Interval
from .readings import PERSON_DECIDES, Reading, Setting, bounded
from .relations import grown, grows_a_level, growth_floor, relation, relative_to, resolved
from .terms import Favourable, Kind, Tolerances
from .units import completed, tidy

_DEFAULT_TOLERANCES: Final = Tolerances()


def read_target(
    wording: str | None,
    *,
    unit: str = "",
    favourable: Favourable | None = None,
    tolerances: Tolerances = _DEFAULT_TOLERANCES,
    baseline: Decimal | None = None,
) -> Reading:
    """What `wording` asks for, in a row measured in `unit`.

    Without `favourable` less is better where the wording itself lowers (下降, 压减, 降低, 控制), else more.
    `baseline` is the figure a relation refers to, or the number of an assigned target.
    """
    if wording is None:
        return Reading(Kind.NONE)
    setting = Setting(tidy(unit), favourable, tolerances, baseline)
    if len(wording) > LONGEST:
        wording = "".join(wording.split())
    return _read(wording, setting) if len(wording) <= LONGEST else Reading(Kind.NARRATIVE, unit=setting.unit)


@lru_cache(maxsize=2048)
def _read(wording: str, setting: Setting) -> Reading:
    text = fold(wording)
    amount = cell(text)
    if amount is not None:
        return bounded(amount, completed(amount.unit, setting.unit), setting, amount.manner)
    if forms.is_none(text):
        return Reading(Kind.NONE)
    if forms.is_deferred(text):
        return Reading(Kind.DEFERRED, unit=setting.unit)
    parts = _parts(clauses_of(tidied(text)), setting)
    if not parts:
        return Reading(Kind.NARRATIVE, unit=setting.unit)
    return parts[0] if len(parts) == 1 else _composite(parts)


def _composite(parts: list[Reading]) -> Reading:
    if all(part.kind in PERSON_DECIDES for part in parts):
        kinds = {part.kind for part in parts}
        return replace(parts[0], kind=kinds.pop() if len(kinds) == 1 else Kind.QUALITATIVE)
    return Reading(Kind.COMPOSITE, aspiration=any(part.aspiration for part in parts), parts=tuple(parts))


class _Said(NamedTuple):
    """One clause: the figure it states, if any."""

    clause: str
    amount: Amount | None


def _parts(clauses: list[str], setting: Setting) -> list[Reading]:
    said = [_Said(clause, _one(clause)) for clause in clauses]
    said = _distributed(said)
    parts: list[Reading] = []
    for one in said:
        reading = _part(one, setting)
        if reading is None and parts and not _mere_aspiration(one.clause):
            reading = Reading(Kind.NARRATIVE, name=one.clause)
        if reading is not None:
            parts.append(reading)
    return parts


def _one(clause: str) -> Amount | None:
    if forms.is_rank(clause):
        return None
    found = amounts_in(clause)
    return found[0] if found else None


def _mere_aspiration(clause: str) -> bool:
    aspiring = any(word in clause for word in ("力争", "争取", "努力", "力求", "奋力"))
    return aspiring and not any(map(str.isdigit, clause))


def _distributed(said: list[_Said]) -> list[_Said]:
    """分别增长7%、8%左右: the verb before the first and the qualifier after the last hold for all."""
    shared: list[_Said] = []
    for clause, amount in said:
        leader = shared[-1].amount if shared else None
        bare = amount is not None and leader is not None and _bare(amount)
        shared.append(_Said(clause, _led(amount, leader) if bare and amount and leader else amount))
    for position in range(len(shared) - 2, -1, -1):
        mine, following = shared[position].amount, shared[position + 1].amount
        if mine and following and _bare(said[position + 1].amount):
            shared[position] = _Said(shared[position].clause, _trailed(mine, following))
    return shared


def _bare(amount: Amount | None) -> bool:
    return amount is not None and not amount.verbs and not amount.name


def _led(amount: Amount, leader: Amount) -> Amount:
    """A bare figure after a led one: it rises, falls or aspires with it."""
    number, upper, manner = amount.number, amount.upper, amount.manner
    if leader.falls and not leader.to_level:
        number, upper, manner = negated(number, upper, manner)
    if manner is Kind.PLAIN and leader.manner in (Kind.ABOVE, Kind.BELOW):
        manner = leader.manner
    return amount._replace(number=number, upper=upper, manner=manner, rises=leader.rises, falls=leader.falls,
        to_level=leader.to_level, held=leader.held, aspiration=leader.aspiration, verbs=leader.verbs,
    )  # fmt: skip


def _trailed(amount: Amount, following: Amount) -> Amount:
    manner = following.manner if amount.manner is Kind.PLAIN and following.upper is None else amount.manner
    return amount._replace(manner=manner, unit=amount.unit or following.unit)


def _part(said: _Said, setting: Setting) -> Reading | None:
    """The reading of one clause, None when it is not understood."""
    amount = said.amount
    if amount is not None:
        if not (amount.name.endswith(("任务", "目标", "指标", "计划", "的")) and forms.assigned(amount.name)):
            return _figure(amount, setting)
        return _assigned(forms.Form(Kind.ASSIGNED), setting)
    clause = said.clause
    form = forms.assigned(clause)
    if form:
        return _assigned(form, setting)
    form = forms.growth_floor(clause)
    if form:
        return growth_floor(form, setting)
    form = forms.grade(clause)
    if form:
        return _grade(form)
    form = forms.relation(clause)
    if form:
        return relation(form, setting, "力争" in clause)
    kind = forms.person_decides(clause)
    return None if kind is None else Reading(kind, unit=setting.unit, name=clause)


def _figure(amount: Amount, setting: Setting) -> Reading:
    relative = relative_to(amount, setting)
    if relative is not None:
        return relative
    unit = completed(amount.unit, setting.unit)
    if grows_a_level(amount, unit, setting):
        return resolved(bounded(amount, unit, setting, Kind.RELATIVE_YEAR), setting, grown)
    return bounded(amount, unit, setting, amount.manner)


def _grade(form: forms.Form) -> Reading:
    return Reading(
        Kind.GRADE, number=form.number, unit="类", accepted=Interval(high=form.number, high_open=form.strict),
        manner=form.manner,
    )  # fmt: skip


def _assigned(form: forms.Form, setting: Setting) -> Reading:
    if setting.baseline is None:
        return Reading(Kind.ASSIGNED, unit=setting.unit, row_unit=setting.unit)
    amount = Amount(setting.baseline, None, "", form.manner)
    return replace(
        bounded(amount, setting.unit, setting, Kind.ASSIGNED), number=None, resolved=setting.baseline
    )
