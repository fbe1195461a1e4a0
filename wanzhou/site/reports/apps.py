"""Reports in and out as an application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.site.reports"
    verbose_name = "报告"
