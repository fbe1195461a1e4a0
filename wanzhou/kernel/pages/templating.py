"""The templates of the public pages: compiled by Jinja; an unknown name in one is an error, not an empty text."""

from __future__ import annotations

import datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from wanzhou.kernel.numerals import UNKNOWN, plain


def environment(**options: Any) -> Environment:
    """The environment that settings.TEMPLATES names."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(autoescape=True, **{key: options[key] for key in options if key != "autoescape"})
    made.globals.update(static=static, url=reverse)
    made.filters.update(plain=plain, day=day)
    return made


def day(value: datetime.date | datetime.datetime | None) -> str:
    """A date as Chinese writes it: 2023年9月20日; unknown reads 报告未载."""
    if value is None:
        return UNKNOWN
    date = timezone.localdate(value) if isinstance(value, datetime.datetime) else value
    return f"{date.year}年{date.month}月{date.day}日"
