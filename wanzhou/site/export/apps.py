"""The export as an application, which brings the command `export_site`."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.site.export"
    verbose_name = "静态导出"
