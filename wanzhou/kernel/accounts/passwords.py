"""Passwords: how long they are, and those that an administrator gives, shown once and changed at the first sign-in."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils import timezone

from .models import User

# Nothing that is taken for something else: no 0 and o, no 1, i and l.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Sixteen random signs in groups of four."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


def give_password(user: User) -> str:
    """Set a random password that must be changed; the caller saves the user and shows it once."""
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_set_at = timezone.now()
    return password


class LongEnough(MinimumLengthValidator):
    """Django's rule; its newest wording has not been translated yet."""

    def get_error_message(self) -> str:
        """What is wrong, with the length that is asked for."""
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        """The rule beside the field."""
        return f"至少 {self.min_length} 个字符。"
