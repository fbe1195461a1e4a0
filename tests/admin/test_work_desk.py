"""A work target is taken into the quarterly grid at its desk; a headline row cannot be taken out."""

from __future__ import annotations

import pytest

from indicators.models import AnnualTarget, Tier
from tests.admin.conftest import SignIn
from tests.admin.office import address
from tests.cast import Cast, SmallPlan

pytestmark = pytest.mark.django_db


def test_the_tick_is_offered_to_work_targets_only(cast: Cast, sign_in: SignIn) -> None:
    small = SmallPlan.of(cast)
    headline = small.target("6以上")
    pledge = small.target(
        "25家以上", tier=Tier.WORK, ordinal=None, order=1, in_grid=False, quoted="新培育25家以上。"
    )
    client = sign_in(cast.publisher)
    assert b'name="in_grid"' not in client.get(address(AnnualTarget, "change", headline.pk)).content
    place = address(AnnualTarget, "change", pledge.pk)
    assert b'name="in_grid"' in client.get(place).content
    facts = {
        "plan": pledge.plan_id, "indicator": pledge.indicator_id, "tier": "work", "order": 1, "name": pledge.name,
        "unit": "家", "nature": "anticipatory", "wording": "25家以上", "quoted": pledge.quoted, "in_grid": "on",
    }  # fmt: skip
    assert client.post(place, facts).status_code == 302
    pledge.refresh_from_db()
    assert pledge.in_grid
    assert "重点工作" in client.get(address(AnnualTarget, "changelist")).content.decode()
