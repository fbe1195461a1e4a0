"""The sign-in log: kept for half a year, by the database too; read and exported, never rewritten."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast
from tests.kernel.door import knock, with_password
from wanzhou.kernel.accounts.models import SignIn
from wanzhou.kernel.accounts.roles import Role

LIST = "/admin/accounts/signin/"
EXPORT = f"{LIST}export/"


def line(days_ago: int = 0, **facts: Any) -> SignIn:
    at = timezone.now() - datetime.timedelta(days=days_ago)
    given = {"step": "refused", "reason": "wrong-password", "username": "somebody"} | facts
    return SignIn.objects.create(at=at, **given)


def prune() -> str:
    out = io.StringIO()
    call_command("prune_signins", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_pruning_takes_only_what_is_too_old() -> None:
    kept = [line(days) for days in (0, 100, 179)]
    for days in (181, 400):
        line(days)
    assert prune() == "已删除 2 条；最近 180 天的登录记录都保留。\n"
    assert list(SignIn.objects.order_by("id")) == kept
    assert prune().startswith("已删除 0 条")


@pytest.mark.django_db
def test_a_longer_keeping_is_kept(settings: Settings) -> None:
    settings.SIGN_IN_LOG_DAYS = 365
    line(300)
    assert prune() == "已删除 0 条；最近 365 天的登录记录都保留。\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM accounts_signin",
        "UPDATE accounts_signin SET address = NULL",
        "UPDATE accounts_signin SET at = now() - interval '1 year'",
    ],
)
def test_the_database_itself_refuses(sql: str) -> None:
    line(179)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"step": "flew"}, {"reason": "magic"}])
def test_unknown_words_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        line(**facts)


def test_whoever_has_signed_in_is_not_deleted(cast: Cast, client: Client) -> None:
    knock(client, with_password(cast.clerk).username)
    with pytest.raises(ProtectedError):
        cast.clerk.delete()


@pytest.mark.parametrize("role", [None, *Role])
def test_who_reads_and_exports_it(role: Role | None, cast: Cast, client: Client) -> None:
    row = line()
    if role:
        client.force_login(getattr(cast, role))
    may = role in (Role.ADMINISTRATOR, Role.AUDITOR)
    refused = 403 if role else 302
    for place in (LIST, EXPORT, f"{LIST}{row.pk}/change/"):
        assert client.get(place).status_code == (200 if may else refused), place
    for place in (f"{LIST}add/", f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/delete/"):
        assert client.post(place, {"post": "yes"}).status_code == refused, place
    client.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert SignIn.objects.filter(pk=row.pk).exists()


def exported(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"{EXPORT}{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff"), "so that Excel reads it as it is"
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_export_is_what_the_list_shows(cast: Cast, client: Client) -> None:
    with_password(cast.clerk)
    knock(client, cast.clerk.username, "wrong", HTTP_USER_AGENT="A browser")
    line(username="=HYPERLINK(1)", address="2001:db8::7", agent="@x")
    client.force_login(cast.auditor)
    headings, *rows = exported(client)
    assert headings == ["时间", "用户名", "姓名", "责任单位", "结果", "说明", "来源地址", "浏览器"]
    assert [row[1:] for row in rows][1:] == [
        ["'=HYPERLINK(1)", "", "", "登录失败", "密码不对", "2001:db8::7", "'@x"],
        ["test-clerk", "测试填报员", "测试单位", "登录失败", "密码不对", "127.0.0.1", "A browser"],
    ]
    assert len(exported(client, "?q=test-clerk")) == 2
    assert len(exported(client, "?step__exact=entered")) == 2


def test_the_export_costs_one_query_for_any_number_of_lines(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        line(username=f"user-{number}", user=cast.clerk)
    client.force_login(cast.auditor)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        assert len(exported(client)) == 32
