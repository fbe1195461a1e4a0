"""Who may sign in at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from .roles import EVERY_DEPARTMENT, SystemAccount

ENTERS = "indicators.add_quarterlyactual"


class PeopleBackend(ModelBackend):
    """People who work here; never a deactivated account, nor one through which the system itself acts.

    Asked again with every request, so that whoever is deactivated is out at once.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, of the staff, and a person."""
        return (
            super().user_can_authenticate(user)
            and bool(getattr(user, "is_staff", False))
            and user.get_username() not in set(SystemAccount)
        )

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the roles permit; who enters figures at the commission does so for any department (代填)."""
        permitted: set[str] = super().get_group_permissions(user_obj, obj)
        if ENTERS in permitted and EVERY_DEPARTMENT not in permitted and _is_commissions(user_obj):
            return permitted | {EVERY_DEPARTMENT}
        return permitted


def _is_commissions(person: Any) -> bool:
    """Whether the person belongs to the development and reform commission of this district, by its short name."""
    return person.department_id is not None and person.department.name == settings.DISTRICT.commission_short
