"""Who gets in, who is stopped and for how long, and what is told at the door."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.cast import Cast
from tests.kernel.door import LOGIN, OWN_PASSWORD, PASSWORD, is_in, knock, log, with_password
from wanzhou.kernel.accounts.addresses import client_address
from wanzhou.kernel.accounts.models import SignIn, User
from wanzhou.kernel.accounts.policy import system_account
from wanzhou.kernel.accounts.roles import SystemAccount

NOON = datetime.datetime(2032, 3, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def clerk(cast: Cast) -> User:
    return with_password(cast.clerk)


def said(page: Any) -> str:
    return str(page.content.decode())


def errors(page: Any) -> list[str]:
    return [
        " ".join(text.split()) for text in re.findall(r'class="errornote"[^>]*>(.*?)</p>', said(page), re.S)
    ]


# --- coming in and going out ---------------------------------------------------------------------------------
def test_coming_in_and_going_out(clerk: User, client: Client) -> None:
    response = client.post(
        f"{LOGIN}?next=/admin/indicators/", {"username": clerk.username, "password": PASSWORD}
    )
    assert (response.status_code, response["Location"]) == (302, "/admin/indicators/")
    assert is_in(client)
    kept = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    assert not is_in(client)
    client.cookies["sessionid"] = kept
    assert not is_in(client), "the session is gone, not only its cookie"
    assert log() == [(clerk.username, "entered", "password"), (clerk.username, "left", "signed-out")]


def test_whoever_is_in_goes_on_to_the_workplace(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    assert client.get(LOGIN)["Location"] == "/admin/"


@pytest.mark.parametrize("elsewhere", ["https://example.net/", "//example.net/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(elsewhere: str, clerk: User, client: Client) -> None:
    facts = {"username": clerk.username, "password": PASSWORD, "next": elsewhere}
    assert client.post(LOGIN, facts)["Location"] == "/admin/"


def test_the_cookie_ends_with_the_browser(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    cookie = client.cookies["sessionid"]
    assert not cookie["max-age"]
    assert cookie["httponly"]


# --- what is told ----------------------------------------------------------------------------------------------
def test_it_is_never_told_whether_there_is_an_account(cast: Cast, clerk: User, client: Client) -> None:
    gone = with_password(cast.head)
    gone.is_active = False
    gone.save()
    outside = User.objects.create_user("test-outside", password=PASSWORD)
    built_in = system_account(SystemAccount.LOADER)
    tries = {
        clerk.username: ("wrong", "wrong-password"),
        "nobody": (PASSWORD, "unknown-account"),
        gone.username: (PASSWORD, "deactivated"),
        outside.username: (PASSWORD, "deactivated"),
        built_in.username: (PASSWORD, "deactivated"),
    }
    told = set()
    for username, (password, _) in tries.items():
        page = knock(client, username, password)
        assert page.status_code == 200
        told.add(re.sub(r'value="\w{64}"', "", said(page).replace(username, "")))
    assert len(told) == 1
    assert errors(page) == ["用户名或密码不对。请注意区分大小写；忘记密码请联系系统管理员重置。"]
    assert log() == [(username, "refused", reason) for username, (_, reason) in tries.items()]


def test_empty_fields_are_asked_for_and_not_counted(client: Client, db: None) -> None:
    page = knock(client, "", "")
    assert page.status_code == 200
    assert "这个字段是必填项" in said(page)
    assert not SignIn.objects.exists()


@pytest.mark.parametrize("username", ["a\0b", "x" * 400, "<script>", "测试"])
def test_strange_names_are_refused_calmly(username: str, client: Client, db: None) -> None:
    assert knock(client, username).status_code == 200


def test_whoever_is_deactivated_is_out_at_once(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert not is_in(client)


# --- the pause -------------------------------------------------------------------------------------------------
def fail(client: Client, username: str, times: int = 5, **more: Any) -> Any:
    for _ in range(times):
        page = knock(client, username, "wrong", **more)
    return page


def test_after_five_failures_there_is_a_pause(clerk: User, client: Client, settings: Settings) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert fail(client, clerk.username, 4).status_code == 200
        page = fail(client, clerk.username, 1)
        assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (429, "900", "no-store")
        assert "已连续 5 次登录失败" in said(page)
        assert "<strong>15 分钟</strong>后（20:15 以后）" in said(page)
        assert "系统管理员" in said(page)
        clock.shift(600)
        page = knock(client, clerk.username)
        assert page.status_code == 429, "the right password does not help"
        assert "<strong>5 分钟</strong>后（20:15 以后）" in said(page), "trying does not prolong it"
        clock.shift(301)
        assert knock(client, clerk.username).status_code == 302
    reasons = [reason for *_, reason in log()]
    assert reasons == ["wrong-password"] * 5 + ["locked-out", "password"]


def test_the_pause_is_for_one_account_at_one_address(cast: Cast, clerk: User, client: Client) -> None:
    with_password(cast.head)
    assert fail(client, clerk.username).status_code == 429
    assert knock(Client(), cast.head.username).status_code == 302
    assert knock(Client(), clerk.username, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_another_browser_is_no_way_round_it(clerk: User, client: Client) -> None:
    for number in range(5):
        page = knock(client, clerk.username, "wrong", HTTP_USER_AGENT=f"browser {number}")
    assert page.status_code == 429


def test_unknown_accounts_pause_alike(client: Client, db: None) -> None:
    assert fail(client, "nobody").status_code == 429


def test_a_success_forgets_earlier_failures(clerk: User, client: Client) -> None:
    for _ in range(3):
        assert fail(client, clerk.username, 4).status_code == 200
        assert knock(client, clerk.username).status_code == 302
        client.post("/admin/logout/")


def test_no_password_is_kept_with_the_failures(clerk: User, client: Client) -> None:
    knock(client, clerk.username, "Nearly-my-password")
    (attempt,) = AccessAttempt.objects.all()
    assert "Nearly" not in f"{attempt.post_data}{attempt.get_data}"


def test_limits_come_from_the_settings(clerk: User, client: Client, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    settings.AXES_COOLOFF_TIME = datetime.timedelta(minutes=3)
    page = fail(client, clerk.username, 2)
    assert page.status_code == 429
    assert "<strong>3 分钟</strong>" in said(page)


def told_by(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("everybody", [True, False])
def test_the_command_ends_the_pause(everybody: bool, clerk: User, client: Client) -> None:
    fail(client, clerk.username)
    assert told_by("unlock", "somebody-else") == "没有登录失败的记录，不需要解除。\n"
    assert knock(client, clerk.username).status_code == 429
    assert told_by("unlock", "--all" if everybody else clerk.username) == "已解除 1 个账号。\n"
    assert knock(client, clerk.username).status_code == 302


@pytest.mark.parametrize("arguments", [[], ["somebody", "--all"]])
def test_unlock_asks_for_one_or_all(arguments: list[str], db: None) -> None:
    with pytest.raises(CommandError, match="请写一个用户名，或写 --all。"):
        call_command("unlock", *arguments)


# --- where from ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),  # nobody of ours wrote it
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first part is what the visitor made up
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),  # did not come through both
        (1, "", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_behind_proxies(proxies: int, forwarded: str, address: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == address


def test_behind_a_socket_there_is_no_address() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_a_made_up_header_neither_escapes_the_pause_nor_reaches_the_log(clerk: User, client: Client) -> None:
    for number in range(5):
        page = knock(client, clerk.username, "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert page.status_code == 429
    assert set(SignIn.objects.values_list("address", flat=True)) == {"127.0.0.1"}


def test_behind_one_proxy_the_visitors_own_part_is_not_believed(
    clerk: User, client: Client, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        page = knock(
            client, clerk.username, "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.5"
        )
    assert page.status_code == 429
    assert set(SignIn.objects.values_list("address", flat=True)) == {"203.0.113.5"}
    others = knock(Client(), clerk.username, HTTP_X_FORWARDED_FOR="203.0.113.6")
    assert others.status_code == 302, "people behind the same proxy do not lock each other out"


# --- how long it lasts -----------------------------------------------------------------------------------------
def test_idle_people_are_signed_out(clerk: User, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, clerk.username)
        for _ in range(5):
            clock.shift(29 * 60)
            assert is_in(client), "working on keeps it"
        clock.shift(30 * 60)
        response = client.get("/admin/indicators/")
        assert response["Location"] == f"{LOGIN}?next=/admin/indicators/"
        assert [str(m) for m in get_messages(response.wsgi_request)] == [
            "您已较长时间没有操作，为安全起见已自动退出，请重新登录。"
        ]
        assert "为安全起见已自动退出" in said(client.get(LOGIN))
        assert not is_in(client)
    assert log()[-1] == (clerk.username, "left", "idle")


def test_no_session_lasts_longer_than_twelve_hours(clerk: User, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, clerk.username)
        for _ in range(12 * 3 - 1):
            clock.shift(20 * 60)
            assert is_in(client)
        clock.shift(20 * 60)
        assert not is_in(client)
    assert log()[-1] == (clerk.username, "left", "too-long")


def test_reading_on_writes_the_session_once_a_minute(clerk: User, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, clerk.username)
        clock.shift(59)
        client.get("/admin/")
        assert client.session["seen"] == int(NOON.timestamp())
        clock.shift(1)
        client.get("/admin/")
        assert client.session["seen"] == int(NOON.timestamp()) + 60


def test_a_form_sent_too_late_changes_nothing(cast: Cast, client: Client) -> None:
    with_password(cast.administrator)
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, cast.administrator.username)
        clock.shift(31 * 60)
        response = client.post(
            "/admin/accounts/department/add/", {"name": "太晚了", "code": "late", "order": 1}
        )
        assert response["Location"].startswith(LOGIN)
    assert not type(cast.department).objects.filter(code="late").exists()


# --- passwords -------------------------------------------------------------------------------------------------
def new_password(client: Client, old: str, new: str, again: str | None = None) -> Any:
    facts = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(OWN_PASSWORD, facts)


def test_a_given_password_is_changed_before_anything_else(cast: Cast, client: Client) -> None:
    given = told_by("reset_password", cast.clerk.username).strip().rpartition("：")[2]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", given)
    knock(client, cast.clerk.username, given)
    for place in ("/admin/", "/admin/indicators/annualtarget/", "/admin/second-factor/"):
        assert client.get(place)["Location"] == OWN_PASSWORD
    assert client.post("/admin/indicators/cause/add/", {})["Location"] == OWN_PASSWORD
    assert "管理员发给的，只用这一次" in said(client.get(OWN_PASSWORD))
    assert "新密码不能与原密码相同。" in said(new_password(client, given, given))
    assert new_password(client, given, PASSWORD)["Location"] == "/admin/"
    assert is_in(client)
    cast.clerk.refresh_from_db()
    assert not cast.clerk.must_change_password
    assert cast.clerk.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("Sh0rt-one", "密码太短，至少要 10 个字符。"),
        ("9876543210123", "密码只包含数字"),
        ("password1234", "这个密码太常见了"),
        ("test-clerk-1", "密码跟 用户名 太相似了。"),
    ],
)
def test_the_rules_of_passwords(password: str, complaint: str, clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    page = said(new_password(client, PASSWORD, password))
    assert complaint in page
    assert not re.search(
        r"<ul class=\"errorlist\"[^>]*>.*?[a-z]{4,}.*?</ul>", re.sub(r"<ul[^>]*>", "<ul>", page)
    )
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_changing_it_signs_out_the_other_places(clerk: User, client: Client) -> None:
    elsewhere = Client()
    for place in (client, elsewhere):
        knock(place, clerk.username)
    assert new_password(client, PASSWORD, "Daning-river-9").status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_wrong_old_password_changes_nothing(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    assert "旧密码不正确" in said(new_password(client, "wrong", "Daning-river-9"))
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_reset_password_by_command(cast: Cast, client: Client) -> None:
    fail(client, cast.clerk.username)
    given = told_by("reset_password", cast.clerk.username).strip().rpartition("：")[2]
    assert knock(client, cast.clerk.username, given).status_code == 302, "the pause has ended, too"
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    with pytest.raises(CommandError, match="--activate"):
        call_command("reset_password", cast.clerk.username)
    given = told_by("reset_password", cast.clerk.username, "--activate").strip().rpartition("：")[2]
    assert knock(Client(), cast.clerk.username, given).status_code == 302


@pytest.mark.parametrize("username", ["nobody", *SystemAccount])
def test_no_password_for_nobody_nor_for_the_system(username: str, cast: Cast) -> None:
    with pytest.raises(CommandError, match="没有用户"):
        call_command("reset_password", username)


# --- the public passes by --------------------------------------------------------------------------------------
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("place", ["/", "/healthz", "/1999/"])
def test_public_pages_know_no_session(place: str, client: Client, django_assert_num_queries: Any) -> None:
    def asked() -> tuple[list[str], Any]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            answer = client.get(place)
        return [re.sub(r"'[^']*'::timestamptz", "…", query["sql"]) for query in queries], answer

    client.get(place)
    before, public = asked()
    client.cookies["sessionid"] = "x" * 32
    after, answer = asked()
    assert before == after
    assert not answer.cookies
    # Pages differ by the look that a visitor chose, and by nothing else that a cookie may hold.
    assert answer.content == public.content
