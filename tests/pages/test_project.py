"""One project across years: what each plan and each update said, and what does not go together."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.test import Client

from projects.models import PublishedTask
from projects.stages import Stage
from tests.pages.plans import publish, task
from tests.pages.public_pages import assert_sound, fifty_more_years, queries_anew
from tests.pages.reading import page_at
from tests.pages.test_report import fixture
from tests.projects.test_records import told
from wanzhou.kernel.plans.periods import Period

SLUG = "invented-2-1"
PAGE = f"/projects/{SLUG}/"


@pytest.fixture
def two_years(db: None) -> None:
    """2031's box says the bridge was started; 2032 plans to start it."""
    task(publish(2031, Period.FULL_YEAR), 2, "交通", "虚构大桥", reached_stage=Stage.STARTED)
    act = publish(2032)
    task(
        act, 2, "交通", "虚构大桥", planned_stage=Stage.STARTED, source_title="虚构报告", source_place="专栏2"
    )
    task(act, 2, "交通", "虚构道路", planned_stage=Stage.COMPLETED)


@pytest.mark.usefixtures("loaded_plans")
def test_a_real_project_across_both_years(client: Client) -> None:
    words = page_at(client, "/projects/chang-jiang-er-qiao-zhi-gao-tie-lian-jie-dao/")
    assert "2022年全年已达“加快建设”，2023年安排“年内竣工”，尚无进展更新。" in words
    assert "原文：“竣工北滨大道改造拓宽、渝巴路东二段、长江二桥至高铁连接道和" in words
    assert "原文：“密溪沟渡改桥、长江二桥至高铁连接道、" in words
    assert "2022年专栏 1、2023年专栏 3" in words
    assert "北滨大道改造拓宽" in words
    assert "来源不一致" not in words


@pytest.mark.usefixtures("loaded_plans")
def test_a_name_in_two_boxes_is_two_projects(client: Client) -> None:
    html = client.get("/projects/xin-neng-yuan-kai-fa-xin-ji-jian/").content.decode()
    assert "/projects/xin-neng-yuan-kai-fa-jie-neng-jiang-hao/" in html
    assert "同名项目" in html
    assert "报告分列" in html


@pytest.mark.usefixtures("loaded_plans")
def test_every_entry_of_the_report_has_its_page(client: Client) -> None:
    slugs = {one["slug"]: one for year in (2022, 2023) for one in fixture(f"{year}/tasks.csv")}
    for slug, entry in slugs.items():
        words = page_at(client, f"/projects/{slug}/")
        assert entry["name"] in words, slug
        assert entry["wording"] in words, slug
    assert len(slugs) == PublishedTask.objects.values("slug").distinct().count()


def test_what_was_started_and_is_planned_to_start_is_told_without_choosing(
    client: Client, two_years: None
) -> None:
    words = page_at(client, PAGE)
    assert "2031年写明“开工建设”，2032年又安排“年内开工”。两处都照来源列出，不作取舍。" in words
    assert "来源不一致" not in page_at(client, "/projects/invented-2-2/")


def test_a_plan_alone_never_reads_as_done(client: Client, two_years: None) -> None:
    words = page_at(client, "/projects/invented-2-2/")
    assert "2032年安排“年内竣工”，尚无进展更新。" in words
    assert "当前：尚无进展更新；2032年安排：年内竣工" in words
    assert 'aria-current="step"' not in client.get("/projects/invented-2-2/").content.decode()


def test_updates_are_shown_with_their_words_and_the_replaced_as_replaced(
    client: Client, two_years: None
) -> None:
    first = told(2032, Period.FIRST_QUARTER, reached_stage=Stage.COMPLETED, percent="100")
    told(
        2032,
        Period.FIRST_HALF,
        reached_stage=Stage.UNDERWAY,
        percent="62.50",
        progress="桥墩完成。",
        difficulty="内部困难",
        as_of="2032-06-28",
        replaces=first,
    )
    html = client.get(PAGE).content.decode()
    assert_sound(html)
    words = page_at(client, PAGE)
    assert "2032年6月28日已达“加快建设”，2032年安排“年内开工”。" in words
    assert "完成 62.5%。" in words
    assert "桥墩完成。" in words
    assert "内部困难" not in words
    assert words.count("已被后来的更新替换") == 1
    assert html.count('class="solid') == 2
    assert html.count('class="later') == 2
    assert 'aria-current="step"' in html
    assert '<progress max="100" value="62.5"' in html


def test_off_the_track(client: Client, two_years: None) -> None:
    told(2032, Period.FIRST_HALF, reached_stage=Stage.SUSPENDED)
    words = page_at(client, PAGE)
    assert "停工：不在推进序列" in words
    assert "2032年上半年“停工”" in words
    assert 'class="later off"' in client.get(PAGE).content.decode()


def test_groups_and_former_names(client: Client, db: None) -> None:
    task(publish(2031, Period.FULL_YEAR), 2, "交通", "虚构旧名", reached_stage=Stage.UNDERWAY)
    task(publish(2032), 2, "交通", "虚构道路20条", planned_stage=Stage.COMPLETED, group=True, quantity="20条")
    words = page_at(client, PAGE)
    assert "曾用名称虚构旧名" in words
    assert "20条，按一条计" in words
    assert "责任单位报告未载" in words


def test_the_twins_hold_the_record(client: Client, two_years: None) -> None:
    told(2032, Period.FIRST_HALF, reached_stage=Stage.UNDERWAY, percent="62.50")
    found = client.get(f"/projects/{SLUG}.json").json()
    assert (found["slug"], found["name"]) == (SLUG, "虚构大桥")
    short = [(one["year"], one["kind"], one["reached_stage"], one["percent"]) for one in found["records"]]
    assert short == [
        (2031, "entry", "started", None),
        (2032, "entry", None, None),
        (2032, "update", "underway", "62.5"),
    ]
    lines = csv.DictReader(io.StringIO(client.get(f"/projects/{SLUG}.csv").content.decode("utf-8-sig")))
    assert [line["kind"] for line in lines] == ["entry", "entry", "update"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/projects/{SLUG}.xlsx").content))
    assert len(list(book.worksheets[0].rows)) == 4


@pytest.mark.parametrize("form", ["/", ".json", ".csv", ".xlsx"])
def test_an_unknown_project_is_not_there(client: Client, two_years: None, form: str) -> None:
    answer = client.get(f"/projects/no-such{form}")
    assert answer.status_code == 404
    assert "没有发布过项目“no-such”" in answer.content.decode()
    assert client.get(f"/projects/{SLUG}{form}?as_of=2001-01-01").status_code == 404
    assert client.get(f"/projects/{SLUG}.pdf").status_code == 404


def test_other_years_cost_no_queries(client: Client, two_years: None) -> None:
    alone = queries_anew(client, PAGE)
    fifty_more_years()
    assert queries_anew(client, PAGE) == alone <= 6
