"""At the door of the administration: people with passwords and phones, as a browser would send them in."""

from __future__ import annotations

import time
from base64 import b32decode
from typing import Any

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from wanzhou.kernel.accounts import second_factor
from wanzhou.kernel.accounts.models import SignIn, User

PASSWORD = "Changjiang-2032"
LOGIN, CODE, OWN_FACTOR = "/admin/login/", "/admin/login/code/", "/admin/second-factor/"
OWN_PASSWORD = "/admin/password_change/"


def with_password(user: User, password: str = PASSWORD) -> User:
    user.set_password(password)
    user.save()
    return user


def knock(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
    """The sign-in form, sent; `more` goes into the request's environment."""
    return client.post(LOGIN, {"username": username, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def code_now(secret: bytes, steps: int = 0) -> str:
    """What a phone shows now, or so many half minutes later."""
    phone = TOTP(secret)
    phone.time = time.time() + 30 * steps
    return f"{phone.token():06d}"


def with_phone(user: User) -> bytes:
    """Enrol a phone that has shown no code yet; its secret."""
    device = TOTPDevice.objects.create(user=user, confirmed=True, name="手机验证器")
    second_factor.new_recovery_codes(user)
    return bytes(device.bin_key)


def secret_on(page: Any) -> bytes:
    """The secret that an enrolment page shows as text."""
    shown = page.content.decode().partition('<code class="secret">')[2].partition("</code>")[0]
    return b32decode(shown.replace(" ", ""))


def log() -> list[tuple[str, str, str]]:
    """The sign-in log as it stands: user name, result, reason; oldest first."""
    return [(s.username, s.step, s.reason) for s in SignIn.objects.order_by("id")]
