"""Editions: what was put before the congress, kept with its document and fingerprint, and what changed since."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.evidence.kinds import MOST_BYTES, Kind, in_words
from wanzhou.kernel.evidence.recognising import Unfit, recognise
from wanzhou.kernel.plans.models import Edition, Publication
from wanzhou.kernel.plans.periods import Period
from wanzhou.kernel.plans.shown import NotPublished, published_plans
from wanzhou.site.reports.writing.annual import annual_report
from wanzhou.site.reports.writing.documents import DocumentRefused
from wanzhou.site.reports.writing.forms import Form, written
from wanzhou.site.reports.writing.told import district_names, plan_told, year_told

MARKS = "plans.add_edition"
ACCEPTED = (Kind.PDF, Kind.DOCX, Kind.DOC)


class EditionRefused(Exception):
    """The edition was not marked; the message says in Chinese why."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document that will be kept."""

    content: bytes
    kind: Kind


@transaction.atomic
def mark(
    *,
    publication: Publication,
    title: str,
    issued_on: datetime.date | None,
    held: Held | None,
    public: bool,
    by: User,
) -> Edition:
    """Mark a publication as what the congress saw; raises EditionRefused, and then nothing is kept."""
    if not by.has_perm(MARKS):
        raise EditionRefused(f"{by}没有标记大会版本的权限。")
    if public and held is None:
        raise EditionRefused("没有文件，就没有可以公开下载的；请附上文件，或取消“公开下载”。")
    sha256 = hashlib.sha256(held.content).hexdigest() if held else ""
    edition = Edition(
        publication=publication,
        title=title.strip(),
        issued_on=issued_on,
        sha256=sha256,
        public=public,
        marked_by=by,
        marked_at=timezone.now(),
    )
    if held is not None:
        edition.document.save(f"{sha256}.{held.kind}", ContentFile(held.content), save=False)
    edition.full_clean()
    edition.save()
    return edition


def uploaded(file: UploadedFile[Any]) -> Held:
    """The document as it was handed in; raises EditionRefused for what is no document."""
    if (file.size or 0) > MOST_BYTES:
        raise EditionRefused(f"文件太大（{in_words(file.size or 0)}）；每个不超过 {in_words(MOST_BYTES)}。")
    content = file.read()
    try:
        kind = recognise(content)
    except Unfit as found:
        raise EditionRefused(f"“{file.name}”没有保存：{found}。可以上传：PDF、Word。") from found
    if kind not in ACCEPTED:
        raise EditionRefused(f"“{file.name}”是 {kind.label}；大会版本请上传 PDF 或 Word。")
    return Held(content, kind)


def generated(publication: Publication) -> Held:
    """The annual report as the public was told at this publication; raises EditionRefused."""
    moment = max(filter(None, (publication.at, publication.not_before)))
    plans = published_plans(moment)
    year = year_of(publication)
    try:
        document = annual_report(
            year_told(plans, year, moment), plan_told(plans, year + 1, moment), district_names()
        )
    except NotPublished as reason:
        raise EditionRefused(f"这次发布时还生成不了报告：{reason}。请上传文件。") from reason
    except DocumentRefused as refused:
        raise EditionRefused(f"这次发布时还生成不了报告：{''.join(refused.problems)}") from refused
    return Held(written(document, Form.DOCX), Kind.DOCX)


def year_of(publication: Publication) -> int:
    """The year whose report a publication belongs to; a plan goes before the congress with the year before it."""
    return publication.plan.year - (1 if publication.period_id is None else 0)


def content_of(edition: Edition) -> bytes:
    """The document's bytes, as they were marked. Raises FileNotFoundError where they are gone or are others now."""
    with edition.document.open("rb") as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != edition.sha256:
        raise FileNotFoundError(edition.document.name)
    return content


def is_sound(edition: Edition) -> bool:
    """Whether the document is there and still the one that was marked."""
    try:
        content_of(edition)
    except OSError:
        return False
    return True


def kind_of(edition: Edition) -> Kind | None:
    """What its document is; None without one."""
    ending = (edition.document.name or "").rpartition(".")[2].lower()
    return Kind(ending) if ending in set(Kind) else None


def tells(edition: Edition) -> frozenset[str]:
    """The addresses of what the edition told, as the log knows them."""
    act = edition.publication
    if act.period is not None and act.period.period != Period.FULL_YEAR:
        return frozenset({f"/{act.plan.year}/?period={act.period.period}"})
    year = year_of(act)
    return frozenset({f"/{year}/?period={Period.FULL_YEAR}", f"/{year}/", f"/{year + 1}/"})
