"""Addresses that nothing links to, whoever asks for them: refused or not there, and never an error of the server."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.admin.office import DESKS, Office, address

from .answers import WHO, Caller, callers

pytestmark = pytest.mark.django_db
ODD_KEYS = ("0", "x", "-1", "9" * 30, "1_2F1", "%00", "1%27")
ODD_QUESTIONS = (
    "e=1", "p=x", "p=99999999999999999999", "o=99.-1.x", "all=", "q=%00", f"q={'9' * 400}", "_popup=1&_to_field=x",
    "state__exact=nonsense", "plan__id__exact=x", "period__period__exact=x", "department__id__exact=" + "9" * 30,
    "nothing=1", "pk__in=x", "entered_by__password__startswith=a", "_facets=True",
)  # fmt: skip
AUTOCOMPLETE = (
    "", "term=a", "app_label=x&model_name=y&field_name=z", "app_label=indicators&model_name=cause&field_name=z",
    "app_label=indicators&model_name=cause&field_name=target&term=%00",
    "app_label=indicators&model_name=cause&field_name=target&page=x",
    "app_label=accounts&model_name=user&field_name=password",
    "app_label=pghistory&model_name=context&field_name=id", "app_label=indicators&model_name=cause&field_name=text",
)  # fmt: skip
ELSEWHERE = (
    "doc/", "doc/models/", "jsi18n/?language=x", "r/", "indicators/", "nowhere/", "indicators/nothing/", "axes/",
    "otp_totp/totpdevice/", "sessions/session/", "pghistory/", "history/pdf/", "history/csv/?kind=x&since=x",
    "city/annex.pdf", "city/0/0/", "rule/0/", "cause/0/0/", "adjust/0/",
    "history/?q=%00&who=%00", "city/?bureau=%00", "calibre/0/0/", "replace/0/",
    "publish/1066/full_year/", "publish/1990/x/", "decisions/1066/x/", "references/1066/x/", "drafting/1066/",
    "drafting/reading/?year=x&indicator=x", "indicators/quarterlyactual/entry/1066/x/",
    "accounts/user/x/password/", "accounts/user/0/unlock/", "accounts/user/0/second-factor/",
)  # fmt: skip


@pytest.fixture
def everybody(office: Office) -> dict[str, Caller]:
    return callers(office)


def met_calmly(caller: Caller, places: list[str], *methods: str) -> None:
    for place in places:
        for method in methods or ("get", "post"):
            status = caller.ask(place, method).status_code
            assert status < 500, (method, place)


@pytest.mark.parametrize("who", WHO)
def test_no_row_is_found_by_its_kind_and_number(everybody: dict[str, Caller], who: str) -> None:
    """Django's `/admin/r/` would look at any table, those of the record of changes among them."""
    for kind in ContentType.objects.all():
        for key in ("1", "x"):
            answer = everybody[who].ask(f"/admin/r/{kind.pk}/{key}/", "get")
            assert answer.status_code == (302 if who == "v" else 404), kind


@pytest.mark.parametrize("who", WHO)
def test_desks_are_asked_for_what_is_not_there(everybody: dict[str, Caller], who: str) -> None:
    rows = [
        f"/admin/{label.replace('.', '/')}/{key}/{page}/"
        for label in DESKS
        for key in ODD_KEYS
        for page in ("change", "delete", "history", "evidence")
    ]
    met_calmly(
        everybody[who], rows[:: 1 if who == "p" else 13], "get"
    )  # the publisher sees most; others by samples


@pytest.mark.parametrize("who", WHO)
def test_lists_are_asked_odd_questions(everybody: dict[str, Caller], who: str) -> None:
    asked = [f"{address(model, 'changelist')}?{odd}" for model in DESKS.values() for odd in ODD_QUESTIONS]
    met_calmly(everybody[who], asked[:: 1 if who == "a" else 17], "get")  # the auditor has every list


@pytest.mark.parametrize("who", WHO)
def test_other_places_are_met_calmly(everybody: dict[str, Caller], who: str) -> None:
    met_calmly(
        everybody[who],
        [f"/admin/autocomplete/?{asked}" for asked in AUTOCOMPLETE]
        + [f"/admin/{place}" for place in ELSEWHERE],
    )
