"""The list of a year's key projects: counted exactly, filtered, sorted and paged by the database."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client

from projects.models import StatusUpdate
from projects.stages import Stage
from tests.pages.plans import publish, publisher, task
from tests.pages.public_pages import assert_sound, queries_anew
from tests.pages.reading import page_at
from tests.projects.test_records import told
from wanzhou.kernel.plans.periods import Period

LIST = "/2032/projects/"


def names(html: str) -> list[str]:
    """The names of the entries, in the order of the page."""
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]*">([^<]*)</a>', html)


def listed(client: Client, query: str = "", place: str = LIST) -> list[str]:
    response = client.get(place + query)
    assert response.status_code == 200, response.content.decode()[:300]
    return names(response.content.decode())


@pytest.fixture
def plan(db: None) -> None:
    """2032 plans four entries in two boxes, one of them a group."""
    act = publish(2032)
    task(act, 2, "工业", "虚构钢厂", planned_stage=Stage.COMPLETED, department="乙局")
    task(act, 2, "农业", "虚构果园", planned_stage=Stage.STARTED)
    task(act, 3, "交通", "虚构大桥", planned_stage=Stage.COMPLETED, department="甲局")
    task(act, 3, "交通", "虚构道路20条", planned_stage=Stage.UNDERWAY, group=True, quantity="20条")


@pytest.mark.usefixtures("loaded_plans")
def test_the_real_years_are_counted_as_the_report_names_them(client: Client) -> None:
    planned = page_at(client, "/2023/projects/")
    assert "167 条重点项目，51 条安排年内竣工" in planned
    assert (
        "报告专栏 2 至 5点名 167 条项目与事项。另有 8 条前期工作，63 条年内开工，45 条加快推进。" in planned
    )
    assert "其中 5 条只列数量（成组），各按一条计。" in planned
    assert "尚无进展更新" in planned
    assert "当前阶段" not in planned
    assert "竣工投用" not in planned.replace("竣工投产", "")
    reached = page_at(client, "/2022/projects/")
    assert "41 条重点项目，11 条竣工投用" in reached
    assert "报告专栏 1点名 41 条" in reached
    assert "年内竣工" not in reached
    assert "2022年全年" in reached


@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize(
    ("query", "count"), [("box=2", 27), ("box=3", 57), ("box=4", 39), ("box=5", 44), ("stage=completed", 51)]
)
def test_the_real_boxes_hold_what_the_report_lists(client: Client, query: str, count: int) -> None:
    assert f"筛选出 {count} 条" in page_at(client, f"/2023/projects/?{query}")
    assert len(client.get(f"/2023/projects.json?{query}").json()["tasks"]) == count


@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize(
    "query", ["二桥至高铁", "changjiangerqiao", "cjeqzgt", "高铁 长江", "CHANGJIANGERQIAO"]
)
def test_names_are_found_as_written_by_pinyin_and_by_initials(client: Client, query: str) -> None:
    assert listed(client, f"?q={query}", "/2023/projects/") == ["长江二桥至高铁连接道"]


def test_all_of_it_in_the_order_of_the_boxes(client: Client, plan: None) -> None:
    assert listed(client) == ["虚构钢厂", "虚构果园", "虚构大桥", "虚构道路20条"]
    words = page_at(client, LIST)
    assert "4 条重点项目，2 条安排年内竣工" in words
    assert "成组：20条" in words
    assert "报告未载" in words
    assert_sound(client.get(LIST).content.decode())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?box=3", ["虚构大桥", "虚构道路20条"]),
        ("?section=农业", ["虚构果园"]),
        ("?stage=completed", ["虚构钢厂", "虚构大桥"]),
        ("?department=甲局", ["虚构大桥"]),
        ("?box=2&stage=underway", []),
        ("?sort=name", ["虚构道路20条", "虚构大桥", "虚构钢厂", "虚构果园"]),
        ("?sort=-stage", ["虚构钢厂", "虚构大桥", "虚构道路20条", "虚构果园"]),
        ("?sort=-section", ["虚构道路20条", "虚构大桥", "虚构果园", "虚构钢厂"]),
        ("?sort=department", ["虚构钢厂", "虚构大桥", "虚构果园", "虚构道路20条"]),
        ("?sort=-department", ["虚构大桥", "虚构钢厂", "虚构果园", "虚构道路20条"]),
    ],
)
def test_filters_and_orders(client: Client, plan: None, query: str, found: list[str]) -> None:
    assert listed(client, query) == found


def test_stages_lead_to_their_entries_and_back(client: Client, plan: None) -> None:
    assert 'href="/2032/projects/?stage=completed"' in client.get(LIST).content.decode()
    chosen = client.get(f"{LIST}?stage=completed&box=3").content.decode()
    assert '<a href="/2032/projects/?box=3" aria-current="true">' in chosen
    assert "没有符合这些条件的项目" in client.get(f"{LIST}?q=没有这个").content.decode()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?box=9", "专栏没有“9”；可选：2（专栏 2"),
        ("?stage=suspended", "阶段没有“suspended”；可选：started（年内开工）"),
        ("?section=x", "可选：工业、农业、交通"),
        ("?sort=wording", "不能按“wording”排序；可选：name（项目）"),
        ("?sort=current", "不能按“current”排序"),
        ("?page=0", "请写 1 至 1"),
        ("?page=%E4%B8%80", "不是页数"),
    ],
)
def test_nonsense_is_told_what_would_be_accepted(client: Client, plan: None, query: str, says: str) -> None:
    assert says in page_at(client, LIST + query, 400)


@pytest.mark.parametrize(
    "address",
    ["/2050/projects/", "/2032/projects.pdf", "/2032/projects/?page=2", "/2032/projects/?as_of=2001-01-01"],
)
def test_what_does_not_exist(client: Client, plan: None, address: str) -> None:
    page_at(client, address, 404)


def test_thirty_to_a_page(client: Client, db: None) -> None:
    act = publish(2032)
    for number in range(61):
        task(act, 2, "工业", f"虚构{number}号", planned_stage=Stage.STARTED)
    assert [len(listed(client, f"?page={page}")) for page in (1, 2, 3)] == [30, 30, 1]
    assert "第 31 至 60 条" in page_at(client, f"{LIST}?page=2")
    assert len(client.get("/2032/projects.json?page=2").json()["tasks"]) == 61


def test_what_updates_tell_stands_beside_the_plan(client: Client, plan: None) -> None:
    told(2032, Period.FIRST_HALF, "invented-2-1", reached_stage=Stage.UNDERWAY, as_of="2032-06-28")
    told(2032, Period.FIRST_HALF, "invented-3-1", reached_stage=Stage.SUSPENDED)
    html = client.get(LIST).content.decode()
    assert "当前阶段" in html
    assert "2 条已有进展更新" in html
    assert 'class="stg f3"' in html
    assert 'class="stg off"' in html
    assert "2032年6月28日" in html
    assert "2032年上半年" in html
    assert "2 条安排年内竣工" in html
    assert listed(client, "?sort=current")[:2] == ["虚构钢厂", "虚构大桥"]
    assert listed(client, "?sort=-updated")[0] == "虚构钢厂"


def test_a_year_without_projects_says_so(client: Client, db: None) -> None:
    publish(2032)
    assert "2032 年没有已发布的重点项目" in page_at(client, LIST)
    assert client.get("/2032/projects.csv").status_code == 200


def test_off_the_track_and_plans_beside_what_was_reached(client: Client, plan: None) -> None:
    task(publish(2032, Period.FULL_YEAR), 1, "社会", "虚构剧院", reached_stage=Stage.DEFERRED)
    words = page_at(client, LIST)
    assert "所列阶段" in words
    assert "缓建" in words
    assert "其余按已达阶段计数" in words


def test_the_twins_hold_what_the_page_holds(client: Client, plan: None) -> None:
    html = client.get(f"{LIST}?box=3&sort=name&page=1").content.decode()
    for form in ("csv", "xlsx", "json"):
        assert f'href="/2032/projects.{form}?box=3"' in html
    answer = client.get("/2032/projects.csv?box=3")
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["虚构大桥", "虚构道路20条"]
    assert [row["planned_stage"] for row in rows] == ["completed", "underway"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/2032/projects.xlsx?q=guoyuan").content))
    assert len(list(book.worksheets[0].rows)) == 2
    refused = client.get("/2032/projects.json?stage=x")
    assert refused.status_code == 400
    assert "可选：started（年内开工）" in refused.json()["detail"]
    assert client.get("/2032/projects.json?as_of=2001-01-01").status_code == 404


def test_no_draft_shows_anywhere(client: Client, plan: None) -> None:
    drafted = StatusUpdate.objects.create(
        task_id=task(publish(2033), 4, "分类", "虚构", planned_stage="started").task_id,
        reached_stage=Stage.COMPLETED,
        progress="98765",
        difficulty="98765",
        entered_by=publisher(),
    )
    slug = drafted.task.project.slug
    for address in ("/2033/projects/", "/2033/projects.json", f"/projects/{slug}/", f"/projects/{slug}.json"):
        assert "98765" not in client.get(address).content.decode()
        assert "completed" not in client.get(address).content.decode()


@pytest.mark.parametrize("query", ["", "?stage=started&q=x&sort=name"])
def test_a_fixed_number_of_queries(client: Client, plan: None, query: str) -> None:
    alone = queries_anew(client, LIST + query)
    act = publish(2032)
    for number in range(40):
        task(act, 5, "工业", f"虚构{number}号", planned_stage=Stage.STARTED)
    assert queries_anew(client, LIST + query) == alone <= 7


def test_without_a_year_it_leads_to_the_year_of_the_front_page(client: Client, year_over: int) -> None:
    assert client.get("/projects/")["Location"] == "/2031/projects/"
    assert client.get("/projects/?as_of=2001-01-01").status_code == 404
