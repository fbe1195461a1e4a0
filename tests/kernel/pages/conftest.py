"""The invented years of the page tests."""

from tests.pages.conftest import year_over, year_under_way

__all__ = ["year_over", "year_under_way"]
