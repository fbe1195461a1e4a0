"""The newest publications and replacements as an Atom feed, for whoever wants to be told."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from wanzhou.kernel.pages.visits import Visit

from .kinds import LogKind
from .log import Entry, log_of
from .page import REPLACING

NEWEST = 50
ADDRESS = "/feed.xml"
PAGE = "/corrections/"


class _Feed(Atom1Feed):
    """Django's own, but for a feed without entries, which it would date by the clock."""

    empty_since: datetime.datetime

    def latest_post_date(self) -> datetime.datetime:
        dates: list[datetime.datetime] = [entry["pubdate"] for entry in self.items]
        return max(dates, default=self.empty_since)


def feed_of(visit: Visit) -> bytes:
    """The feed as it was at the visit's moment; five queries."""
    feed = _Feed(
        title=f"{settings.DISTRICT.site_title}：发布与更正",
        link=f"{visit.origin}{PAGE}",
        feed_url=f"{visit.origin}{ADDRESS}",
        description="每次发布，以及因录入差错、市级反馈、统计核定或口径调整替换的数字。",
        language="zh-CN",
        author_name=settings.DISTRICT.commission,
    )
    feed.empty_since = datetime.datetime.combine(
        visit.as_of.day, datetime.time.min, timezone.get_default_timezone()
    )
    told = [entry for entry in log_of(visit.as_of.moment) if entry.kind in (LogKind.PUBLICATION, *REPLACING)]
    told.sort(key=lambda entry: (entry.act.at, entry.act.pk), reverse=True)
    for entry in told[:NEWEST]:
        _add(feed, entry, visit)
    return str(feed.writeString("utf-8")).encode()


def _add(feed: Atom1Feed, entry: Entry, visit: Visit) -> None:
    at = timezone.localtime(entry.act.at)
    permanent = f"{visit.origin}{PAGE}#{entry.anchor}"
    feed.add_item(
        title=_title(entry),
        link=permanent,
        description=escape(_summary(entry)),  # Django declares summaries as HTML
        unique_id=get_tag_uri(permanent, at),
        pubdate=at,
        updateddate=at,
        categories=(entry.kind.label,),
    )


def _title(entry: Entry) -> str:
    if entry.kind is LogKind.PUBLICATION:
        return f"{entry.act.occasion}：{entry.act.why}"
    return f"{entry.kind.label}：{entry.act.occasion}{entry.subject}"


def _summary(entry: Entry) -> str:
    if entry.kind is LogKind.PUBLICATION:
        prose = f"、重点工作目标和所述成绩 {entry.act.prose} 条" if entry.act.prose else ""
        return f"发布指标 {entry.act.rows} 行、项目 {entry.act.tasks} 条{prose}。"
    return f"{entry.subject}由“{entry.before or '—'}”改为“{entry.after}”。缘由：{entry.reason}。"
