"""`manage.py sweep_evidence`: remove what nothing needs any more, and say what is missing."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wanzhou.kernel.evidence import vault
from wanzhou.kernel.evidence.actions import hold_turn
from wanzhou.kernel.evidence.models import Document, Holds


class Command(BaseCommand):
    """To be run daily; whatever is younger than a day is left alone."""

    help = "清理无主的佐证材料：一天前就不再附于任何内容的记录，以及没有记录的文件；并核对每个文件是否完好。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不删除")
        parser.add_argument("--hours", type=float, default=24, help="比这更新的不动（默认 24 小时）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then examine every file that a row names; exits with an error when one is missing or changed."""
        if not options["check"]:
            rows, files = sweep(options["hours"])
            self.stdout.write(f"清理了 {rows} 条无主的记录、{files} 个没有记录的文件。")
        wrong = [
            f"{one.name}（{one.sha256}）" for one in Document.objects.all() if not vault.is_sound(one.sha256)
        ]
        if wrong:
            raise CommandError(f"{len(wrong)} 个文件缺失或被改动，请从备份恢复：{'、'.join(wrong)}")
        self.stdout.write(f"{Document.objects.count()} 份佐证材料的文件都在，内容与指纹相符。")


def sweep(hours: float) -> tuple[int, int]:
    """Remove documents attached to nothing, and files without a document; returns how many of each.

    A file goes after its row is gone for good, and while nobody puts one in.
    """
    before = timezone.now() - datetime.timedelta(hours=hours)
    with transaction.atomic():
        hold_turn(exclusive=True)
        rows, _ = unattached().filter(uploaded_at__lt=before).delete()
    with transaction.atomic():
        hold_turn(exclusive=True)
        named = set(Document.objects.values_list("sha256", flat=True))
        orphans = [place for place in vault.old_files(hours * 3600) if place.name not in named]
        for place in orphans:
            place.unlink(missing_ok=True)
    return rows, len(orphans)


def unattached() -> QuerySet[Document]:
    """Documents that no table of attachments names."""
    found = Document.objects.all()
    for relation in Document._meta.related_objects:
        if issubclass(relation.related_model, Holds):
            rows = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.exclude(Exists(rows))
    return found
