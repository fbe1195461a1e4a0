"""The catalogues of indicators and departments as workbooks: out, and in again through a preview of every change.

Here django-import-export does the work: rows matched by their permanent code, unchanged ones passed over, every row
validated as its form would be, all of it in one transaction. Rows are never deleted by an import.
"""

from .importing import bring_in, foresee
from .lines import Lines, lines_of
from .resources import CATALOGUES, Catalogue

__all__ = ["CATALOGUES", "Catalogue", "Lines", "bring_in", "foresee", "lines_of"]
