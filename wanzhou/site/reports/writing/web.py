"""A document as one HTML file that stands alone, in the look of the public page."""

from __future__ import annotations

from django.conf import settings
from django.template import engines
from markupsafe import Markup

from .documents import Document
from .signs import holdable

SHEETS = ("tokens", "base", "report")


def web_file(document: Document) -> bytes:
    """The whole file: nothing of it lies elsewhere."""
    folder = settings.BASE_DIR / "static" / "site"
    styles = "\n".join((folder / f"{sheet}.css").read_text(encoding="utf-8") for sheet in SHEETS)
    template = engines["public"].get_template("report/standalone.html")
    # The site's own style sheets are no one's input.
    page = template.render({"document": document, "styles": Markup(styles)})  # noqa: S704
    return holdable(str(page)).encode()
