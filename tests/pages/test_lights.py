"""The light of a project as the public reads it: with its reason, its rules and photographs, on every page and twin."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from projects.models import AnnualTask, PublishedTask, StatusUpdate, UpdateDocument
from projects.stages import Stage
from tests.cast import Cast
from tests.pages.public_pages import assert_sound
from tests.pages.reading import page_at
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.evidence.models import Withdrawal
from wanzhou.kernel.plans.models import Publication, ReportingPeriod, RuleSet
from wanzhou.kernel.workflow import actions
from wanzhou.site.reports.publishing import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_plans")]
SLUG = "xiao-ju-deng-sheng-tai-wen-hua-lv-you-qu"
JUNE = datetime.date(2023, 6, 30)


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "#0d5266").save(content, "JPEG")
    return SimpleUploadedFile("工地.jpg", content.getvalue())


def told(cast: Cast, *, photo: bool = False, **facts: Any) -> Publication:
    """An update of the real project, published with the real half-year."""
    task = AnnualTask.objects.get(project__slug=SLUG)
    AnnualTask.objects.filter(pk=task.pk).update(planned_investment=10000)
    usual = {"reached_stage": Stage.UNDERWAY, "as_of": JUNE, "invested_this_year": Decimal(3000)}
    update = StatusUpdate.objects.create(task=task, entered_by=cast.clerk, **(usual | facts))
    if photo:
        document = take_in([picture()], by=cast.clerk)[0]
        UpdateDocument.objects.create(update=update, document=document, public=True)
    actions.approve(actions.submit([update], by=cast.clerk), by=cast.reviewer)
    period = ReportingPeriod.objects.get(plan__last_year=2023, period="first_half")
    act = publish(plan=period.plan, period=period, by=cast.publisher, why="测试", entries=[update])
    assert act is not None
    return act


def test_the_page_says_why(client: Client, cast: Cast) -> None:
    told(cast)
    words = page_at(client, f"/projects/{SLUG}/")
    assert "黄灯 截至2023年6月30日，投资进度低于序时进度10至30个百分点。（按进度灯规则第 1 版）" in words
    assert "公布的进展截至2023年6月30日，之后184天没有公布新的进展（满45天即提示）。" in words
    assert "3000" not in words
    html = client.get(f"/projects/{SLUG}/").content.decode()
    assert_sound(html)
    assert 'href="/judging/#lights"' in html


def test_nothing_known_no_light(client: Client) -> None:
    words = page_at(client, f"/projects/{SLUG}/")
    assert "灯" not in words.replace("小桔灯", "")
    assert "进度灯" not in page_at(client, "/2023/projects/")
    assert "进度灯" not in page_at(client, "/2022/projects/")
    assert not PublishedTask.objects.exclude(light="").exists()


def test_a_light_stays_as_it_was_published(client: Client, cast: Cast) -> None:
    told(cast)
    RuleSet.objects.create(version=2, investment_yellow=-25, by=cast.publisher, reason="试行后放宽")
    assert "投资进度低于序时进度10至30个百分点。（按进度灯规则第 1 版）" in page_at(
        client, f"/projects/{SLUG}/"
    )
    words = page_at(client, "/judging/")
    assert "判定规则第 2 版" in words
    assert "低 25 个百分点以内是绿灯" in words
    assert "试行后放宽" in words
    assert "投资进度比序时进度低 25 个百分点绿灯" in words
    assert "投资进度比序时进度低 25.01 个百分点黄灯" in words


def test_the_list_filters_and_sorts_by_it(client: Client, cast: Cast) -> None:
    told(cast)
    words = page_at(client, "/2023/projects/?light=yellow")
    assert "筛选出 1 条" in words
    assert "小桔灯生态文化旅游区" in words
    assert "进度灯：黄灯 1 条。" in words
    assert "没有符合这些条件的项目" in page_at(client, "/2023/projects/?light=red")
    first = page_at(client, "/2023/projects/?sort=light").partition("小桔灯生态文化旅游区")[0]
    assert "现代化工业" not in first.partition("第 1 至 30 条")[2]
    assert client.get("/2023/projects/?light=blue").status_code == 400


def test_the_twins_have_it(client: Client, cast: Cast) -> None:
    told(cast)
    (task,) = client.get("/2023/projects.json?light=yellow").json()["tasks"]
    reason = "截至2023年6月30日，投资进度低于序时进度10至30个百分点。"
    assert (task["slug"], task["light"], task["light_reason"]) == (SLUG, "yellow", reason)
    sheet = client.get("/2023/projects.csv?light=yellow").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(sheet)))["light_reason"] == reason
    records = client.get(f"/projects/{SLUG}.json").json()["records"]
    assert [record["light"] for record in records] == [None, "yellow"]


def test_the_log_tells_when_it_changes(client: Client, cast: Cast) -> None:
    told(cast)
    told(cast, invested_this_year=Decimal(5000))
    entries = client.get("/corrections.json").json()["entries"]
    assert "进度灯" in next(entry["about"] for entry in entries if "小桔灯" in str(entry))


def test_photographs_stand_in_the_record(client: Client, cast: Cast) -> None:
    told(cast, photo=True)
    html = client.get(f"/projects/{SLUG}/").content.decode()
    assert_sound(html)
    place = html.partition('<img src="')[2].partition('"')[0]
    assert place.startswith("/documents/")
    assert 'alt="工地.jpg，2023年6月30日"' in html
    answer = client.get(place)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "佐证材料" not in html, "a photograph is shown once"
    sha256 = place.removeprefix("/documents/").partition(".")[0]
    Withdrawal.objects.create(sha256=sha256, reason="照片有误", by=cast.publisher)
    told(cast, invested_this_year=Decimal(3100))
    assert "<img" not in client.get(f"/projects/{SLUG}/").content.decode()


def test_the_rules_cost_no_publication_and_reach_the_reader(client: Client, cast: Cast) -> None:
    before = client.get("/judging/")
    RuleSet.objects.create(version=2, stale_days=60, by=cast.publisher, reason="测试")
    after = client.get("/judging/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "满 60 天没有更新" in after.content.decode()
