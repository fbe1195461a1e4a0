"""Loading plans from files of facts: read and checked whole, then inserted where missing, never changed."""

from .fixtures import read_fixtures
from .load import LoadReport, load
from .problems import FixtureError, Problem
from .refusals import LoadRefused

__all__ = ["FixtureError", "LoadRefused", "LoadReport", "Problem", "load", "read_fixtures"]
