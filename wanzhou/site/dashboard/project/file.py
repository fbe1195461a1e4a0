"""The file of a project: what is known of it, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects.records import Kind, Record
from projects.stages import planned_words
from wanzhou.kernel.numerals import UNKNOWN, plain
from wanzhou.site.dashboard.stagemarks import told_until

from .standing import NO_UPDATE, Standing


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the project's file; `percent` draws a bar."""

    label: str
    words: str
    percent: str = ""


def facts_of(records: tuple[Record, ...], standing: Standing) -> Iterable[Fact]:
    """What the newest entry says of the project, and how far it came."""
    entries = [record for record in records if record.kind is Kind.ENTRY]
    task = standing.entry.task
    yield Fact("所属专栏", "、".join(f"{record.year}年专栏 {record.task.box}" for record in entries))
    yield Fact("类别", task.section)
    names = dict.fromkeys(record.task.name for record in entries if record.task.name != task.name)
    if names:
        yield Fact("曾用名称", "、".join(names))
    if task.group:
        yield Fact("成组", f"{task.quantity}，按一条计")
    goal = standing.entry.planned
    yield Fact(f"{standing.entry.year}年安排", planned_words(goal) if goal else UNKNOWN)
    yield Fact("责任单位", task.department or UNKNOWN)
    yield from _progress(standing.update)


def _progress(update: Record | None) -> Iterable[Fact]:
    if update is None or update.reached is None:
        yield Fact("当前阶段", NO_UPDATE)
        return
    yield Fact("当前阶段", update.reached.label)
    if update.task.percent is not None:
        share = plain(update.task.percent)
        yield Fact("完成比例", f"{share}%", share)
    yield Fact("最近更新", told_until(update.task))
