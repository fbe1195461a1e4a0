"""Constraints and triggers that several models share, in the domain's words."""

from __future__ import annotations

import pgtrigger
from django.db.models import CheckConstraint, Q

from wanzhou.kernel.terms import Term


def together(*fields: str, says: str) -> CheckConstraint:
    """Facts that belong together: all of the nullable `fields` are known, or none is; `says` is the error."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    return CheckConstraint(
        condition=none | every,
        name=f"%(app_label)s_%(class)s_{fields[0]}_together",
        violation_error_message=says,
    )


def one_of(field: str, terms: type[Term], *, blank: bool = False) -> CheckConstraint:
    """The database accepts no code that `terms` does not know, however it arrives."""
    codes = [term.value for term in terms] + ([""] if blank else [])
    return CheckConstraint(
        condition=Q(**{f"{field}__in": codes}),
        name=f"%(app_label)s_%(class)s_{field}_known",
        violation_error_message="不是可选的值，可选：" + "、".join(term.label for term in terms),
    )


def append_only() -> pgtrigger.Protect:
    """What was once written stays: changes and deletions are refused."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def agrees(name: str, *, where: str, says: str) -> pgtrigger.Trigger:
    """Refuse an inserted or changed row unless the SQL condition `where` over NEW holds; `says` is the error."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=(
            f"IF NOT ({where}) THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
        ),
    )
