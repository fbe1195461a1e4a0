"""What a browser would send to the desks."""

from __future__ import annotations

from typing import Any

from django.test import Client

from indicators.judging.terms import OutcomeState
from indicators.models import QuarterlyActual
from tests.admin.office import address


def content(draft: QuarterlyActual, **changes: Any) -> dict[str, Any]:
    """A form as the page of a figure sends it."""
    return {
        "target": draft.target_id, "period": draft.period_id, "outcome_state": OutcomeState.REPORTED,
        "value": "6.4", "wording": "6.4", "channel": "system", "seen": draft.revision, **changes,
    }  # fmt: skip


def take(client: Client, action: str, *entries: Any, **more: Any) -> str:
    """Choose entries in their list and take a step; the page that answers."""
    chosen = {"action": action, "_selected_action": [entry.pk for entry in entries], **more}
    response = client.post(address(type(entries[0]), "changelist"), chosen, follow=True)
    return response.content.decode()
