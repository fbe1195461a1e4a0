"""The frame of every page: whose site it is. Names come from the settings, never from the templates."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def district_name(field: str) -> str:
    """One of the district's names, by the field of settings.DISTRICT."""
    return str(getattr(settings.DISTRICT, field))


@register.inclusion_tag("components/masthead.html")
def masthead(page: object = None) -> dict[str, object]:
    """The masthead; with an overview, the places on it that the navigation leads to."""
    return {"district": settings.DISTRICT, "page": page}


@register.inclusion_tag("components/footer.html")
def footer(page: object = None) -> dict[str, object]:
    """The footer, with what a government site must state where it is set."""
    return {"district": settings.DISTRICT, "footer": settings.FOOTER, "page": page}
