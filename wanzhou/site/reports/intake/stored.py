"""A report as JSON, and back again, without a loss."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from .report import Report


def as_stored(report: Report) -> dict[str, Any]:
    """Every piece with its place and how sure the reader is, as plain JSON values."""
    return asdict(report)


def from_stored(stored: dict[str, Any]) -> Report:
    """The report that `as_stored` was given."""
    report: Report = _built(Report, stored)
    return report


def _built(kind: Any, value: Any) -> Any:
    """The value as the annotation says: a frozen object, a tuple, a word of a vocabulary, or as it is."""
    if value is None:
        return None
    if get_origin(kind) is UnionType:
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], each) for each in value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{one.name: _built(hints[one.name], value[one.name]) for one in fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value
