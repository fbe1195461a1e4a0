"""Tables 1 and 2 of the report as an application."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Its name and how people call it."""

    name = "indicators"
    verbose_name = "指标"
