"""The public pages as an application."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.site.dashboard"
    verbose_name = "公开页面"
