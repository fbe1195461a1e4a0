"""The sign-in log (登录记录): written at the door, kept for as long as the settings say, never rewritten."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .addresses import client_address
from .models import SignIn, User
from .sign_in_terms import SignInReason, SignInStep

HEADINGS = ("时间", "用户名", "姓名", "责任单位", "结果", "说明", "来源地址", "浏览器")
# What a spreadsheet would take for a formula, in texts that anybody may have typed.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def record(
    request: HttpRequest, username: str, step: SignInStep, reason: SignInReason, user: User | None = None
) -> None:
    """Write one line; without a `user`, the account of that name, if there is one."""
    named = user or User.objects.filter(username=username).first()
    SignIn.objects.create(
        step=step,
        reason=reason,
        username=username[:150],
        user=named,
        address=client_address(request),
        agent=request.META.get("HTTP_USER_AGENT", "")[:255],
    )


def prune() -> int:
    """Delete what is older than the settings keep; how many lines that were."""
    oldest = timezone.now() - datetime.timedelta(days=settings.SIGN_IN_LOG_DAYS)
    deleted, _ = SignIn.objects.filter(at__lt=oldest).delete()
    return deleted


class _Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(sign_ins: Iterable[SignIn]) -> Iterator[str]:
    """The lines of a table that Excel and WPS open as it is: with a byte order mark, without live formulas."""
    written = csv.writer(_Line())
    yield "\ufeff" + str(written.writerow(HEADINGS))
    for sign_in in sign_ins:
        yield str(written.writerow([_inert(text) for text in _row(sign_in)]))


def _row(sign_in: SignIn) -> tuple[str, ...]:
    user = sign_in.user
    return (
        f"{timezone.localtime(sign_in.at):%Y-%m-%d %H:%M:%S}",
        sign_in.username,
        user.get_full_name() if user else "",
        str(user.department or "") if user else "",
        sign_in.get_step_display(),
        sign_in.get_reason_display(),
        sign_in.address or "",
        sign_in.agent,
    )


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
