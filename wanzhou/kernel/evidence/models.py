"""Evidence: a file as it was handed in, what it is attached to, and what was withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wanzhou.kernel.accounts.history import tracked
from wanzhou.kernel.plans.constraints import append_only, one_of

from .kinds import MOST_BYTES, Kind, in_words

LONGEST_NAME = 150


@tracked()
class Document(models.Model):
    """A file that shows where a fact comes from (佐证材料): its name, what it was found to be, its fingerprint.

    The content lies in the vault under the fingerprint; two documents may share one.
    """

    name = models.CharField("文件名", max_length=LONGEST_NAME + 10)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices())
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("文件指纹", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ["id"]
        default_permissions = ("view",)
        permissions = [("withdraw_document", "可以撤回已公开的佐证材料")]
        indexes = [models.Index(fields=["sha256"], name="evidence_by_content")]
        triggers = [pgtrigger.Protect(name="stays_as_it_is", operation=pgtrigger.Update)]
        constraints = [
            one_of("kind", Kind),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(name=""),
                name="evidence_document_fingerprinted",
                violation_error_message="佐证材料须有文件名和 SHA-256 指纹。",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES),
                name="evidence_document_size_within",
                violation_error_message="佐证材料不能为空，也不能超过 20 MB。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def found(self) -> Kind:
        """What it was found to be."""
        return Kind(self.kind)

    @property
    def size_in_words(self) -> str:
        return in_words(self.size)

    def told(self) -> dict[str, Any]:
        """What the public reads of it."""
        on = timezone.localdate(self.uploaded_at).isoformat()
        return {"name": self.name, "kind": self.kind, "size": self.size, "sha256": self.sha256, "on": on}


class Withdrawal(models.Model):
    """A published file that the public may read no more (撤回), and why; its place in the record stays."""

    sha256 = models.CharField("文件指纹", max_length=64, unique=True)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="撤回人", related_name="+")
    at = models.DateTimeField("撤回时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "撤回的佐证材料"
        ordering = ["id"]
        default_permissions = ("view",)
        triggers = [append_only()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="evidence_withdrawal_reasoned",
                violation_error_message="撤回须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Holds(models.Model):
    """A row that keeps a document: as long as one does, the document and its file stay."""

    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name="佐证材料", related_name="%(app_label)s_%(class)ss"
    )

    class Meta:
        abstract = True
        ordering = ["id"]
        default_permissions = ("view",)


class Attachment(Holds):
    """A document attached to a fact; `public` ones are told to everybody when the fact is published.

    Each kind of fact has its own table of attachments, with a key to the fact in the field named by `ABOUT`.
    """

    ABOUT: ClassVar[str]

    public = models.BooleanField("随数据公开", default=False)

    class Meta(Holds.Meta):
        abstract = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="stays_as_it_is", operation=pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return str(self.document)


# The names in the statements below are those of our own tables and columns.
def kept_with_its_entry(table: str, key: str) -> list[pgtrigger.Trigger]:
    """What others check, or the public reads, loses no evidence and gains none that would be public."""
    editable = (
        f"EXISTS (SELECT 1 FROM {table} e WHERE e.id = {{row}}.{key} AND e.state IN ('draft', 'returned'))"  # noqa: S608
    )
    gone = f"NOT EXISTS (SELECT 1 FROM {table} e WHERE e.id = {{row}}.{key})"  # noqa: S608
    return [
        _refuses(
            "public_while_drafted",
            pgtrigger.Insert,
            f"NOT NEW.public OR {editable.format(row='NEW')}",
            "已经报送：只能补充内部材料；要公开的材料须在报送前附上，或退回后再附",
        ),
        _refuses(
            "kept_once_submitted",
            pgtrigger.Delete,
            f"{editable.format(row='OLD')} OR {gone.format(row='OLD')}",
            "已经报送、审核或发布，所附的材料不能移除",
        ),
    ]


def kept_once_told(
    table: str, key: str, told: str, *, on: str = "r.target_id = a.target_id"
) -> pgtrigger.Trigger:
    """A document that a row `r` of the table `told` names stays attached.

    `on` says which of its rows are about the fact `a`.
    """
    named = (
        f"SELECT 1 FROM {table} a JOIN {told} r ON {on}"  # noqa: S608
        " JOIN evidence_document d ON d.id = OLD.document_id"
        f" WHERE a.id = OLD.{key} AND r.documents @> jsonb_build_array(jsonb_build_object('sha256', d.sha256))"
    )
    return _refuses(
        "kept_once_told", pgtrigger.Delete, f"NOT EXISTS ({named})", "已经公开，所附的材料不能移除"
    )


def _refuses(name: str, operation: Any, where: str, says: str) -> pgtrigger.Trigger:
    row = "OLD" if operation is pgtrigger.Delete else "NEW"
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        func=(
            f"IF NOT ({where}) THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {row};"
        ),
    )
