"""The loading itself: one transaction that inserts what is missing, publishes it, and reports what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from wanzhou.kernel.accounts.policy import PolicyError
from wanzhou.kernel.workflow.actions import MoveRefused
from wanzhou.site.reports.publishing import PublicationRefused

from .announcing import announce
from .checks import Rows
from .fixtures import read_fixtures
from .hands import Hands
from .inserting import Loading
from .plan_tables import approve_made
from .refusals import LoadRefused, reason_of
from .tables import TABLES

# One loading at a time: the second finds everything there.
LOADING_LOCK = 0x4C4F4144


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a loading did, or would do: `inserted` counts rows by the Chinese name of their model."""

    rows: int
    inserted: Mapping[str, int]
    differences: tuple[str, ...]
    published: tuple[str, ...]


def load(folder: Path, *, only_check: bool = False) -> LoadReport:
    """Insert and publish what the database lacks; `only_check` does the same and takes it back.

    Raises FixtureError when a file is wrong and LoadRefused when a fact is refused; nothing is then written.
    """
    rows = read_fixtures(folder)
    try:
        with transaction.atomic():
            report = _load(rows)
            if only_check:
                transaction.set_rollback(True)
    except DatabaseError as error:
        raise LoadRefused(f"数据库拒绝写入，什么也没有写入：{reason_of(error)}") from error
    except (PublicationRefused, MoveRefused, PolicyError) as error:
        raise LoadRefused(f"不能发布，什么也没有写入：{error}") from error
    return report


def _load(rows: Rows) -> LoadReport:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK])
    loading = Loading(Hands.ready())
    for table in TABLES:
        loading.take(table, rows[table.name])
    approve_made(loading.made["plans"], rows["plans"])
    published = announce(loading, rows["plans"], rows["periods"])
    return LoadReport(
        rows=loading.seen,
        inserted=loading.inserted,
        differences=tuple(loading.differences),
        published=tuple(str(publication.period or publication.plan) for publication in published),
    )
