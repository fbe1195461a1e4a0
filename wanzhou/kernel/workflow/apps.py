"""The workflow of entries as an application."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.kernel.workflow"
    verbose_name = "报送流程"
