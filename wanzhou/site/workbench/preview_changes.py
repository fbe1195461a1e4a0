"""What a publication changes on the public pages, cell by cell: rows of the table, and projects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indicators.models import PublishedRow, Replacement
from projects.models import PublishedTask
from wanzhou.kernel.numerals import plain
from wanzhou.site.dashboard.overview import Overview
from wanzhou.site.dashboard.rows import Row
from wanzhou.site.dashboard.tones import Tone
from wanzhou.site.reports.publishing import Act

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that reads otherwise; `tones` are set where it is the verdict or pace."""

    label: str
    before: str
    after: str
    tones: tuple[Tone | None, Tone] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the public page that is new or reads otherwise."""

    name: str
    ordinal: int | None
    new: bool
    because: str
    tone: Tone | None
    differences: tuple[Difference, ...]


def changes(before: Overview | None, after: Overview, act: Act) -> Iterator[Change]:
    """Every row that the act touches, in table order."""
    shown = {row.code: row for row in before.rows} if before else {}
    told = {row.code: row for row in act.rows}
    known = {row.code: row for row in act.replaced.values()}
    for row in after.rows:
        if row.code in told:
            published = told[row.code]
            old = shown.get(row.code)
            yield Change(
                name=row.name,
                ordinal=row.ordinal,
                new=old is None,
                because=_because(published, known.get(row.code)),
                tone=row.tone,
                differences=tuple(
                    _differences(old, row, known.get(row.code), published) if old else _told(row, published)
                ),
            )


def _because(published: PublishedRow, known: PublishedRow | None) -> str:
    """Why a published figure gives way to another."""
    replaced = published.replaced_because and (known is None or known.actual_id != published.actual_id)
    return Replacement(published.replaced_because).label if replaced else ""


def _differences(
    old: Row | None, row: Row, known: PublishedRow | None, published: PublishedRow
) -> Iterator[Difference]:
    """The cells that read otherwise, as the page and the indicator's own page show them."""
    was, now = dict(_cells(old, known)), dict(_cells(row, published))
    for label, after in now.items():
        before = was.get(label, "")
        if before != after:
            tones = (old.tone if old else None, row.tone) if label == "结论" else None
            yield Difference(label, before or NOTHING, after or NOTHING, tones)


def _told(row: Row, published: PublishedRow) -> Iterator[Difference]:
    """What a row says that the public has not seen before; its headings they know."""
    for label, said in _cells(row, published):
        if said and said != NOTHING and label not in {"结论", "来源", "责任单位"}:
            yield Difference(label, "", said)


def _cells(row: Row | None, published: PublishedRow | None) -> Iterator[tuple[str, str]]:
    if row is not None:
        yield "目标", row.target_words
        yield "完成情况", row.outcome.printed
        yield "另一口径", row.basis
        yield "结论", row.tone.word
        yield "与目标之差", row.gap
        yield "判定说明", row.sentence
        yield "认定理由", row.ruling_reason
        yield "来源", row.source
        yield "责任单位", row.department
    if published is not None:
        yield "原因", published.cause
        yield "下一步措施", published.measures
        yield "等待市级", _waiting(published.waiting)
        yield "参考数据", "；".join(_references(published.references))
        yield "目标调整", published.adjustment


def _waiting(waiting: dict[str, Any] | None) -> str:
    if waiting is None:
        return ""
    said = (
        waiting["bureau"] or "部门报告未载",
        f"{waiting['since']}起" if waiting["since"] else "",
        f"预计{waiting['expected']}" if waiting["expected"] else "",
        f"已催办{len(waiting['chases'])}次" if waiting["chases"] else "",
    )
    return "，".join(filter(None, said))


def _references(references: Iterable[dict[str, Any]]) -> Iterator[str]:
    for figure in references:
        rank = f"第{figure['rank']}位" if figure["rank"] else ""
        yield f"{figure['region']} {figure['value'] or figure['wording'] or rank}"


def task_changes(act: Act) -> Iterator[Change]:
    """Every task that the act touches, with what the public was told of it before; one query."""
    told = PublishedTask.objects.filter(task__in=[task.task_id for task in act.tasks])
    newest = (
        told.exclude(publication=act.publication).order_by("task_id", "-publication_id").distinct("task_id")
    )
    before = {task.task_id: task for task in newest}
    return (_task_change(task, before.get(task.task_id)) for task in act.tasks)


def _task_change(task: PublishedTask, before: PublishedTask | None) -> Change:
    was = {} if before is None else dict(_task_cells(before))
    return Change(
        name=task.name,
        ordinal=None,
        new=before is None,
        because="",
        tone=None,
        differences=tuple(
            Difference(label, was.get(label, "") or NOTHING, said or NOTHING)
            for label, said in _task_cells(task)
            if said != was.get(label, "")
        ),
    )


def _task_cells(task: PublishedTask) -> Iterator[tuple[str, str]]:
    yield "计划阶段", task.get_planned_stage_display() if task.planned_stage else ""
    yield "已达阶段", task.get_reached_stage_display() if task.reached_stage else ""
    yield "截至", f"{task.as_of:%Y-%m-%d}" if task.as_of else ""
    yield "完成比例", f"{plain(task.percent)}%" if task.percent is not None else ""
    yield "形象进度", task.progress
    yield "公开的材料", "、".join(one["name"] for one in task.documents)
