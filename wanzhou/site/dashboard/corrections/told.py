"""Published rows and tasks in the words in which the log compares them."""

from __future__ import annotations

from indicators.differences import Told
from indicators.models import Nature, PublishedRow
from projects.differences import TaskTold
from projects.lights import Light
from projects.models import PublishedTask
from projects.stages import Stage
from wanzhou.kernel.numerals import plain
from wanzhou.kernel.pages.templating import day
from wanzhou.site.dashboard.rows import row_of


def row_told(row: PublishedRow) -> Told:
    """What a published row told."""
    outcome = row_of(row).outcome
    basis = plain(row.basis_value) if row.basis_value is not None else ""
    base = (row.base or {}).get("value")
    return Told(
        actual=row.actual_id,
        figure=outcome.text or f"{outcome.number}{row.unit}{outcome.qualifier}",
        state=row.verdict or row.pace,
        wording=row.wording,
        adjustment=row.adjustment,
        replaced_because=row.replaced_because,
        ruling=row.ruling_id,
        ruling_reason=row.ruling_reason,
        supplements={
            "原因说明": row.cause,
            "下一步措施": row.measures,
            "等待与催办": row.waiting,
            "参考数据": row.references,
            "佐证材料": row.documents,
            "另一口径的数字": f"{basis}{row.basis_unit}",
            "目标的基数": base,
        },
        names={
            "名称": row.name,
            "单位": row.unit,
            "属性": Nature(row.nature).label,
            "责任单位": row.department,
            "定义": row.definition,
            "备注": row.note,
        },
    )


def task_told(task: PublishedTask) -> TaskTold:
    """What a published task told."""
    return TaskTold(
        planned=Stage(task.planned_stage).label if task.planned_stage else "",
        reached=Stage(task.reached_stage).label if task.reached_stage else "",
        percent=f"{plain(task.percent)}%" if task.percent is not None else "",
        as_of=day(task.as_of) if task.as_of else "",
        progress=task.progress,
        name=task.name,
        wording=task.wording,
        department=task.department,
        light=Light(task.light).label if task.light and task.light != Light.OFF else "",
    )
