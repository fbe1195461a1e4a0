"""Every table of the files, in the order of loading: what a table refers to comes before it."""

from __future__ import annotations

from .indicator_tables import INDICATOR_TABLES
from .plan_tables import PLAN_TABLES
from .project_tables import PROJECT_TABLES

TABLES = (*PLAN_TABLES, *INDICATOR_TABLES, *PROJECT_TABLES)
