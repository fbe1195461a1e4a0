"""Figures of other regions for one period on one screen: the nation, the city, any district, the rank in the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction

from indicators.evidence import Attach, no_files
from indicators.models import AnnualTarget, QuarterlyActual, ReferenceFigure
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.plans.models import ReportingPeriod, Source
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.kernel.workflow.moves import State

from .figures import said_of

READS = "indicators.view_referencefigure"
WRITES = ("indicators.add_referencefigure", "indicators.change_referencefigure")
NATION, CITY = "全国", "全市"
NEW = "new"  # the key of the column whose region is being named
BLANK = ("", "", "")
LARGEST = Decimal(10) ** 18
MOST = 32_767  # of a rank
Said = tuple[str, str, str]  # value, rank, of how many


@dataclass(frozen=True, slots=True)
class Column:
    """A region; only the city's column has ranks."""

    key: str
    region: str
    ranks: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """What is known, or was typed, of one indicator in one region; `seen` is what the person had before his eyes."""

    key: str
    region: str
    label: str
    ranks: bool
    said: Said
    seen: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One indicator with our own figure and every region's."""

    name: str
    ordinal: int | None
    unit: str
    wording: str
    own: str
    cells: tuple[ReferenceCell, ...]


@dataclass(frozen=True, slots=True)
class ReferenceSheet:
    """The screen of one period."""

    period: ReportingPeriod
    columns: tuple[Column, ...]
    rows: tuple[ReferenceRow, ...]
    region: str  # typed as the name of the new column


class CellsWrong(MoveRefused):
    """Nothing was written: reasons in Chinese by the key of the cell."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(f"有 {len(reasons)} 格不能保存，什么也没有保存；原因写在格子下面。")
        self.reasons = dict(reasons)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database has of a period."""

    targets: tuple[AnnualTarget, ...]
    figures: Mapping[tuple[int, str], ReferenceFigure]

    @classmethod
    def of(cls, period: ReportingPeriod, *, lock: bool = False) -> _Known:
        """The rows of the table and the figures of other regions; two queries."""
        targets = tuple(
            AnnualTarget.objects.filter(plan=period.plan_id).headline().select_related("indicator")
        )
        rows = ReferenceFigure.objects.filter(
            indicator__in=[target.indicator_id for target in targets],
            year=period.plan.year,
            period=period.period,
        ).order_by("region")
        found = rows.select_for_update() if lock else rows
        return cls(targets, {(figure.indicator_id, figure.region): figure for figure in found})

    def columns(self) -> tuple[Column, ...]:
        regions = sorted({region for _, region in self.figures} - {NATION, CITY})
        others = (Column(f"r{number}", region) for number, region in enumerate(regions))
        return (Column("nation", NATION), Column("city", CITY, ranks=True), *others, Column(NEW, ""))

    def said(self, target: AnnualTarget, region: str) -> Said:
        figure = self.figures.get((target.indicator_id, region))
        if figure is None:
            return BLANK
        value = "" if figure.value is None else f"{figure.value.normalize() + Decimal(0):f}"
        return value, str(figure.rank or ""), str(figure.of or "")


def sheet_of(
    period: ReportingPeriod, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> ReferenceSheet:
    """The screen, with what was typed where it was sent; a fixed number of queries."""
    known = _Known.of(period)
    own = {
        actual.target_id: said_of(actual)
        for actual in QuarterlyActual.objects.filter(period=period)
        .exclude(state__in=[State.DRAFT, State.RETURNED])
        .order_by("id")
    }
    columns = known.columns()
    rows = tuple(
        ReferenceRow(
            name=target.name,
            ordinal=target.ordinal,
            unit=target.unit,
            wording=target.wording or "",
            own=own.get(target.pk, ""),
            cells=tuple(_cell(known, target, column, typed, errors or {}) for column in columns),
        )
        for target in known.targets
    )
    return ReferenceSheet(period, columns, rows, (typed or {}).get("region", ""))


def _cell(
    known: _Known,
    target: AnnualTarget,
    column: Column,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
) -> ReferenceCell:
    key = f"{target.pk}-{column.key}"
    stored = known.said(target, column.region)
    said = stored if typed is None or not _is_changed(typed, key) else _typed(typed, key)
    region = column.region or "另加的地区"
    # Whoever was refused has seen by now what stands there.
    label, seen = f"{target.name}，{region}", "|".join(stored)
    return ReferenceCell(key, region, label, column.ranks, said, seen, errors.get(key, ""))


def _is_changed(typed: Mapping[str, str], key: str) -> bool:
    """Whether the person typed another thing than he had before his eyes."""
    return "|".join(_typed(typed, key)) != typed.get(f"{key}-seen", "||")


def _typed(typed: Mapping[str, str], key: str) -> Said:
    value, rank, of = (typed.get(f"{key}-{part}", "").strip() for part in ("value", "rank", "of"))
    return value, rank, of


@transaction.atomic
def save_references(
    period: ReportingPeriod,
    typed: Mapping[str, str],
    *,
    region: str,
    source: Source | None,
    place: str,
    by: User,
    attach: Attach = no_files,
) -> int:
    """Write every cell that was changed, all or none, with what attests it; returns how many.

    Raises CellsWrong with the reason of each cell, or MoveRefused for the whole screen.
    """
    if not by.has_perms(WRITES):
        raise MoveRefused(f"{by}没有录入参考数据的权限。")
    known = _Known.of(period, lock=True)
    changed = list(_changed(known, typed, region))
    if not changed:
        if attach is not no_files:
            raise MoveRefused("没有改动哪一格，文件无处可附；要给已有的数据补充材料，请到“参考数据”那一条。")
        return 0
    if any(column.key == NEW for _, column, _ in changed):
        _refuse_region(region, known)
    if source is None and not place:
        raise MoveRefused("须写明来源：选一份来源文件，或写出处。")
    reasons = {f"{target.pk}-{column.key}": why for target, column, why in _wrong(known, typed, changed)}
    if reasons:
        raise CellsWrong(reasons)
    for target, column, said in changed:
        figure = known.figures.get((target.indicator_id, column.region)) or ReferenceFigure(
            indicator=target.indicator, year=period.plan.year, period=period.period, region=column.region
        )
        figure.value = _number(said[0]) if said[0] else None
        figure.rank, figure.of = (int(fold(part)) if part else None for part in said[1:])
        # The words of the old source no longer say this figure.
        figure.source, figure.place, figure.wording = source, place, ""
        figure.save()
        attach(figure)
    return len(changed)


def _changed(
    known: _Known, typed: Mapping[str, str], region: str
) -> Iterator[tuple[AnnualTarget, Column, Said]]:
    """The cells that say another thing than the person had before his eyes."""
    for target in known.targets:
        for column in known.columns():
            key = f"{target.pk}-{column.key}"
            said = _typed(typed, key)
            if _is_changed(typed, key):
                yield target, Column(NEW, region) if column.key == NEW else column, said


def _refuse_region(region: str, known: _Known) -> None:
    if not region:
        raise MoveRefused("最后一列填了数据，请在它的表头写明是哪个地区。")
    if any(column.region == region for column in known.columns()):
        raise MoveRefused(f"“{region}”已经有一列，请填在那一列里。")


def _wrong(
    known: _Known, typed: Mapping[str, str], changed: Sequence[tuple[AnnualTarget, Column, Said]]
) -> Iterator[tuple[AnnualTarget, Column, str]]:
    for target, column, said in changed:
        stored = known.said(target, column.region)
        seen = typed.get(f"{target.pk}-{column.key}-seen", "||")
        why = _clash(stored, said) if "|".join(stored) != seen else _unsavable(said, stored)
        if why:
            yield target, column, why


def _clash(stored: Said, said: Said) -> str:
    """Somebody else wrote the cell in the meantime: both values, unless they are the same."""
    if stored == said:
        return ""
    return f"别人刚填了 {' / '.join(filter(None, stored)) or '空'}；要用您填的，再保存一次。"


def _unsavable(said: Said, stored: Said) -> str:
    value, rank, of = said
    if said == BLANK and stored != BLANK:
        return "已有的数据不能清空；填错了请改成对的。"
    if value and _number(value) is None:
        return f"“{value}”不是数，请只填数字，如 5.5。"
    ranks = [_whole(part) for part in (rank, of) if part]
    if None in ranks:
        return "位次和总数须是正整数。"
    if of and not rank:
        return "填了总数，还要填位次。"
    if rank and of and (_whole(rank) or 0) > (_whole(of) or 0):
        return "位次不能大于总数。"
    return ""


def _number(text: str) -> Decimal | None:
    """A number as typed, full-width signs understood; None where it is none, or larger than is kept."""
    try:
        number = Decimal(fold(text).replace("−", "-").rstrip("%").strip())
    except InvalidOperation:
        return None
    fits = number.is_finite() and abs(number) < LARGEST and number == round(number, 6)
    return number if fits else None


def _whole(text: str) -> int | None:
    folded = fold(text)
    return int(folded) if folded.isdecimal() and len(folded) < 6 and 0 < int(folded) <= MOST else None
