"""催报: what to tell a department that is not done yet, ready to be copied."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .progress import Progress


@dataclass(frozen=True, slots=True)
class Reminder:
    """The text for one department and period."""

    key: str
    department: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines the text box needs."""
        return max(3, len(self.text) // 28 + self.text.count("\n") + 1)


def reminders_of(shares: Iterable[Progress], today: datetime.date) -> Iterator[Reminder]:
    """One text for every department that still owes something."""
    for share in shares:
        if share.department is not None and share.missing:
            key = f"remind-{share.period.pk}-{share.department.pk}"
            yield Reminder(key, share.name, reminder_text(share, today))


def reminder_text(share: Progress, today: datetime.date) -> str:
    """Who, which period, until when, which figures are missing, and which were sent back and why."""
    missing = [each.target.name for each in share.missing if not each.is_returned]
    returned = [
        f"{each.target.name}（{each.entry.returned_note}）"
        for each in share.missing
        if each.is_returned and each.entry
    ]
    lines = [f"{share.name}：{share.period}数据{_due(share, today)}，尚有 {len(share.missing)} 项待报送。"]
    if missing:
        lines.append(f"未报送：{'、'.join(missing)}。")
    if returned:
        lines.append(f"退回待改：{'；'.join(returned)}。")
    lines.append("请登录发展计划工作台填报；暂无数据的，请选填“市级暂未反馈”等情况，不要留空。")
    return "\n".join(lines)


def _due(share: Progress, today: datetime.date) -> str:
    due = share.period.due_on
    if due is None:
        return "已开始填报"
    day = f"{due.year}年{due.month}月{due.day}日"
    left = (due - today).days
    if left < 0:
        return f"已于{day}截止，逾期 {-left} 天"
    return f"今天（{day}）截止" if left == 0 else f"将于{day}截止（还有 {left} 天）"
