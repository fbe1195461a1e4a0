"""The gallery of components is for the staff, and complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.pages.reading import words_of
from wanzhou.site.dashboard.tones import TONES

COMPONENTS: Path = settings.BASE_DIR / "templates" / "public" / "components" / "charts.html"


def test_it_is_not_for_the_public(client: Client, db: None) -> None:
    answer = client.get("/styleguide/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/styleguide/")


@pytest.mark.parametrize("role", ["clerk", "head", "reviewer", "publisher", "administrator", "auditor"])
def test_everybody_who_works_here_sees_every_state(client: Client, cast: Cast, role: str) -> None:
    client.force_login(getattr(cast, role))
    answer = client.get("/styleguide/")
    words = words_of(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert all(tone.word in words for tone in TONES.values())
    assert "示例" in words


def test_every_chart_macro_is_shown() -> None:
    macros = [
        line.split()[2].partition("(")[0]
        for line in COMPONENTS.read_text("utf-8").splitlines()
        if line.startswith("{% macro ") and not line.startswith("{% macro _")
    ]
    page = (settings.BASE_DIR / "templates" / "public" / "styleguide.html").read_text("utf-8")
    assert len(macros) >= 6
    assert [name for name in macros if f"{name}(" not in page] == []
