"""The same list as a file: CSV and XLSX beside the page and its JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from pydantic import BaseModel

from .pages import File, Link, SourceLine
from .refusals import NoSuchPage
from .sheets import Facts, csv_of, xlsx_of
from .visits import Visit

FORMS = ("csv", "xlsx", "json")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def twins_of(address: str, visit: Visit) -> tuple[Link, ...]:
    """The links to a list's twins, filtered in the same way; sorting and pages are only the screen's."""
    query = visit.query.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query and not visit.exported else ""
    return tuple(Link(form.upper(), f"{address}.{form}{asked}") for form in FORMS)


def sheet(
    form: str, *, name: str, title: str, schema: type[BaseModel], rows: Iterable[BaseModel], facts: Facts
) -> File:
    """The rows as a file to save, in the form that an address ends with; raises NoSuchPage for any other."""
    if form == "csv":
        return File(csv_of(schema, rows), CSV, f"{name}.csv")
    if form == "xlsx":
        return File(xlsx_of(title, schema, rows, facts=facts), XLSX, f"{name}.xlsx")
    raise NoSuchPage(f"没有 .{form[:10]} 形式的文件；可选：.csv、.xlsx、.json")


def facts_of(visit: Visit, sources: Iterable[SourceLine], published_at: datetime.datetime | None) -> Facts:
    """What the sheet says of itself."""
    return Facts(
        source="；".join(f"《{line.title}》" for line in sources),
        published_at=published_at,
        as_of=visit.as_of.day if visit.as_of.stated else None,
        address=f"{visit.origin}{visit.address}",
    )
