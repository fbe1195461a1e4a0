"""专栏 1–5 of the report: projects, their tasks by year, how far they came, and what was published."""

from .catalogue import Project
from .evidence import UpdateDocument
from .published import PublishedTask
from .tasks import AnnualTask, Box
from .updates import Milestone, StatusUpdate

__all__ = ["AnnualTask", "Box", "Milestone", "Project", "PublishedTask", "StatusUpdate", "UpdateDocument"]
