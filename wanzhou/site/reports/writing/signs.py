"""Signs that no file format of ours can hold; pure."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def holdable(text: str) -> str:
    """The text without control characters, which people paste without seeing them."""
    return _CONTROL.sub("", text)
