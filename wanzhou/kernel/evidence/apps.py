"""Evidence as an application."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.kernel.evidence"
    verbose_name = "佐证材料"
