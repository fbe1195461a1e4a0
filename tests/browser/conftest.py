"""The invented years of the page tests, for the browser as well."""

from __future__ import annotations

from tests.pages.conftest import year_over, year_under_way

__all__ = ["year_over", "year_under_way"]
