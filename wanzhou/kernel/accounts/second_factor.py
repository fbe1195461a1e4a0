"""The second factor (两步验证): a code from the person's phone, or one of the recovery codes on paper."""

from __future__ import annotations

import unicodedata
from base64 import b32encode
from typing import Any

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User
from .sign_in_terms import SignInReason

RECOVERY_CODES = 10
CODE_LENGTH = 6


def required_of(user: User) -> bool:
    """Whether the policy demands it of this person; a superuser holds every role."""
    roles = settings.SECOND_FACTOR_ROLES
    if not roles:
        return False
    return user.is_superuser or user.groups.filter(name__in=[role.label for role in roles]).exists()


def device_of(user: User) -> Any:
    """The phone that was enrolled; None where there is none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def device_to_enrol(user: User) -> Any:
    """The phone that is being enrolled: its secret stays the same until a code has confirmed it."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name="手机验证器")


def secret_of(device: Any) -> str:
    """The secret as people type it: groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def folded(code: str) -> str:
    """A code as it was meant: full-width signs, capitals, spaces and hyphens do not matter."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).lower() if sign.isalnum())


@transaction.atomic
def accepted(user: User, code: str) -> SignInReason | None:
    """By which kind of code the person is recognised; None where it is wrong, used, or tried again too soon.

    Six digits are a phone's, anything else a recovery code; each counts its own failures. The row is locked:
    one code admits once, also when it arrives twice at the same moment.
    """
    code = folded(code)
    from_phone = len(code) == CODE_LENGTH and code.isdecimal()
    kind = TOTPDevice if from_phone else StaticDevice
    device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None or not device.verify_token(code):
        return None
    return SignInReason.PASSWORD_AND_CODE if from_phone else SignInReason.PASSWORD_AND_RECOVERY_CODE


@transaction.atomic
def enrol(user: User, code: str) -> list[str] | None:
    """Confirm the phone by its first code; the recovery codes, or None where the code is wrong."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or device_of(user) or not device.verify_token(folded(code)):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new ones, as they are printed; the old ones end."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, confirmed=True, name="恢复码")
    tokens = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=token) for token in tokens)
    return [f"{token[:4]}-{token[4:]}" for token in tokens]


def recovery_codes_left(user: User) -> int:
    """How many of them are unused."""
    return int(StaticToken.objects.filter(device__user=user, device__confirmed=True).count())


@transaction.atomic
def remove(user: User) -> bool:
    """Forget the phone and the recovery codes; whether there was a confirmed phone."""
    had = device_of(user) is not None
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return had
