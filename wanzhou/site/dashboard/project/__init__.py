"""The page of one project."""

from .page import project_page_of

__all__ = ["project_page_of"]
