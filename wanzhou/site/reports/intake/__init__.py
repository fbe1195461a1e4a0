"""Reading a plan report that somebody hands in: what it says, where it says so, and how sure the reader is.

Everything here but the models is pure: bytes and text in, a frozen `Report` out, never an exception beside the one
that refuses a file.
"""

from .opening import NotReadError, open_report, pasted
from .passages import Manuscript
from .reading import read_report
from .report import Report

__all__ = ["Manuscript", "NotReadError", "Report", "open_report", "pasted", "read_report"]
