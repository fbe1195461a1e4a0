"""专栏 1–5 of the report: projects, their tasks by year, how far they came, and what was published."""

from .catalogue import Likeness, Project, Ruled
from .evidence import UpdateDocument
from .newest import NewestUpdate
from .published import PublishedTask
from .questions import Finding, Question, Quotation
from .rounds import Problem, Rhythm, Round
from .tasks import AnnualTask, Box
from .updates import Milestone, StatusUpdate

__all__ = [
    "AnnualTask",
    "Box",
    "Finding",
    "Likeness",
    "Milestone",
    "NewestUpdate",
    "Problem",
    "Project",
    "PublishedTask",
    "Question",
    "Quotation",
    "Rhythm",
    "Round",
    "Ruled",
    "StatusUpdate",
    "UpdateDocument",
]
