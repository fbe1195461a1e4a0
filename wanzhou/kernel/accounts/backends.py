"""Who may sign in at all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from .roles import SystemAccount


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
