"""Publishing tasks: a plan's tasks with what is planned, and what an approved update says was reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wanzhou.kernel.evidence.actions import tellable
from wanzhou.kernel.pinyin import search_key
from wanzhou.kernel.plans.models import Publication, RuleSet
from wanzhou.kernel.workflow import actions as workflow
from wanzhou.kernel.workflow.models import Submission
from wanzhou.kernel.workflow.moves import State

from .lighting import rules_in_force, signal_of_task, thresholds_of
from .models import AnnualTask, PublishedTask, StatusUpdate, UpdateDocument


def publish_tasks(
    publication: Publication, *, entries: Iterable[Submission] | None = None
) -> list[PublishedTask]:
    """Publish approved updates (`entries`, or all of the plan's) and append every task that they touch.

    A task with a planned stage is published with its plan; one that the plan did not name, with its first update.
    A task that became another project's is told again, as it was, under that project's address.
    """
    updates = [] if publication.period is None else _publish_updates(publication, entries)
    touched = {update.task_id: update for update in updates}
    newest = {task.task_id: task for task in PublishedTask.objects.current(publication.plan)}
    tasks = AnnualTask.objects.filter(plan=publication.plan).select_related(
        "project", "box", "department", "source"
    )
    documents = _documents(updates)
    rules = rules_in_force()
    rows = [
        _published_task(publication, task, touched.get(task.pk), documents, rules)
        for task in tasks
        if task.pk in touched or (task.planned_stage and task.pk not in newest)
    ]
    rows += [
        _moved(publication, newest[task.pk], task.project.slug)
        for task in tasks
        if task.pk in newest and task.pk not in touched and newest[task.pk].slug != task.project.slug
    ]
    return PublishedTask.objects.bulk_create(rows)


def _moved(publication: Publication, told: PublishedTask, slug: str) -> PublishedTask:
    """What was told, again, under another address."""
    apart = ("id", "publication", "replaces", "slug")
    same = {
        field.attname: getattr(told, field.attname)
        for field in PublishedTask._meta.concrete_fields
        if field.name not in apart
    }
    return PublishedTask(publication=publication, slug=slug, **same)


def _publish_updates(publication: Publication, entries: Iterable[Submission] | None) -> list[StatusUpdate]:
    chosen = (
        [entry for entry in entries if isinstance(entry, StatusUpdate)]
        if entries is not None
        else list(StatusUpdate.objects.filter(task__plan=publication.plan, state=State.APPROVED))
    )
    published = workflow.publish(chosen, publication=publication)
    return sorted(published, key=lambda update: update.pk)


def _documents(updates: Iterable[StatusUpdate]) -> dict[int, list[dict[str, Any]]]:
    """The files that everybody may read, by the id of their update."""
    told: dict[int, list[dict[str, Any]]] = {}
    for one in tellable(UpdateDocument.objects.filter(update__in=updates)):
        told.setdefault(one.update_id, []).append(one.document.told())
    return told


def _published_task(
    publication: Publication,
    task: AnnualTask,
    update: StatusUpdate | None,
    documents: Mapping[int, list[dict[str, Any]]],
    rules: RuleSet,
) -> PublishedTask:
    return PublishedTask(
        publication=publication,
        task=task,
        update=update,
        box=task.box.number,
        box_title=task.box.title,
        section=task.section,
        order=task.order,
        name=task.name,
        slug=task.project.slug,
        search_key=search_key(task.name, task.section, task.box.title),
        planned_stage=task.planned_stage,
        wording=task.wording,
        group=task.group,
        quantity=task.quantity,
        department=task.department.name if task.department else "",
        documents=documents.get(update.pk, []) if update else [],
        **_reached(update),
        **_light(task, update, publication.plan.year, rules),
        **_source(task),
    )


def _reached(update: StatusUpdate | None) -> dict[str, Any]:
    """The public part of an update; difficulties, next steps and needs stay inside."""
    if update is None:
        return {}
    return {
        "reached_stage": update.reached_stage,
        "as_of": update.as_of,
        "percent": update.percent,
        "progress": update.progress,
        "replaces_id": update.replaces_id,
    }


def _light(task: AnnualTask, update: StatusUpdate | None, year: int, rules: RuleSet) -> dict[str, Any]:
    """The light of this update by the rules in force, in words that name no amount; the rules stand beside it.

    A task that the report only says something reached of has no plan to be held against, and no light.
    """
    if update is None or not (task.planned_stage or task.planned_investment is not None):
        return {}
    signal = signal_of_task(task, update, year, thresholds_of(rules))
    return {"light": signal.light, "light_reason": signal.outside, "light_rules": rules}


def _source(task: AnnualTask) -> dict[str, Any]:
    if task.source is None:
        return {}
    return {"source_title": task.source.title, "source_url": task.source.url, "source_place": task.place}
