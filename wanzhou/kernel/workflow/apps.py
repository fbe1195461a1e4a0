from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wanzhou.kernel.workflow"
    verbose_name = "报送流程"
