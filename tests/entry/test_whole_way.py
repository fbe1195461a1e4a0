"""A quarter's whole way in a browser: entered by keyboard, sent back, mended, approved, published; the public page
changes at the last step and not before.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from indicators.models import AnnualTarget, Cause, QuarterlyActual
from tests.admin.test_screens import opened
from tests.cast import Cast
from tests.entry.desk import entry_of, printed_half_year, signed_in
from tests.entry.keyboard import Screen, focused, on_submit, page_of, press_until, saved
from wanzhou.kernel.plans.models import ReportingPeriod
from wanzhou.kernel.workflow.moves import State

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE_TABLE = 27
NOTED = {"public-budget-revenue-growth", "tax-revenue-growth"}
"""Rows whose real figures are far from the year before: a note is asked for."""
PUBLIC = "/2023/?period=first_half"
MINUTE = "%Y-%m-%dT%H:%M"


class Readers:
    """Everybody who looks at the half-year: whoever works on it, and the public."""

    def __init__(self, live_server: LiveServer, screen: Screen, cast: Cast, period: ReportingPeriod) -> None:
        self.live_server, self.screen, self.cast, self.period = live_server, screen, cast, period
        self.before = self.public()

    def public(self) -> str:
        """The public page, as anybody reads it."""
        answer = Client().get(PUBLIC)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def at(self, person: str, place: str) -> Page:
        client = signed_in(getattr(self.cast, person))
        return opened(self.screen(1440), client, self.live_server.url + place)


def test_from_the_keyboard_to_the_public_page(
    whole_table: ReportingPeriod, cast: Cast, live_server: LiveServer, screen: Screen
) -> None:
    readers = Readers(live_server, screen, cast, whole_table)
    targets = list(AnnualTarget.objects.filter(plan=whole_table.plan).headline().select_related("indicator"))
    page = page_of(live_server, screen, cast.clerk, whole_table)
    enter_all(page, targets)
    press_until(page, "Shift+Tab", lambda _: on_submit(page))
    page.keyboard.press("Enter")
    page.get_by_text("有不能保存的数据").wait_for()
    assert not QuarterlyActual.objects.filter(period=whole_table, state=State.SUBMITTED).exists()
    explained = explain_all(page)
    page.keyboard.press("Control+s")
    saved(page)
    press_until(page, "Shift+Tab", lambda _: on_submit(page))
    page.keyboard.press("Enter")
    page.get_by_text(f"已报送27条和{explained}条原因说明，等待审核。").wait_for()
    check_stored(whole_table)
    assert page.evaluate("window.__csp") == []
    send_back(readers, targets[0])
    mend(page, targets[0])
    assert readers.public() == readers.before
    approve_all(readers, WHOLE_TABLE + explained)
    assert readers.public() == readers.before
    publish(readers)
    assert readers.public() != readers.before
    assert "首次发布" in Client().get("/corrections/").content.decode()


def enter_all(page: Page, targets: list[AnnualTarget]) -> None:
    """Every row from the keyboard, with a note where the check asks for one."""
    printed = printed_half_year()
    press_until(page, "Tab", lambda name: name == f"cell-{targets[0].pk}")
    for target in targets:
        assert focused(page) == f"cell-{target.pk}"
        annual = target.indicator.frequency == "annual"
        page.keyboard.insert_text(
            printed.get(target.indicator.code) or ("年度指标" if annual else "市级暂未反馈")
        )
        if target.indicator.code in NOTED:
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Tab")
            assert focused(page) == f"note-{target.pk}"
            page.keyboard.insert_text("上年基数为负")
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    saved(page)
    assert page.locator("#dealt-words").inner_text() == "27 / 27"
    assert page.locator("#dealt-kinds").inner_text() == "填数 10 · 选原因 17"


def explain_all(page: Page) -> int:
    """原因 and 措施 of every row that asks for them, from the keyboard; returns how many asked."""
    asking = page.locator("tr.why:not([hidden])")
    asked = asking.count()
    assert asked > 0
    assert asking.first.get_by_text("滞后于序时进度，报送前须填写原因和下一步措施。").is_visible()
    for key in [asking.nth(n).get_attribute("data-why") for n in range(asked)]:
        press_until(page, "Tab", f"why-{key}".__eq__)
        page.keyboard.insert_text("市场需求不足")
        page.keyboard.press("Tab")
        assert focused(page) == f"next-{key}"
        page.keyboard.insert_text("加快项目建设")
    return asked


def check_stored(period: ReportingPeriod) -> None:
    entries = QuarterlyActual.objects.filter(period=period, state=State.SUBMITTED)
    stored = {e.target.indicator.code: e for e in entries.select_related("target__indicator")}
    assert len(stored) == WHOLE_TABLE
    for code, text in printed_half_year().items():
        assert stored[code].wording == text
    assert sum(e.outcome_state == "annual_only" for e in stored.values()) == 6
    causes = Cause.objects.filter(period=period)
    assert {cause.measures for cause in causes} == {"加快项目建设"}
    assert {cause.state for cause in causes} == {State.SUBMITTED}


def send_back(readers: Readers, target: AnnualTarget) -> None:
    page = readers.at("reviewer", f"/admin/review/?period={readers.period.pk}")
    page.locator(f"input[value^='figure-{entry_key(target)}-']").check()
    page.fill("#note", "请核对口径")
    page.get_by_role("button", name="退回所选").click()
    page.get_by_text("已退回").wait_for()


def entry_key(target: AnnualTarget) -> int:
    entry = entry_of(target)
    assert entry is not None
    return entry.pk


def mend(page: Page, target: AnnualTarget) -> None:
    page.reload()
    assert "请核对口径" in page.locator(f"#m-{target.pk}").inner_text()
    page.locator(f"#n-{target.pk}").fill("已核对")
    saved(page)
    page.locator("button[value=submit]").click()
    page.get_by_text("已报送1条，等待审核。").wait_for()


def approve_all(readers: Readers, count: int) -> None:
    page = readers.at("reviewer", f"/admin/review/?period={readers.period.pk}")
    boxes = page.locator("input[name=entry]")
    assert boxes.count() == count
    for number in range(count):
        boxes.nth(number).check()
    page.get_by_role("button", name="审核通过所选").click()
    page.get_by_text("没有待审核的内容").wait_for()


def publish(readers: Readers) -> None:
    page = readers.at("publisher", "/admin/publish/2023/first_half/")
    page.fill("[name=why]", "2023年上半年数据首次发布")
    page.select_option("[name=secrecy_by]", str(readers.cast.reviewer.pk))
    page.fill("[name=secrecy_at]", f"{timezone.localtime():{MINUTE}}")
    page.check("[name=confirmed]")
    assert readers.public() == readers.before
    page.get_by_role("button", name="发布以上内容").click()
    page.get_by_text("已发布").first.wait_for()
