"""Why a public request gets no page; every refusal says in Chinese what would be accepted."""

from __future__ import annotations


class BadQuestion(ValueError):
    """What was asked cannot be understood (400)."""


class NoSuchPage(LookupError):
    """What was asked for does not exist, or was never published (404)."""
