"""A task as the screens show it: what was planned, what was said last, what stands in its cells, what to look at."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from projects.cells import LABELS, Cells, understand
from projects.dues import ASKED, Due
from projects.ledger import Footing, is_for_others, locked_because
from projects.models import AnnualTask, StatusUpdate
from projects.stages import Stage, planned_words
from projects.workbooks.writing import CLOSED
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.workflow.moves import State

UNKNOWN_DAY = "日期报告未载"
NOTHING = "—"
_QUARTER_ENDS = ("一季度末", "上半年末", "三季度末")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task on the screen."""

    footing: Footing
    cells: Cells
    due: Due
    locked: str
    for_others: bool
    faults: Mapping[str, str] = field(default_factory=dict)
    setbacks: tuple[str, ...] = ()
    refusal: str = ""
    clash: str = ""
    rates: str = ""

    @property
    def key(self) -> int:
        return self.footing.task.pk

    @property
    def task(self) -> AnnualTask:
        return self.footing.task

    @property
    def stamp(self) -> str:
        return self.footing.stamp

    @property
    def planned(self) -> str:
        return planned_words(Stage(self.task.planned_stage)) if self.task.planned_stage else NOTHING

    @property
    def last_in_words(self) -> str:
        """加快建设 79% · 2023-05-30, or what an earlier year said."""
        return in_words(self.footing.last)

    @property
    def earlier_in_words(self) -> str:
        earlier = self.footing.earlier
        return "" if earlier is None else f"{earlier.task.plan.year}年：{in_words(earlier)}"

    @property
    def now_in_words(self) -> str:
        return in_words(self.footing.current)

    @property
    def state_label(self) -> str:
        current = self.footing.current
        return "" if current is None else State(current.state).label

    @property
    def prepared_by(self) -> str:
        current = self.footing.current
        return "" if current is None else str(current.entered_by)

    @property
    def returned(self) -> str:
        current = self.footing.current
        if current is None or current.state != State.RETURNED:
            return ""
        return f"{current.returned_by}：{current.returned_note}"

    @property
    def needs_reason(self) -> bool:
        return bool(self.setbacks)

    @property
    def lacks_reason(self) -> bool:
        return bool(self.setbacks) and not self.cells.reason.strip()

    @property
    def is_asked(self) -> bool:
        return self.due in ASKED

    @property
    def is_wrong(self) -> bool:
        return bool(self.faults or self.refusal or self.clash)

    @property
    def may_repeat(self) -> bool:
        """Whether the button 没有变化 is offered."""
        return self.footing.may_repeat and not self.locked

    @property
    def closed_cells(self) -> tuple[str, ...]:
        """What the workbook says of the task and nobody changes."""
        task = self.task
        invested = "" if task.planned_investment is None else plain(task.planned_investment)
        said = (
            *(str(task.pk), f"专栏{task.box.number} {task.section}", task.name),
            *(str(task.department or ""), self.planned, invested, self.last_in_words),
        )
        assert len(said) == len(CLOSED)
        return said


def row_for(
    footing: Footing,
    reader: User,
    *,
    today: datetime.date,
    typed: Cells | None = None,
    refusal: str = "",
    clash: bool = False,
) -> TaskRow:
    """The row as it stands, or as it was just typed, with what is to be said of it."""
    cells = footing.cells if typed is None else typed
    locked = locked_because(footing.current, reader)
    wanted = typed is not None and typed.digest != footing.cells.digest
    return TaskRow(
        footing=footing,
        cells=cells,
        due=footing.due(today),
        locked=locked,
        for_others=is_for_others(footing.task, reader),
        faults=understand(cells).faults if wanted else {},
        setbacks=() if footing.newest is None else footing.setbacks(cells),
        refusal=refusal,
        clash=_clash(footing) if clash else "",
        rates=rates_of(footing, understand(cells).invested, today),
    )


def in_words(update: StatusUpdate | None) -> str:
    """An update in one line: stage, share, investment, day."""
    if update is None:
        return ""
    said = [Stage(update.reached_stage).label]
    if update.percent is not None:
        said.append(f"{plain(update.percent)}%")
    if update.invested_this_year is not None:
        said.append(f"投资{plain(update.invested_this_year)}万元")
    day = f"{update.as_of:%Y-%m-%d}" if update.as_of else UNKNOWN_DAY
    return f"{' '.join(said)} · {day}"


def _clash(footing: Footing) -> str:
    """What somebody else wrote meanwhile, whole, so that nobody has to look elsewhere."""
    now = footing.current
    if now is None:
        return "草稿已被撤销"
    texts = (
        f"{LABELS[name]}：{getattr(now, name)}"
        for name in ("progress", "difficulty", "next_step", "needs")
        if getattr(now, name)
    )
    return "；".join((f"{now.entered_by}填的 {in_words(now)}", *texts))


# --- investment against what was planned ------------------------------------------------------------------
def rates_of(footing: Footing, invested: Decimal | None, today: datetime.date) -> str:
    """This year's investment against the year's plan, and against the plan to the end of the quarter if known."""
    if invested is None:
        return ""
    said = []
    year = footing.task.planned_investment
    if year:
        said.append(f"占全年计划{_share(invested, year)}")
    place = quarter_of(footing.task.plan.year, today)
    task = footing.task
    quarters = (task.planned_first_quarter, task.planned_first_half, task.planned_three_quarters)
    if place is not None and (quarter := quarters[place]):
        said.append(f"占至{_QUARTER_ENDS[place]}计划{_share(invested, quarter)}")
    return "，".join(said)


def quarter_of(year: int, today: datetime.date) -> int | None:
    """Which of the first three quarters of the year today lies in, counted from 0; None in the fourth and after."""
    quarter = (today.month - 1) // 3
    return quarter if today.year == year and quarter < len(_QUARTER_ENDS) else None


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{plain((part / whole * 100).quantize(Decimal('0.1')))}%"


def today_here() -> datetime.date:
    return timezone.localdate()
