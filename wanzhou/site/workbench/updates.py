"""Projects on the workbench: what a reviewer sees beside an update, and what waits for a department."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from projects.dues import ASKED, Due
from projects.ledger import ENTERS, footings_of, last_words, newest_plan, tasks_for
from projects.models import StatusUpdate, UpdateDocument
from projects.stages import Stage
from projects.updating import fallen
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.photographs import PICTURES
from wanzhou.kernel.numerals import plain

from . import places
from .piles import Errand, Pile

READS = "projects.view_statusupdate"


@dataclass(frozen=True, slots=True)
class Photo:
    """An attached picture, and whether it would be published with its update; other files stand as `papers`."""

    name: str
    href: str
    public: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an update under review."""

    last: str
    fallen: tuple[str, ...]
    photos: tuple[Photo, ...]


def beside(updates: Sequence[StatusUpdate]) -> dict[int, Beside]:
    """By update; two queries however many there are."""
    last = last_words(update.task_id for update in updates)
    photos = _photos(updates)
    return {
        update.pk: Beside(
            last=_in_words(last.get(update.task_id)),
            fallen=fallen(update, last.get(update.task_id)),
            photos=tuple(photos[update.pk]),
        )
        for update in updates
    }


def _photos(updates: Sequence[StatusUpdate]) -> dict[int, list[Photo]]:
    found: dict[int, list[Photo]] = defaultdict(list)
    pictures = UpdateDocument.objects.filter(update__in=updates, document__kind__in=PICTURES)
    for one in pictures.select_related("document").order_by("pk"):
        place = reverse("admin:projects_statusupdate_evidence_file", args=[one.update_id, one.pk])
        found[one.update_id].append(Photo(one.document.name, place, one.public))
    return found


def _in_words(update: StatusUpdate | None) -> str:
    """加快建设 79%（2023-05-30）."""
    if update is None:
        return ""
    share = "" if update.percent is None else f" {plain(update.percent)}%"
    day = f"（{update.as_of:%Y-%m-%d}）" if update.as_of else ""
    return f"{Stage(update.reached_stage).label}{share}{day}"


def texts_of(update: StatusUpdate) -> Iterator[tuple[str, str]]:
    """What an update says beside its stage, label by label; what is empty is left out by the reader."""
    invested = update.invested_this_year
    yield "截至", f"{update.as_of:%Y-%m-%d}" if update.as_of else ""
    yield "完成比例", f"{plain(update.percent)}%" if update.percent is not None else ""
    yield "本年完成投资（不公开）", f"{plain(invested)} 万元" if invested is not None else ""
    count = update.reached_count
    yield "已完成个数（不公开）", f"{count} 个" if count is not None else ""
    yield "形象进度", update.progress
    yield "存在困难（不公开）", update.difficulty
    yield "下一步措施（不公开）", update.next_step
    yield "需协调事项（不公开）", update.needs
    yield "倒退缘由（不公开）", update.setback_reason


def warnings_of(update: StatusUpdate, beside_it: Beside) -> Iterator[str]:
    """What a reviewer should look at twice."""
    yield from (f"比上次退了：{one}" for one in beside_it.fallen)
    if update.provider:
        yield f"代填：{update.provider}"


def due(reader: User, today: datetime.date) -> Iterator[Pile]:
    """The projects that wait for a word of the reader's department, and its drafts; a fixed number of queries."""
    plan = newest_plan()
    footings = () if plan is None else footings_of(tasks_for(plan, reader))
    dues = [one.due(today) for one in footings]
    yield Pile("tasks", "项目待更新", "is-none", tuple(_errands(dues, reader)), "没有待更新的项目。")


def _errands(dues: Iterable[Due], reader: User) -> Iterator[Errand]:
    counts = dict.fromkeys(Due, 0)
    for one in dues:
        counts[one] += 1
    place = places.updates()
    for one in ASKED:
        if one is not Due.RETURNED and counts[one]:
            yield Errand(f"{one.label} {counts[one]} 个", place, late=one is Due.STALE, weight=counts[one])
    if counts[Due.DRAFT]:
        note = "由填报的人填好，点“报送全部草稿”就报送" if reader.has_perm(ENTERS) else ""
        yield Errand(f"草稿 {counts[Due.DRAFT]} 个", place, note, weight=counts[Due.DRAFT])
