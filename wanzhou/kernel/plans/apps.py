"""Plans and publications as an application."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.kernel.plans"
    verbose_name = "计划与发布"
