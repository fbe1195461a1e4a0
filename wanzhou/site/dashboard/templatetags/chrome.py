"""The names of the district for the templates of the desks; they come from the settings, never from a template."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def district_name(field: str) -> str:
    """One of the district's names, by the field of settings.DISTRICT."""
    return str(getattr(settings.DISTRICT, field))
