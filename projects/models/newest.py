"""The newest word on each task that was handed in."""

from __future__ import annotations

from django.db import models

from .tasks import AnnualTask
from .updates import StatusUpdate


class NewestUpdate(models.Model):
    """A task and the newest update of it that was handed in, whether or not it is approved yet (最近更新).

    A view of the database: `task.newest.update`, joined in one query however many updates there are.
    """

    task = models.OneToOneField(
        AnnualTask, models.DO_NOTHING, verbose_name="年度任务", primary_key=True, related_name="newest"
    )
    update = models.OneToOneField(
        StatusUpdate, models.DO_NOTHING, verbose_name="进展更新", related_name="newest_of"
    )

    class Meta:
        managed = False
        db_table = "projects_newestupdate"
        verbose_name = verbose_name_plural = "最近更新"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.update)
