"""Photographs of a project: smaller, without their place; huge, broken and false ones are answered, the rest stays."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from projects.models import AnnualTask, PublishedTask, StatusUpdate, UpdateDocument
from tests.evidence.files import pdf
from tests.evidence.pictures import SECRETS, swelling_png, telling
from tests.updates.desk import UpdatesDesk, footing, form, newest, signed_in
from tests.updates.test_screens import text_of
from wanzhou.kernel.evidence import vault
from wanzhou.kernel.workflow import actions as steps
from wanzhou.site.reports.publishing import publish

pytestmark = pytest.mark.django_db


def photo(
    name: str = "现场.jpg", ending: str = "jpg", size: tuple[int, int] = (60, 40)
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, telling(ending, size=size))


def sent_with(
    client: Client, desk: UpdatesDesk, task: AnnualTask, *files: SimpleUploadedFile, **more: Any
) -> HttpResponse:
    facts = form(desk.cast.clerk, task, stage="started", progress="填了很久")
    answer: Any = client.post(desk.one(task), facts | {"photos": list(files)} | more)
    return HttpResponse(answer.content, status=answer.status_code)


def attached(task: AnnualTask) -> list[UpdateDocument]:
    rows = UpdateDocument.objects.filter(update=newest(task))
    return list(rows.select_related("document").order_by("pk"))


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_photograph_with_its_place_comes_out_without(desk: UpdatesDesk, ending: str) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    assert sent_with(client, desk, task, photo(f"现场.{ending}", ending, (2400, 1800))).status_code == 303
    (one,) = attached(task)
    content = vault.content_of(one.document.sha256)
    picture = Image.open(io.BytesIO(content))
    assert max(picture.size) == 1600
    assert not picture.getexif()
    for secret in SECRETS:
        assert secret.encode() not in content
    assert (one.public, one.document.name) == (False, f"现场.{ending}")
    page = client.get(desk.one(task)).content.decode()
    place = f"/admin/projects/statusupdate/{newest(task).pk}/evidence/{one.pk}/"
    assert place in page
    assert client.get(place).content == content
    assert signed_in(desk.other_clerk).get(place).status_code == 404


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (
            SimpleUploadedFile("假的.jpg", b"<html>not a picture</html>"),
            "照片“假的.jpg”没有保存：网页或 XML 文件",
        ),
        (
            SimpleUploadedFile("断了.jpg", telling("jpg", size=(900, 600))[:900]),
            "不完整的 JPEG 图片（可能没有传完）",
        ),
        (SimpleUploadedFile("断了.png", telling("png")[:60]), "不完整的 PNG"),
        (SimpleUploadedFile("炸弹.png", swelling_png(8000)), "过大的 PNG 图片（8000×8000 像素）"),
        (SimpleUploadedFile("太大.jpg", b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024)), "文件太大（20.0 MB）"),
        (SimpleUploadedFile("合同.jpg", pdf()), "是 PDF，不是照片"),
        (SimpleUploadedFile("空.jpg", b""), "空文件"),
    ],
)
def test_a_huge_broken_or_false_image_is_answered_and_the_rest_stays(
    desk: UpdatesDesk, file: SimpleUploadedFile, why: str
) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    file.seek(0)
    answer = sent_with(client, desk, task, photo(), file)
    said = text_of(answer.content)
    assert answer.status_code == 422
    assert why in said
    assert "可以上传手机照片：JPEG、PNG、WebP，每张不超过 20 MB" in said
    assert "其余填的都在下面，还没有保存" in said
    assert "填了很久" in answer.content.decode()
    assert 'value="started" checked' in answer.content.decode()
    assert not StatusUpdate.objects.exists()
    assert not UpdateDocument.objects.exists()


def test_too_many_at_once(desk: UpdatesDesk) -> None:
    files = [photo(f"{n}.jpg") for n in range(11)]
    answer = sent_with(signed_in(desk.cast.clerk), desk, desk.own[0], *files)
    assert answer.status_code == 422
    assert "一次最多上传 10 张照片，这次有 11 张" in text_of(answer.content)


def test_photographs_are_added_removed_and_locked_with_the_update(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    sent_with(client, desk, task, photo("一.jpg"), photo("二.jpg"))
    first, second = attached(task)
    facts = form(desk.cast.clerk, task, do="submit")
    client.post(desk.one(task), facts | {"remove": [str(first.pk)], "photos": [photo("三.jpg")]})
    assert [one.document.name for one in attached(task)] == ["二.jpg", "三.jpg"]
    answer: Any = client.post(desk.one(task), form(desk.cast.clerk, task) | {"remove": [str(second.pk)]})
    assert answer.status_code in (409, 422)
    assert len(attached(task)) == 2
    with pytest.raises(IntegrityError, match="所附的材料不能移除"), transaction.atomic():
        second.delete()


def test_another_tasks_photograph_is_not_removed(desk: UpdatesDesk) -> None:
    a, b, _ = desk.own
    client = signed_in(desk.cast.clerk)
    sent_with(client, desk, a, photo())
    client.post(desk.one(b), form(desk.cast.clerk, b, stage="started") | {"remove": [str(attached(a)[0].pk)]})
    assert len(attached(a)) == 1


def test_a_photograph_beside_no_change(desk: UpdatesDesk) -> None:
    """Nothing else is new; the picture is, and the update is marked as no change all the same."""
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    desk.published(task)
    client.post(desk.one(task), form(desk.cast.clerk, task) | {"photos": [photo()]})
    assert newest(task).repeats is not None
    assert len(attached(task)) == 1


def test_only_what_is_marked_is_published(desk: UpdatesDesk) -> None:
    task, client = desk.own[0], signed_in(desk.cast.clerk)
    sent_with(client, desk, task, photo("公开.jpg"), public="on")
    facts = form(desk.cast.clerk, task, do="submit")
    client.post(desk.one(task), facts | {"photos": [photo("内部.jpg")]})
    update = footing(task).current
    assert update is not None
    page = text_of(signed_in(desk.cast.reviewer).get("/admin/review/?period=updates").content)
    assert page.count("随发布公开") == page.count("只供内部") == 1
    steps.approve([update], by=desk.cast.reviewer)
    publish(plan=desk.plan, period=desk.small.period, by=desk.cast.publisher, why="测试")
    told = PublishedTask.objects.get(update=update)
    assert [one["name"] for one in told.documents] == ["公开.jpg"]
