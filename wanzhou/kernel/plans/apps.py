from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wanzhou.kernel.plans"
    verbose_name = "计划与发布"
