"""What an import of a catalogue would do, and doing it: all rows or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.db import transaction
from import_export.fields import Field
from import_export.results import RowResult

from .lines import ROW
from .resources import Catalogue


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that an import would add or change: its place in the file, and its fields from what to what."""

    row: int
    code: str
    name: str
    is_new: bool
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an import would do. Where there are problems it does nothing at all."""

    differences: tuple[Difference, ...]
    same: int
    problems: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What a person has seen of it; it differs as soon as a row changes beneath."""
        return hashlib.sha256(repr(self.differences).encode()).hexdigest()[:32]


def foresee(catalogue: Catalogue, rows: tablib.Dataset) -> Foreseen:
    """What importing these rows would do; nothing is kept of the trial."""
    result = catalogue.resource().import_data(rows, dry_run=True, use_transactions=True, raise_errors=False)
    fields = catalogue.resource().get_export_fields()
    differences, same, problems = [], 0, []
    for line, found in zip(rows.dict, result.rows, strict=True):
        if found.is_error() or found.is_invalid():
            problems += [f"第{line[ROW]}行：{said}" for said in _said(found, fields)]
        elif found.import_type == RowResult.IMPORT_TYPE_SKIP:
            same += 1
        else:
            differences.append(_difference(line, found, fields))
    return Foreseen(tuple(differences), same, tuple(problems))


def _difference(line: Mapping[str, str], found: Any, fields: Sequence[Field]) -> Difference:
    is_new = found.import_type == RowResult.IMPORT_TYPE_NEW
    changed = []
    for field in fields:
        after = str(field.export(found.instance))
        before = "" if is_new else str(field.export(found.original))
        if before != after:
            changed.append((field.column_name, before, after))
    return Difference(int(line[ROW]), found.instance.code, found.instance.name, is_new, tuple(changed))


def _said(found: Any, fields: Sequence[Field]) -> Iterator[str]:
    """Why a row cannot be imported, in the words of its fields."""
    labels = {field.attribute: field.column_name for field in fields}
    if found.is_error():
        yield from (str(error.error) for error in found.errors)
    elif hasattr(found.validation_error, "message_dict"):
        for name, messages in found.validation_error.message_dict.items():
            yield from (f"{labels.get(name, '')}{'：' if name in labels else ''}{one}" for one in messages)
    else:
        yield from found.validation_error.messages


@transaction.atomic
def bring_in(catalogue: Catalogue, rows: tablib.Dataset, *, seen: str) -> Foreseen | None:
    """Import the rows, all or none; None where what would change is not what the person has seen."""
    list(catalogue.model._default_manager.select_for_update().order_by("pk").values_list("pk"))
    now = foresee(catalogue, rows)
    if now.problems or now.digest != seen:
        return None
    catalogue.resource().import_data(rows, dry_run=False, use_transactions=True, raise_errors=True)
    return now
