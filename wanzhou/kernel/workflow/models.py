"""What every entry shares that goes from a clerk's draft to the public: who did which step, and when."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from wanzhou.kernel.plans.constraints import one_of, together
from wanzhou.kernel.plans.models import Publication

from .moves import ACTS, EDITABLE, MOVES, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def acts_on(model: str, name: str) -> list[tuple[str, str | _StrPromise]]:
    """The permissions that an entry's moves ask for, e.g. ("approve_cause", "可以审核原因说明")."""
    return [(f"{act}_{model}", f"可以{label}{name}") for act, label in ACTS.items()]


def person(label: str, *, null: bool = True) -> Any:
    """A reference to whoever did a step."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=label, null=null, blank=null, related_name="+"
    )


# What the steps themselves write; everything else is content.
STEP_FIELDS = (
    *("state", "revision", "submitted_by", "submitted_at", "returned_by", "returned_at", "returned_note"),
    *("approved_by", "approved_at", "publication"),
)

# What a department says of a figure that others entered for it, while others check it; no content either.
SAID_BESIDE = ("answer", "answered_by", "answered_at", "answer_note")


class FrozenOnceSubmitted(pgtrigger.Protect):
    """While others check an entry, or have approved it, its content stays what they saw."""

    name = "frozen_once_submitted"
    operation = pgtrigger.Update

    def get_condition(self, model: Any) -> pgtrigger.Q:
        """Refused: a change of any column but those that the steps write, or others say beside the content."""
        free = (*STEP_FIELDS, *SAID_BESIDE)
        content = [field.name for field in model._meta.fields if field.name not in free]
        changes = [pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in content]
        return pgtrigger.Q(old__state__in=[State.SUBMITTED, State.APPROVED]) & reduce(or_, changes)


class Submission(models.Model):
    """An entry on its way: draft → submitted → returned | approved → published, born a draft."""

    state = models.CharField(
        "状态", max_length=20, choices=State.choices(), default=State.DRAFT, editable=False
    )
    entered_by = person("录入人", null=False)
    entered_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    submitted_by = person("报送人")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    returned_by = person("退回人")
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    returned_note = models.TextField("退回意见", blank=True)
    approved_by = person("审核人")
    approved_at = models.DateTimeField("审核时间", null=True, blank=True)
    publication = models.ForeignKey(
        Publication, models.PROTECT, verbose_name="发布", null=True, blank=True, related_name="%(class)ss"
    )
    revision = models.PositiveIntegerField("修订号", default=0, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(
                name="born_a_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state=State.DRAFT),
            ),
            pgtrigger.FSM(
                name="allowed_moves",
                field="state",
                transitions=[(move.before.value, move.after.value) for move in MOVES],
            ),
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.PUBLISHED),
            ),
            pgtrigger.Protect(
                name="kept_once_submitted",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=State.DRAFT),
            ),
            FrozenOnceSubmitted(),
        ]
        constraints = [
            one_of("state", State),
            together("submitted_by", "submitted_at", says="报送人与报送时间须同时填写或同时留空。"),
            together("returned_by", "returned_at", says="退回人与退回时间须同时填写或同时留空。"),
            together("approved_by", "approved_at", says="审核人与审核时间须同时填写或同时留空。"),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | ~Q(returned_note=""),
                name="%(app_label)s_%(class)s_return_says_why",
                violation_error_message="退回须写明意见。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("entered_by")) & ~Q(approved_by=F("submitted_by"))),
                name="%(app_label)s_%(class)s_second_person",
                violation_error_message="不能审核自己录入或报送的内容，须由另一人审核。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, submitted_by__isnull=True)
                | (~Q(state=State.DRAFT) & Q(submitted_by__isnull=False)),
                name="%(app_label)s_%(class)s_submitted_by_somebody",
                violation_error_message="已报送的内容须有报送人。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.APPROVED, State.PUBLISHED], approved_by__isnull=False)
                | (~Q(state__in=[State.APPROVED, State.PUBLISHED]) & Q(approved_by__isnull=True)),
                name="%(app_label)s_%(class)s_approved_by_somebody",
                violation_error_message="已审核的内容须有审核人，未审核的不能有。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED, publication__isnull=False)
                | (~Q(state=State.PUBLISHED) & Q(publication__isnull=True)),
                name="%(app_label)s_%(class)s_published_somewhere",
                violation_error_message="已发布的内容须属于一次发布，未发布的不能属于。",
            ),
        ]

    def is_editable(self) -> bool:
        """Whether its content may still be changed by whoever enters it."""
        return self.state in EDITABLE
