"""Links between both halves of the report as an application."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.site.links"
    verbose_name = "项目与指标的关联"
