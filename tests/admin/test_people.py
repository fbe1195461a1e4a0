"""The desk of people: made, reset, unlocked and deactivated by the administrator, and every act on record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from tests.admin.conftest import SignIn
from tests.admin.office import address
from tests.cast import Cast
from tests.kernel.door import PASSWORD, is_in, knock, with_password, with_phone
from wanzhou.kernel.accounts import second_factor
from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.roles import Role, SystemAccount

pytestmark = pytest.mark.django_db
ACTS = ("password", "second-factor", "unlock")


def said(page: Any) -> str:
    return str(page.content.decode())


def password_on(page: Any) -> str:
    (password,) = re.findall(r'<code class="secret">([^<]+)</code>', said(page))
    return str(password)


def act(user: User, name: str) -> str:
    return f"/admin/accounts/user/{user.pk}/{name}/"


def role(role: Role) -> int:
    return Group.objects.get(name=role.label).pk


@pytest.fixture
def at_desk(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.administrator)


def test_a_new_person_signs_in_with_the_password_shown(cast: Cast, at_desk: Client, client: Client) -> None:
    facts = {"username": "new", "last_name": "新", "first_name": "人", "groups": [role(Role.HEAD)]}
    page = at_desk.post(address(User, "add"), {**facts, "department": cast.department.pk})
    assert "no-store" in page["Cache-Control"]
    assert "新人，测试单位" in said(page)
    person = User.objects.get(username="new")
    assert (person.must_change_password, person.is_superuser) == (True, False)
    assert password_on(page) not in said(at_desk.get(address(User, "change", person.pk)))
    assert knock(client, "new", password_on(page))["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == "/admin/password_change/"


def test_a_name_that_is_taken_is_said_beside_the_field(cast: Cast, at_desk: Client) -> None:
    page = at_desk.post(address(User, "add"), {"username": cast.clerk.username})
    assert "已存在一位使用该名字的用户" in said(page)


def test_resetting_a_password(cast: Cast, at_desk: Client, client: Client) -> None:
    knock(client, with_password(cast.clerk).username)
    assert "只显示一次" in said(at_desk.get(act(cast.clerk, "password")))
    cast.clerk.refresh_from_db()
    assert cast.clerk.check_password(PASSWORD), "asking does nothing yet"
    page = at_desk.post(act(cast.clerk, "password"))
    assert "no-store" in page["Cache-Control"]
    assert not is_in(client), "whoever was in with the old one is out"
    assert knock(client, cast.clerk.username, password_on(page)).status_code == 302
    assert client.get("/admin/")["Location"] == "/admin/password_change/"


def test_resetting_a_second_factor(cast: Cast, at_desk: Client) -> None:
    with_phone(cast.clerk)
    page = at_desk.get(address(User, "change", cast.clerk.pk))
    assert act(cast.clerk, "second-factor") in said(page)
    done = at_desk.post(act(cast.clerk, "second-factor"), follow=True)
    assert "测试填报员：已重置两步验证。" in said(done)
    assert act(cast.clerk, "second-factor") not in said(done)
    assert second_factor.device_of(cast.clerk) is None
    assert "本来就没有启用" in said(at_desk.post(act(cast.clerk, "second-factor"), follow=True))


def test_unlocking(cast: Cast, at_desk: Client, client: Client) -> None:
    with_password(cast.clerk)
    for _ in range(5):
        knock(client, cast.clerk.username, "wrong")
    assert "暂停登录中" in said(at_desk.get(address(User, "changelist")))
    assert act(cast.clerk, "unlock") in said(at_desk.get(address(User, "change", cast.clerk.pk)))
    done = at_desk.post(act(cast.clerk, "unlock"), follow=True)
    assert "测试填报员：已解除暂停登录。" in said(done)
    assert "暂停登录中" not in said(at_desk.get(address(User, "changelist")))
    assert knock(client, cast.clerk.username).status_code == 302
    assert "本来就没有暂停" in said(at_desk.post(act(cast.clerk, "unlock"), follow=True))


def test_deactivating_and_back(cast: Cast, at_desk: Client, client: Client) -> None:
    knock(client, with_password(cast.clerk).username)
    facts = {"username": cast.clerk.username, "department": cast.department.pk, "groups": [role(Role.CLERK)]}
    place = address(User, "change", cast.clerk.pk)
    assert at_desk.post(place, facts).status_code == 302
    assert not is_in(client)
    assert knock(client, cast.clerk.username).status_code == 200
    assert "已停用" in said(at_desk.get(address(User, "changelist")))
    at_desk.post(place, {**facts, "is_active": "on"})
    assert knock(client, cast.clerk.username).status_code == 302


def test_whoever_has_signed_in_is_not_deleted(cast: Cast, at_desk: Client, client: Client) -> None:
    knock(client, with_password(cast.clerk).username)
    place = address(User, "delete", cast.clerk.pk)
    for response in (at_desk.get(place), at_desk.post(place, {"post": "yes"})):
        assert response.status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [cast.clerk.pk], "post": "yes"}
    at_desk.post(address(User, "changelist"), chosen)
    assert User.objects.filter(pk=cast.clerk.pk).exists()


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", [None, *Role])
def test_who_may_do_it(who: Role | None, name: str, cast: Cast, client: Client) -> None:
    with_phone(with_password(cast.head))
    if who:
        client.force_login(getattr(cast, who))
    for send in (client.get, client.post):
        if who is Role.ADMINISTRATOR:
            assert send(act(cast.head, name)).status_code in (200, 302)
        else:
            assert send(act(cast.head, name)).status_code == (403 if who else 302)
            assert second_factor.device_of(cast.head)
            cast.head.refresh_from_db()
            assert cast.head.check_password(PASSWORD)


@pytest.mark.parametrize("name", ACTS)
def test_superusers_and_the_system_are_out_of_reach(
    name: str, cast: Cast, at_desk: Client, superuser: User
) -> None:
    built_in = User.objects.get(username=SystemAccount.LOADER)
    for person in (superuser, built_in):
        assert at_desk.post(act(person, name)).status_code == 403
    assert at_desk.post("/admin/accounts/user/987654/password/").status_code == 404


def test_roles_are_seen_and_every_grant_is_on_record(cast: Cast, at_desk: Client, sign_in: SignIn) -> None:
    facts = {
        "username": cast.clerk.username, "is_active": "on", "department": cast.department.pk,
        "groups": [role(Role.CLERK), role(Role.PUBLISHER)],
    }  # fmt: skip
    at_desk.post(address(User, "change", cast.clerk.pk), facts)
    assert "填报员、发改发布" in said(at_desk.get(address(User, "changelist")))
    at_desk.post(address(User, "change", cast.clerk.pk), {**facts, "groups": [role(Role.CLERK)]})
    with_phone(cast.clerk)
    at_desk.post(act(cast.clerk, "second-factor"))
    at_desk.post(act(cast.clerk, "password"))
    events = apps.get_model("accounts", "MembershipEvent").objects.filter(group=role(Role.PUBLISHER))
    mine = events.filter(user=cast.clerk).order_by("pgh_id")
    assert [event.pgh_label for event in mine] == ["granted", "withdrawn"]
    assert {event.pgh_context.metadata["user"] for event in mine} == {cast.administrator.pk}
    for reader in (cast.auditor, cast.administrator):
        page = said(sign_in(reader).get(address(User, "history", cast.clerk.pk)))
        steps = [step for step in re.findall(r"<td>(\w+)</td>", page) if step != "系统"]
        # One test is one transaction, so that everything has the same time here.
        assert {"新增", "修改", "取消两步验证", "收回角色", "授予角色"} == set(steps)
        assert "角色：发改发布" in page
        assert "须修改密码：<del>否</del> → 是" in page
        assert str(cast.administrator) in page


def test_a_role_given_to_oneself_by_a_query_is_on_record_too(cast: Cast) -> None:
    User.groups.through.objects.create(user_id=cast.administrator.pk, group_id=role(Role.PUBLISHER))
    event = apps.get_model("accounts", "MembershipEvent").objects.latest("pgh_id")
    assert (event.pgh_label, event.user_id, event.group_id) == (
        "granted",
        cast.administrator.pk,
        role(Role.PUBLISHER),
    )


def test_a_clerk_reads_no_history_of_people(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.clerk).get(address(User, "history", cast.clerk.pk)).status_code == 403
