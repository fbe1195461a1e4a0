"""The second factor: enrolled by its owner, asked for at every sign-in, good for one use, never a dead end."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from tests.cast import Cast
from tests.kernel import door
from tests.kernel.door import CODE, LOGIN, OWN_FACTOR, PASSWORD, code_now, is_in, knock, log, with_password
from wanzhou.kernel.accounts import second_factor
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.qr import qr_code
from wanzhou.kernel.accounts.roles import Role, SystemAccount

NOON = datetime.datetime(2032, 3, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def clerk(cast: Cast) -> User:
    return with_password(cast.clerk)


@pytest.fixture
def secret(clerk: User) -> bytes:
    return door.with_phone(clerk)


def said(page: Any) -> str:
    return str(page.content.decode())


def give(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def recovery_codes_on(page: Any) -> list[str]:
    return re.findall(r"<code>(\w{4}-\w{4})</code>", said(page))


# --- enrolling -------------------------------------------------------------------------------------------------
def test_enrolling_a_phone(clerk: User, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, clerk.username)
        page = client.get(OWN_FACTOR)
        secret = door.secret_on(page)
        assert '<svg class="qr"' in said(page)
        assert secret == door.secret_on(client.get(OWN_FACTOR)), "looking again does not change it"
        assert "验证码不对" in said(client.post(OWN_FACTOR, {"code": "abc"}))
        assert second_factor.device_of(clerk) is None
        clock.shift(10)
        answer = client.post(OWN_FACTOR, {"code": code_now(secret)})
        codes = recovery_codes_on(answer)
        assert len(set(codes)) == 10
        assert "no-store" in answer["Cache-Control"]
        assert "只显示这一次" in said(answer)
        assert not recovery_codes_on(client.get(OWN_FACTOR))
        assert "未用的恢复码还有 10 个" in said(client.get(OWN_FACTOR))
        client.post("/admin/logout/")

        assert knock(client, clerk.username)["Location"] == CODE
        assert not is_in(client), "the password alone is not enough"
        clock.shift(30)
        assert give(client, code_now(secret))["Location"] == "/admin/"
        assert is_in(client)
    assert log()[-1] == (clerk.username, "entered", "code")


def test_the_picture_holds_the_address_of_the_secret() -> None:
    drawn = qr_code("otpauth://totp/x")
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", drawn.path)
    rows = {int(row) for row in re.findall(r"M\d+ (\d+)", drawn.path)}
    assert (min(rows), max(rows)) == (4, drawn.side - 5), "with the quiet border that scanners need"


def test_nobody_enrols_a_second_phone_over_the_first(clerk: User, secret: bytes, client: Client) -> None:
    client.force_login(clerk)
    TOTPDevice.objects.create(user=clerk, confirmed=False, key="00" * 20)
    client.post(OWN_FACTOR, {"code": code_now(b"\0" * 20)})
    assert second_factor.device_of(clerk).bin_key == secret
    assert second_factor.enrol(clerk, code_now(b"\0" * 20)) is None


# --- signing in with it ----------------------------------------------------------------------------------------
def test_where_somebody_was_going_is_not_forgotten(clerk: User, secret: bytes, client: Client) -> None:
    client.post(f"{LOGIN}?next=/admin/indicators/", {"username": clerk.username, "password": PASSWORD})
    assert give(client, code_now(secret))["Location"] == "/admin/indicators/"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0:.3} {0:.0}", "full-width"])
def test_a_code_is_read_as_it_was_meant(typed: str, clerk: User, secret: bytes, client: Client) -> None:
    code = code_now(secret)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    spaced = f"{code[:3]} {code[3:]}"
    knock(client, clerk.username)
    assert (
        give(client, {"full-width": wide, "{}": code, " {} ": f" {code} "}.get(typed, spaced)).status_code
        == 302
    )


@pytest.mark.parametrize("wrong", ["000000", "abcd-efgh", "12345", "١٢٣٤٥٦", "—" * 6, "x" * 40])
def test_a_wrong_code_does_not_open(wrong: str, clerk: User, secret: bytes, client: Client) -> None:
    knock(client, clerk.username)
    if wrong == code_now(secret):
        wrong = "000001"
    page = give(client, wrong)
    assert page.status_code == 200
    assert "验证码不对，或已经用过" in said(page)
    assert not is_in(client)
    assert log()[-1] == (clerk.username, "refused", "wrong-code")


def test_a_code_opens_once(clerk: User, secret: bytes, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        code = code_now(secret)
        knock(client, clerk.username)
        assert give(client, code).status_code == 302
        watcher = Client()
        knock(watcher, clerk.username)
        assert "已经用过" in said(give(watcher, code))
        clock.shift(30)
        assert give(watcher, code_now(secret)).status_code == 302


def test_an_old_code_does_not_open(clerk: User, secret: bytes, client: Client) -> None:
    knock(client, clerk.username)
    assert give(client, code_now(secret, -4)).status_code == 200


def test_guessing_codes_leads_to_the_pause(clerk: User, secret: bytes, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(5):
            # A right password in between does not start the count anew.
            knock(client, clerk.username)
            page = give(client, f"{number:06d}")
            clock.shift(20)
        assert page.status_code == 429
        assert "暂停登录" in said(page)
        assert knock(client, clerk.username).status_code == 429
        assert give(client, code_now(secret)).status_code == 429, "nor may a half sign-in go on"
        assert not is_in(client)
        call_command("unlock", clerk.username, stdout=io.StringIO())
        knock(client, clerk.username)
        assert give(client, code_now(secret)).status_code == 302


def test_hasty_guesses_are_slowed_at_every_address(clerk: User, secret: bytes) -> None:
    """From many addresses nobody is locked out; the phone itself waits longer after each wrong code."""
    with time_machine.travel(NOON, tick=False):
        for number in range(3):
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            knock(client, clerk.username)
            give(client, "000000")
        knock(client, clerk.username)
        assert give(client, code_now(secret)).status_code == 200, "right, but too soon"


def test_the_second_step_waits_five_minutes(clerk: User, secret: bytes, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        knock(client, clerk.username)
        clock.shift(301)
        assert give(client, code_now(secret))["Location"] == LOGIN
        assert "等得太久了" in said(client.get(LOGIN))
        assert not is_in(client)


def test_nobody_starts_at_the_second_step(client: Client, db: None) -> None:
    assert client.get(CODE)["Location"] == LOGIN
    assert give(client, "123456")["Location"] == LOGIN


@pytest.mark.parametrize("change", ["deactivated", "another password"])
def test_half_a_sign_in_does_not_outlive_the_account(
    change: str, clerk: User, secret: bytes, client: Client
) -> None:
    knock(client, clerk.username)
    if change == "deactivated":
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    else:
        with_password(clerk, "Daning-river-9")
    assert give(client, code_now(secret))["Location"] == LOGIN


def test_anothers_code_does_not_open(cast: Cast, clerk: User, secret: bytes, client: Client) -> None:
    door.with_phone(with_password(cast.head))
    knock(client, cast.head.username)
    assert give(client, code_now(secret)).status_code == 200


# --- recovery codes --------------------------------------------------------------------------------------------
def test_a_recovery_code_opens_once(clerk: User, secret: bytes, client: Client) -> None:
    token = StaticToken.objects.filter(device__user=clerk).first()
    assert token
    typed = f"{token.token[:4]}-{token.token[4:]}".upper()
    knock(client, clerk.username)
    response = give(client, typed)
    assert response["Location"] == "/admin/"
    assert "您用了一个恢复码，还剩 9 个。" in said(client.get("/admin/"))
    assert log()[-1] == (clerk.username, "entered", "recovery-code")
    again = Client()
    knock(again, clerk.username)
    assert give(again, typed).status_code == 200


def test_the_last_recovery_codes_call_for_new_ones(clerk: User, secret: bytes, client: Client) -> None:
    keep = list(StaticToken.objects.filter(device__user=clerk)[:2])
    StaticToken.objects.exclude(pk__in=[token.pk for token in keep]).delete()
    knock(client, clerk.username)
    give(client, keep[0].token)
    assert "还剩 1 个。请尽快在“两步验证”里重新生成。" in said(client.get("/admin/"))


def test_new_recovery_codes_end_the_old(clerk: User, secret: bytes, client: Client) -> None:
    old = set(StaticToken.objects.filter(device__user=clerk).values_list("token", flat=True))
    client.force_login(clerk)
    assert "验证码不对" in said(client.post(OWN_FACTOR, {"step": "codes", "code": "000000"}))
    page = client.post(OWN_FACTOR, {"step": "codes", "code": next(iter(old))})
    assert len(recovery_codes_on(page)) == 10
    assert not old & set(StaticToken.objects.filter(device__user=clerk).values_list("token", flat=True))


# --- the policy ------------------------------------------------------------------------------------------------
@pytest.fixture
def demanded(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK})


@pytest.mark.usefixtures("demanded")
def test_who_must_enrol_is_led_there_and_not_locked_out(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    for place in ("/admin/", "/admin/indicators/annualtarget/", "/admin/password_change/"):
        assert client.get(place)["Location"] == OWN_FACTOR
    page = client.get(OWN_FACTOR)
    assert "按本单位规定" in said(page)
    client.post(OWN_FACTOR, {"code": code_now(door.secret_on(page))})
    assert is_in(client)


@pytest.mark.usefixtures("demanded")
def test_a_session_from_before_shows_its_code(clerk: User, secret: bytes, client: Client) -> None:
    client.force_login(clerk)
    assert client.get("/admin/")["Location"] == OWN_FACTOR
    assert "请输入验证码后继续" in said(client.get(OWN_FACTOR))
    assert client.post(OWN_FACTOR, {"step": "verify", "code": code_now(secret)})["Location"] == "/admin/"
    assert is_in(client)


@pytest.mark.usefixtures("demanded")
def test_other_roles_are_left_alone_and_superusers_are_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.reviewer)
    assert is_in(client)
    client.force_login(User.objects.create_superuser("test-superuser"))
    assert client.get("/admin/")["Location"] == OWN_FACTOR


@pytest.mark.usefixtures("demanded")
def test_a_given_password_comes_first(clerk: User, client: Client) -> None:
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    knock(client, clerk.username)
    assert client.get(OWN_FACTOR)["Location"] == door.OWN_PASSWORD


@pytest.mark.parametrize("must", [True, False])
def test_giving_it_up(must: bool, clerk: User, secret: bytes, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK} if must else ())
    knock(client, clerk.username)
    give(client, code_now(secret))
    assert ("换一部手机" if must else "停用两步验证") in said(client.get(OWN_FACTOR))
    answer = client.post(OWN_FACTOR, {"step": "remove", "code": code_now(secret, 1)})
    assert answer["Location"] == (OWN_FACTOR if must else "/admin/")
    assert second_factor.device_of(clerk) is None
    assert not StaticToken.objects.exists()
    assert is_in(client) is not must


def test_nothing_is_done_without_a_code_or_a_known_step(clerk: User, secret: bytes, client: Client) -> None:
    client.force_login(clerk)
    for facts in ({"step": "remove"}, {"step": "nonsense", "code": code_now(secret)}, {}):
        assert client.post(OWN_FACTOR, facts).status_code == 200
    assert second_factor.device_of(clerk)


@pytest.mark.parametrize("place", [OWN_FACTOR, door.OWN_PASSWORD])
def test_strangers_are_sent_to_the_door(place: str, client: Client, db: None) -> None:
    for answer in (client.get(place), client.post(place, {})):
        assert answer["Location"] == f"{LOGIN}?next={place}"


@pytest.mark.parametrize("role", Role)
def test_everybody_has_these_pages(role: Role, cast: Cast, client: Client) -> None:
    client.force_login(getattr(cast, role))
    for place in (OWN_FACTOR, door.OWN_PASSWORD):
        page = client.get(place)
        assert page.status_code == 200
        assert "unsafe" not in page["Content-Security-Policy"]
        assert not re.search(r'<style|\sstyle="|<script(?![^>]*src=)|\son\w+="', said(page))
        assert "no-store" in page["Cache-Control"]


# --- recovery and record ---------------------------------------------------------------------------------------
def test_the_command_lets_in_whoever_lost_the_phone(clerk: User, secret: bytes, client: Client) -> None:
    out = io.StringIO()
    call_command("reset_second_factor", clerk.username, stdout=out)
    call_command("reset_second_factor", clerk.username, stdout=out)
    assert out.getvalue() == "已重置两步验证。\n本来就没有启用两步验证。\n"
    assert knock(client, clerk.username)["Location"] == "/admin/"
    with pytest.raises(CommandError, match="没有用户"):
        call_command("reset_second_factor", SystemAccount.LOADER)


def test_enrolling_and_removing_are_recorded_without_the_secret(clerk: User, client: Client) -> None:
    knock(client, clerk.username)
    secret = door.secret_on(client.get(OWN_FACTOR))
    client.post(OWN_FACTOR, {"code": code_now(secret)})
    second_factor.remove(clerk)
    events = apps.get_model("accounts", "SecondFactorEvent").objects.order_by("pgh_id")
    assert [(event.pgh_label, event.user_id) for event in events] == [
        ("enabled", clerk.pk),
        ("removed", clerk.pk),
    ]
    assert events[0].pgh_context.metadata["user"] == clerk.pk
    assert {field.name for field in events.model._meta.fields} & {"key", "token"} == set()


def test_the_parts_of_the_library_stay_out_of_sight() -> None:
    from django.contrib import admin

    assert not [m for m in admin.site._registry if m._meta.app_label in ("axes", "otp_totp", "otp_static")]
