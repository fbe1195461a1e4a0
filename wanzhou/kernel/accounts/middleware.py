"""What every request tells the auditor's record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware


class HistoryMiddleware(BaseHistoryMiddleware):
    """Names the person and the address behind every change that a request makes."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """The signed-in user's id, the path, and the address that the server saw."""
        return {**super().get_context(request), "address": request.META.get("REMOTE_ADDR", "")}
