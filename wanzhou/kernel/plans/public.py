"""What the public part of the site reads from the database, and nothing else."""

from __future__ import annotations

from typing import Final

# Published rows are complete in themselves (docs/decisions/0003), so few tables are enough. The rows' tables belong
# to the two halves above; they are named here, unimported, so that whoever guards the database reads one list.
PUBLIC_TABLES: Final = (
    "plans_plan",
    "plans_reportingperiod",
    "plans_publication",
    "plans_edition",
    "plans_ruleset",
    "evidence_withdrawal",
    "indicators_publishedrow",
    "indicators_publishedworktarget",
    "indicators_citedfact",
    "projects_publishedtask",
    "links_publishedcontribution",
)
