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


# Whoever adds a row waits for an approval under way, and an approval for him: neither sees half of the other's work.
_APPROVED = (
    "PERFORM 1 FROM plans_plan WHERE id IN (OLD.plan_id, NEW.plan_id) ORDER BY id FOR SHARE;"
    " IF EXISTS (SELECT 1 FROM plans_plan WHERE id IN (OLD.plan_id, NEW.plan_id) AND state = 'approved') THEN"
    " RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF; RETURN COALESCE(NEW, OLD);"
)


def stays_as_approved(*fields: str, says: str) -> list[pgtrigger.Trigger]:
    """What the congress approved: no row joins or leaves an approved plan, and the `fields` of its rows stay.

    For tables with a `plan`; `says` is the error where one of the fields changes.
    """
    return [
        pgtrigger.Trigger(
            name="approved_rows_stay",
            operation=pgtrigger.Insert | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=_APPROVED.format(says="计划已经审查批准，不能再增加或去掉其中的行"),
        ),
        pgtrigger.Trigger(
            name="approved_wording_stays",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            condition=pgtrigger.AnyChange("plan", *fields),
            func=_APPROVED.format(says=says),
        ),
    ]
