"""How a visitor wants the pages to look: large text (长辈版), high contrast. Kept in a cookie of two words."""

from __future__ import annotations

from dataclasses import dataclass

COOKIE = "display"


@dataclass(frozen=True, slots=True)
class Display:
    """The visitor's choices; both off unless chosen."""

    large: bool = False
    contrast: bool = False

    @classmethod
    def of(cls, cookie: str) -> Display:
        """From the cookie's text; what is not known counts as not chosen."""
        words = cookie.split("-")
        return cls(large="large" in words, contrast="contrast" in words)

    @property
    def cookie(self) -> str:
        """As the cookie writes it; empty for the plain look."""
        return "-".join(
            name for name, chosen in (("large", self.large), ("contrast", self.contrast)) if chosen
        )

    @property
    def classes(self) -> str:
        """The classes of the whole page."""
        return self.cookie.replace("-", " ")
