"""The boxes of the report as an application."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Its name and how people call it."""

    name = "projects"
    verbose_name = "重点项目"
