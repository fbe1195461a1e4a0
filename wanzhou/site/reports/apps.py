from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "wanzhou.site.reports"
    verbose_name = "报告"
