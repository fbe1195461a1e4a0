"""The tables of reports."""

from .intake.kept import Reading

__all__ = ["Reading"]
