"""A draft plan made of what was accepted of a reading: its targets, its boxes, its work targets; all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from indicators.drafting.receiving import Received, receive_plan
from indicators.drafting.refusals import DraftRefused
from indicators.judging.terms import Accrual, Favourable
from indicators.models import Frequency, Indicator
from indicators.models.targets import Nature, Tier
from projects.models import AnnualTask, Box, Project
from projects.stages import Stage
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import Plan, PlanKind
from wanzhou.kernel.wording import fold

from .deciding import ReadingRefused, decided_pieces
from .kept import Reading
from .matching import Catalogue, plain
from .pieces import WORK, Decided

LONGEST_SLUG: Final = 58
SHORT: Final = 12
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Open:
    """An accepted row whose indicator nobody can know: a person chooses one, or a new one and of what kind."""

    key: str
    name: str
    wording: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would be made, and what stands against it."""

    year: int | None
    rows: tuple[Decided, ...]
    entries: tuple[Decided, ...]
    pledges: tuple[Decided, ...]
    undecided: int
    matched: Mapping[str, Indicator]
    unmatched: tuple[Open, ...]
    against: tuple[str, ...]


def prospect_of(reading: Reading) -> Prospect:
    """The accepted pieces of the planned year, with their indicators as far as their names tell."""
    pieces = decided_pieces(reading)
    report = reading.report
    own = {f"table-{at}" for at, table in enumerate(report.tables) if table.year == reading.year}
    boxes = {f"box-{at}" for at, box in enumerate(report.boxes) if box.year == reading.year}
    rows = tuple(one for one in pieces if one.piece.part in own and one.accepted and one.facts["target"])
    entries = tuple(one for one in pieces if one.piece.part in boxes and one.accepted)
    pledges = tuple(one for one in pieces if one.piece.part == WORK and one.accepted)
    catalogue = Catalogue.gather()
    matched = {one.piece.key: found for one in rows if (found := catalogue.of(one.facts["name"]))}
    unmatched = tuple(
        Open(one.piece.key, one.facts["name"], one.facts["target"])
        for one in rows
        if one.piece.key not in matched
    )
    undecided = sum(one.choice is None for one in pieces if one.piece.part in own | boxes | {WORK})
    against = tuple(_against(reading, rows))
    return Prospect(reading.year, rows, entries, pledges, undecided, matched, unmatched, against)


def _against(reading: Reading, rows: tuple[Decided, ...]) -> Iterator[str]:
    """Why no plan can be made of the reading."""
    if reading.plan_id is not None:
        yield "已经据此编制了计划。"
    if not is_ours(reading.title):
        yield f"报告的标题里没有“{settings.DISTRICT.name}”，像是别的区县的报告；只能查看和比较，不能编成本区的计划。"
    if reading.year is None:
        yield "看不出报告编制的是哪一年的计划。"
    elif Plan.objects.filter(kind=PlanKind.ANNUAL, first_year=reading.year).exists():
        yield f"{reading.year}年的计划已经存在；只能比较，不能并入。"
    if not rows:
        yield "还没有接受任何一行有目标的指标。"


def is_ours(title: str) -> bool:
    """Whether the title names this district; a report without a title is nobody's."""
    return fold(settings.DISTRICT.name) in fold(title)


@transaction.atomic
def make_plan(reading: Reading, choices: Mapping[str, str], *, seen: int, by: User) -> Plan:
    """Make the draft plan. `choices` tell of each unmatched row the indicator's id, or ``new:rate:higher``.

    Raises ReadingRefused; then nothing is made.
    """
    now = Reading.objects.select_for_update().get(pk=reading.pk)
    if now.revision != seen:
        raise ReadingRefused("您打开这一页之后，别人又改了决定；请看过新的内容再编制。")
    prospect = prospect_of(now)
    if prospect.against:
        raise ReadingRefused(*prospect.against)
    try:
        with transaction.atomic():
            rows = [*_received(now, prospect, choices), *_pledged(now, prospect)]
            note = f"据读入的《{now.title or now.name}》编制。"
            plan = receive_plan(prospect.year or 0, rows, by=by, note=note)
            _make_boxes(now, plan, prospect.entries)
    except DraftRefused as refusal:
        raise ReadingRefused(*refusal.problems) from refusal
    except DatabaseError as error:
        raise ReadingRefused("数据库不接受其中的内容，什么也没有编制；请核对名称和表述的长度。") from error
    now.plan, now.made_by, now.made_at = plan, by, timezone.now()
    now.save(update_fields=["plan", "made_by", "made_at"])
    return plan


def _received(reading: Reading, prospect: Prospect, choices: Mapping[str, str]) -> Iterator[Received]:
    for one in prospect.rows:
        facts, key = one.facts, one.piece.key
        yield Received(
            indicator=prospect.matched.get(key) or _chosen(facts["name"], choices.get(key, "")),
            name=facts["name"],
            unit=facts["unit"],
            wording=facts["target"],
            nature=Nature(facts["nature"]) if facts["nature"] else Nature.ANTICIPATORY,
            sub=facts["sub"],
            place=_place(reading, one),
        )


def _place(reading: Reading, one: Decided) -> str:
    return f"第{one.piece.place.number}{reading.counted_in}"


def _chosen(name: str, choice: str) -> Indicator:
    """The indicator that a person chose for a row, or a new one of the kind that he chose."""
    if choice.isdecimal() and len(choice) < 19:
        found = Indicator.objects.filter(pk=int(choice)).first()
        if found is not None:
            return found
    kinds = choice.split(":")
    if len(kinds) == 3 and kinds[0] == NEW and kinds[1] in list(Accrual) and kinds[2] in list(Favourable):
        return _new_indicator(name, Accrual(kinds[1]), Favourable(kinds[2]), Frequency.QUARTERLY)
    raise ReadingRefused(f"“{name}”没有对上指标，请选一个，或选新建。")


def _new_indicator(name: str, accrual: Accrual, favourable: Favourable, frequency: Frequency) -> Indicator:
    bare = "".join(sign for sign in name if sign.isalnum())[:SHORT]
    half = (len(bare) + 1) // 2
    taken = set(Indicator.objects.values_list("code", flat=True))
    return Indicator.objects.create(
        code=slug_of(name, taken),
        name=name,
        short_name=f"{bare[:half]} {bare[half:]}".strip(),
        accrual=accrual,
        favourable=favourable,
        frequency=frequency,
    )


def _pledged(reading: Reading, prospect: Prospect) -> Iterator[Received]:
    """Work targets; one that the catalogue does not know becomes an indicator that no table has."""
    known = {plain(one.name): one for one in Indicator.objects.all()}
    for one in prospect.pledges:
        facts = one.facts
        indicator = known.get(plain(facts["name"]))
        if indicator is None:
            accrual = Accrual.RATE if "增长" in facts["wording"] else Accrual.CUMULATIVE
            indicator = _new_indicator(facts["name"], accrual, Favourable.HIGHER, Frequency.ANNUAL)
            known[plain(facts["name"])] = indicator
        yield Received(
            indicator=indicator,
            name=facts["name"],
            unit=facts["unit"],
            wording=facts["wording"],
            tier=Tier.WORK,
            section=facts["section"][:100],
            quoted=facts["sentence"],
            place=_place(reading, one),
        )


def _make_boxes(reading: Reading, plan: Plan, entries: Iterable[Decided]) -> None:
    """Boxes and their tasks; a project of last year is the same one only where the folded names are identical."""
    titles = {box.number: box.title for box in reading.report.boxes}
    boxes: dict[int, Box] = {}
    orders: dict[int, int] = {}
    projects = _projects()
    slugs = set(Project.objects.values_list("slug", flat=True))
    used: set[tuple[int, int]] = set()
    for one in entries:
        facts, number = one.facts, one.facts["box"]
        if number not in boxes:
            boxes[number] = Box.objects.create(plan=plan, number=number, title=titles[number][:100])
        project = projects.get(plain(facts["name"]))
        if project is None or facts["group"] or (number, project.pk) in used:
            project = Project.objects.create(slug=slug_of(facts["name"], slugs), name=facts["name"])
            slugs.add(project.slug)
        used.add((number, project.pk))
        orders[number] = orders.get(number, 0) + 1
        AnnualTask.objects.create(
            plan=plan,
            box=boxes[number],
            project=project,
            section=facts["section"] or "未分类",
            order=orders[number],
            name=facts["name"],
            planned_stage=Stage(facts["stage"]) if facts["stage"] else "",
            wording=facts["clause"],
            group=bool(facts["quantity"]),
            quantity=facts["quantity"],
            place=_place(reading, one),
        )


def _projects() -> dict[str, Project]:
    """The projects by their folded names; a name that two of them have tells neither."""
    found: dict[str, list[Project]] = {}
    for one in Project.objects.order_by("pk"):
        found.setdefault(plain(one.name), []).append(one)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def slug_of(name: str, taken: Iterable[str]) -> str:
    """A permanent code from the pinyin of a name, unlike every one that is taken."""
    from pypinyin import lazy_pinyin

    syllables = [_NOT_IN_SLUG.sub("", one.lower()) for one in lazy_pinyin(fold(name))]
    slug = ""
    for syllable in filter(None, syllables):
        if len(slug) + len(syllable) + 1 > LONGEST_SLUG - 4:
            break
        slug = f"{slug}-{syllable}" if slug else syllable
    held, number, free = set(taken), 1, slug or "entry"
    while free in held:
        number += 1
        free = f"{slug or 'entry'}-{number}"
    return free
