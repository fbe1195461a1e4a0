"""What updates are attested by."""

from __future__ import annotations

from django.db import models

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.evidence.models import Attachment, kept_with_its_entry

from .updates import StatusUpdate


@tracked()
class UpdateDocument(Attachment):
    """A document or a picture attached to an update; it goes with a draft that is taken back."""

    ABOUT = "update"
    update = models.ForeignKey(
        StatusUpdate, models.CASCADE, verbose_name="进展更新", related_name="documents"
    )

    class Meta(Attachment.Meta):
        verbose_name = verbose_name_plural = "进展更新的佐证材料"
        triggers = [*Attachment.Meta.triggers, *kept_with_its_entry("projects_statusupdate", "update_id")]
