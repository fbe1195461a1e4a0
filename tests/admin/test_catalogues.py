"""The catalogues as workbooks: out and in changes nothing; what would change is shown first; all or nothing."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from indicators.models import Indicator
from tests.admin.conftest import SignIn
from tests.cast import Cast
from tests.entry.uploads import sheet
from wanzhou.kernel.accounts.models import Department
from wanzhou.site.workbench.catalogues import CATALOGUES

pytestmark = pytest.mark.django_db
INDICATORS, DEPARTMENTS = "/admin/catalogues/indicators/", "/admin/catalogues/departments/"
HEAD = ("代码", "名称", "短名", "别名", "累计方式", "向好方向", "频次", "定义")
GROWTH = ("test-growth", "测试增速", "测试 增速", "甲；乙", "增速比率", "越高越好", "按季", "")


@pytest.fixture
def publisher(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.publisher)


def look(client: Client, place: str, *lines: tuple[Any, ...]) -> Any:
    answer = client.post(place, {"workbook": sheet(*lines, name="目录.xlsx")})
    assert answer.status_code == 200
    return answer


def confirm(client: Client, place: str, looked: Any) -> str:
    sent = {"rows": looked.context["rows"], "seen": looked.context["found"].digest}
    return str(client.post(place, sent, follow=True).content.decode())


def test_out_and_in_changes_nothing(loaded_plans: None, publisher: Client) -> None:
    for key, model in (("indicators", Indicator), ("departments", Department)):
        place = f"/admin/catalogues/{key}/"
        out = publisher.get(f"{place}export.xlsx")
        assert out["Content-Type"].endswith("spreadsheetml.sheet")
        page = load_workbook(io.BytesIO(out.content)).worksheets[0]
        assert page.max_row == model._default_manager.count() + 1
        answer = publisher.post(place, {"workbook": SimpleUploadedFile("目录.xlsx", out.content)})
        found = answer.context["found"]
        assert (found.differences, answer.context["problems"], answer.context["notices"]) == ((), (), ())
        assert found.same == model._default_manager.count()


def test_changes_are_shown_first_and_then_made(publisher: Client) -> None:
    Indicator.objects.create(
        code="test-growth", name="测试增速", short_name="测试 增速", accrual="rate", favourable="higher",
        frequency="quarterly",
    )  # fmt: skip
    other = ("test-level", "测试存量", "测试 存量", "", "时点量", "越低越好", "年度", "年末数")
    looked = look(publisher, INDICATORS, HEAD, GROWTH, other)
    changed, new = looked.context["found"].differences
    assert changed.fields == (("别名", "", "甲；乙"),)
    assert (new.is_new, new.row, new.code) == (True, 3, "test-level")
    page = looked.content.decode()
    assert "空 → <b>甲；乙</b>" in page
    assert Indicator.objects.count() == 1, "looking changes nothing"
    assert "已导入：新增1行，修改1行" in confirm(publisher, INDICATORS, looked)
    made = Indicator.objects.get(code="test-level")
    assert (made.accrual, made.favourable, made.frequency) == ("level", "lower", "annual")
    assert Indicator.objects.get(code="test-growth").aliases == "甲；乙"


def test_it_is_on_record_who_did_it(publisher: Client, cast: Cast, sign_in: SignIn) -> None:
    confirm(publisher, DEPARTMENTS, look(publisher, DEPARTMENTS, ("代码", "名称"), ("third", "第三单位")))
    told = sign_in(cast.auditor).get("/admin/history/", {"kind": "department"}).content.decode()
    assert "第三单位" in told
    assert str(cast.publisher) in told


def test_columns_that_are_not_there_stay_as_they_are(publisher: Client, cast: Cast) -> None:
    Department.objects.filter(pk=cast.department.pk).update(order=7, is_default=True)
    confirm(publisher, DEPARTMENTS, look(publisher, DEPARTMENTS, ("名称", "代码"), ("新名称", "invented")))
    cast.department.refresh_from_db()
    assert (cast.department.name, cast.department.order, cast.department.is_default) == ("新名称", 7, True)


def test_one_wrong_row_and_nothing_is_imported(publisher: Client) -> None:
    wrong = (
        ("甲 乙", *GROWTH[1:]), ("b-growth", "", *GROWTH[2:]),
        ("c-growth", "丙", "丙", "", "增长率", "越高越好", "按季", ""),
        ("d-growth", "长" * 101, "丁", "", "增速比率", "越高越好", "按季", ""), GROWTH, GROWTH,
    )  # fmt: skip
    looked = look(publisher, INDICATORS, HEAD, *wrong)
    said = looked.context["problems"]
    assert said[0] == "第7行和第6行的代码都是“test-growth”，只能有一行。"
    assert said[1] == "第2行：代码须填，只用字母、数字、下划线和连字符，如 gdp-growth。"
    assert said[2].startswith("第3行：名称：")
    assert (
        said[3] == "第4行：累计方式：“增长率”不是可选的值，可选：增速比率、累计量、时点量、等级、上级下达。"
    )
    assert said[4].startswith("第5行：名称：")
    page = looked.content.decode()
    assert "没有导入" in page
    assert "导入以上" not in page
    assert "rows" not in looked.context, "nothing is handed out that could be confirmed"
    assert not Indicator.objects.exists()


def test_departments_are_read_in_plain_words(publisher: Client) -> None:
    head = ("代码", "名称", "顺序", "默认对应")
    looked = look(publisher, DEPARTMENTS, head, ("a", "甲", "３", "是"), ("b", "乙", None, None))
    confirm(publisher, DEPARTMENTS, looked)
    assert list(Department.objects.filter(code__in="ab").order_by("code").values_list("order", "is_default")) == [
        (3, True), (0, False),
    ]  # fmt: skip
    looked = look(publisher, DEPARTMENTS, head, ("c", "丙", "第三", "也许"), ("d", "甲", 1, "否"))
    assert list(looked.context["problems"]) == [
        "第2行：顺序：“第三”不是 0 到 32767 的整数。", "第2行：默认对应：“也许”看不懂，应填“是”或“否”。",
        "第3行：名称：具有 名称 的 责任单位 已存在。",
    ]  # fmt: skip


def test_what_changed_beneath_is_shown_again(publisher: Client, cast: Cast) -> None:
    looked = look(publisher, DEPARTMENTS, ("代码", "名称"), ("invented", "新名称"))
    Department.objects.filter(code="invented").update(name="别人改的")
    page = confirm(publisher, DEPARTMENTS, looked)
    assert "您看过以后，有人改过其中的行，没有导入" in page
    assert "别人改的 → <b>新名称</b>" in page
    cast.department.refresh_from_db()
    assert cast.department.name == "别人改的"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("谁", "多少")], "没有找到表头"),
        ([("代码", "名称", "电话"), ("a", "甲", "1")], "没有“电话”这一列，没有读取"),
        ([("代码", "名称"), ("a", "=1+1")], "B2“公式”不是文字或数字"),
        ([("代码", "名称"), ("a", datetime.date(2023, 6, 5))], "B2“2023-06-05”不是文字或数字"),
    ],
)
def test_what_cannot_be_read_is_said(publisher: Client, lines: list[Any], said: str) -> None:
    assert said in look(publisher, DEPARTMENTS, *lines).content.decode()


def test_a_cell_that_is_not_believed_stops_all_of_it(publisher: Client) -> None:
    Indicator.objects.create(
        code="test-growth", name="测试增速", short_name="测试 增速", accrual="rate", favourable="higher",
        frequency="quarterly", definition="说明",
    )  # fmt: skip
    looked = look(publisher, INDICATORS, HEAD, (*GROWTH[:-1], "#N/A"))
    assert "H2“#N/A”不是文字或数字" in looked.content.decode()
    assert "rows" not in looked.context


def test_files_that_are_not_opened(publisher: Client) -> None:
    assert "没有选择文件" in publisher.post(DEPARTMENTS).content.decode()
    old = SimpleUploadedFile("旧.et", b"\xd0\xcf\x11\xe0")
    assert "这里读不了" in publisher.post(DEPARTMENTS, {"workbook": old}).content.decode()
    for rows in ("forged", ""):
        assert "已经过时" in publisher.post(DEPARTMENTS, {"rows": rows, "seen": "x"}).content.decode()
    assert publisher.get("/admin/catalogues/projects/").status_code == 404


def test_nothing_of_it_runs_as_a_formula(publisher: Client) -> None:
    Department.objects.create(code="live", name="=1+1")
    out = publisher.get(f"{DEPARTMENTS}export.xlsx").content
    cells = {
        cell.value: cell.data_type for row in load_workbook(io.BytesIO(out)).worksheets[0] for cell in row
    }
    assert cells["=1+1"] == "s"
    assert set(cells.values()) <= {"s", "n"}


# Who sees a catalogue, and who may import into it.
ROLES = {
    "clerk": ("ir", "dr"), "head": ("ir", "dr"), "reviewer": ("ir", "dr"), "publisher": ("irw", "drw"),
    "administrator": ("", "drw"), "auditor": ("ir", "dr"),
}  # fmt: skip


@pytest.mark.parametrize("who", ROLES)
def test_who_may(who: str, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(getattr(cast, who))
    lines = {"indicators": (HEAD, GROWTH), "departments": (("代码", "名称"), ("third", "第三单位"))}
    for key, may in zip(CATALOGUES, ROLES[who], strict=True):
        place = f"/admin/catalogues/{key}/"
        for address in (place, f"{place}export.xlsx"):
            assert client.get(address).status_code == (200 if "r" in may else 403)
        looked = client.post(place, {"workbook": sheet(*lines[key])})
        assert looked.status_code == (200 if "w" in may else 403)
        if "w" in may:
            assert "已导入：新增1行" in confirm(client, place, looked)
        else:
            assert client.post(place, {"rows": "x", "seen": "x"}).status_code == 403
    assert Indicator.objects.exists() == ("irw" in ROLES[who])
    assert Department.objects.filter(code="third").exists() == ("drw" in ROLES[who])


def test_a_visitor_is_led_to_the_door() -> None:
    for place in (INDICATORS, f"{INDICATORS}export.xlsx"):
        assert Client().get(place).status_code == 302
    assert Client().post(INDICATORS, {"workbook": sheet(HEAD, GROWTH)}).status_code == 302
    assert not Indicator.objects.exists()


def test_the_desks_lead_there(publisher: Client) -> None:
    for model, place in (("indicators/indicator", INDICATORS), ("accounts/department", DEPARTMENTS)):
        assert place in publisher.get(f"/admin/{model}/").content.decode()
