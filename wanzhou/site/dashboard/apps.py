from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "wanzhou.site.dashboard"
    verbose_name = "公开页面"
