"""Well-written facts that the database or a rule refuses."""

from __future__ import annotations

from django.db import DatabaseError
from django.db.models import Model


class LoadRefused(Exception):
    """Why a loading was refused, in Chinese; nothing was written."""


def reason_of(error: DatabaseError, refused: Model | None = None) -> str:
    """Why the database refuses, in one line: the constraint's own words where it has any."""
    diagnosis = getattr(error.__cause__, "diag", None)
    for constraint in refused._meta.constraints if refused else ():
        if diagnosis is not None and constraint.name == diagnosis.constraint_name:
            return str(constraint.violation_error_message)
    detail = getattr(diagnosis, "message_detail", None)
    said = getattr(diagnosis, "message_primary", None) or str(error)
    return " ".join(f"{said}{f'（{detail}）' if detail else ''}".split())
