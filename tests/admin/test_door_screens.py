"""The door of the administration in a real browser: from a given password to a sign-in with the phone."""

from __future__ import annotations

from base64 import b32decode
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.admin.conftest import SignIn
from tests.admin.office import address
from tests.admin.test_screens import OVERFLOW, WATCH, opened, violations
from tests.cast import Cast
from tests.kernel.door import PASSWORD, code_now, with_password, with_phone
from wanzhou.kernel.accounts.models import SignIn as Line
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.passwords import give_password
from wanzhou.kernel.accounts.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
Screen = Callable[..., BrowserContext]


class Visitor:
    """Somebody at a screen; every page that is looked at is held against the policy and the rules of access."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.site = site
        self.faults: dict[str, list[str]] = {}

    def look(self, name: str) -> None:
        self.page.wait_for_load_state("load")
        refused = self.page.evaluate("window.__csp")
        wide = self.page.evaluate(OVERFLOW)
        found = [*refused, *([f"wide by {wide}"] if wide > 0 else []), *violations(self.page)]
        if found:
            self.faults[name] = found

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto(f"{self.site}/admin/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()

    def give(self, code: str, button: str) -> None:
        self.page.get_by_label("验证码").fill(code)
        self.page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (390, "light"), (1440, "dark"), (390, "dark")]
)
def test_from_a_given_password_to_the_phone(
    width: int, scheme: str, cast: Cast, settings: Settings, live_server: LiveServer, screen: Screen
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK})
    given = give_password(cast.clerk)
    cast.clerk.save()
    visitor = Visitor(screen(width, scheme), live_server.url)
    page = visitor.page

    visitor.sign_in(cast.clerk.username, "wrong")
    visitor.look("refused")
    visitor.sign_in(cast.clerk.username, given)
    visitor.look("given password")
    page.get_by_label("旧密码").fill(given)
    page.get_by_label("新密码", exact=False).first.fill(PASSWORD)
    page.get_by_label("新密码确认").fill(PASSWORD)
    page.get_by_role("button", name="修改密码").click()

    page.wait_for_url("**/admin/second-factor/")
    visitor.look("enrolment")
    secret = b32decode(page.locator(".secret").inner_text().replace(" ", ""))
    first = code_now(secret)
    visitor.give(first, "启用")
    page.locator(".recovery-codes").wait_for()
    visitor.look("recovery codes")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="已经记好，进入工作台").click()
    page.get_by_role("link", name="两步验证").click()
    visitor.look("own second factor")

    page.get_by_role("button", name="注销").click()
    visitor.sign_in(cast.clerk.username, PASSWORD)
    visitor.look("second step")
    visitor.give(first, "登录")  # the one that enrolled the phone, however long ago
    page.get_by_text("已经用过").wait_for()
    visitor.look("used code")
    page.wait_for_timeout(1100)  # the phone's own pause after a wrong code
    visitor.give(code_now(secret, 1), "登录")
    page.wait_for_url("**/admin/")
    assert page.get_by_role("heading", name="发展计划工作台").is_visible()
    assert visitor.faults == {}
    assert list(Line.objects.order_by("id").values_list("reason", flat=True)) == [
        "wrong-password",
        "password",
        "signed-out",
        "wrong-code",
        "code",
    ]


def test_the_page_of_the_pause(cast: Cast, live_server: LiveServer, screen: Screen) -> None:
    with_password(cast.clerk)
    for width, scheme in ((1440, "light"), (390, "dark")):
        visitor = Visitor(screen(width, scheme), live_server.url)
        for _ in range(5):
            visitor.sign_in(cast.clerk.username, "wrong")
        visitor.page.get_by_role("heading", name="暂停登录").wait_for()
        visitor.look("pause")
        assert visitor.faults == {}


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
)
def test_the_administrators_pages(
    width: int, scheme: str, cast: Cast, sign_in: SignIn, live_server: LiveServer, screen: Screen
) -> None:
    with_phone(cast.clerk)
    client = sign_in(cast.administrator)
    context = screen(width, scheme)
    visitor = Visitor(context, live_server.url)
    places = [
        address(User, "changelist"),
        address(User, "change", cast.clerk.pk),
        address(User, "history", cast.clerk.pk),
        address(Line, "changelist"),
        *(f"/admin/accounts/user/{cast.clerk.pk}/{act}/" for act in ("password", "second-factor", "unlock")),
    ]
    for place in places:
        visitor.page = opened(context, client, live_server.url + place)
        visitor.look(place)
        visitor.page.close()

    visitor.page = opened(context, client, live_server.url + address(User, "add"))
    visitor.look("add")
    visitor.page.get_by_label("用户名").fill("new-person")
    visitor.page.get_by_label("部门负责人").check()
    visitor.page.get_by_role("button", name="保存", exact=True).click()
    visitor.page.locator(".secret").wait_for()
    visitor.look("password once")
    assert visitor.faults == {}
