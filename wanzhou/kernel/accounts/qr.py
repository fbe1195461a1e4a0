"""A QR code as the path of an inline SVG: no image file, no style, nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import qrcode


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` draws the dark squares on a field of `side` × `side` squares, the quiet border included."""

    path: str
    side: int


def qr_code(text: str) -> QrCode:
    """The code of a text; a row's neighbouring dark squares are one rectangle."""
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L)
    drawn.add_data(text)
    drawn.make(fit=True)
    squares: list[list[bool]] = drawn.get_matrix()
    path = "".join(_row(number, row) for number, row in enumerate(squares))
    return QrCode(path, len(squares))


def _row(number: int, row: list[bool]) -> str:
    drawn, at = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            drawn += f"M{at} {number}h{length}v1h-{length}z"
        at += length
    return drawn
