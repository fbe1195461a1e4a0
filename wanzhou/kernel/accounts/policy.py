"""The role policy: what `roles.toml` says each role may do, and writing it into the database's groups."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from .models import User
from .roles import Role, SystemAccount

# The built-in accounts act through the same permissions as people do.
SYSTEM_ROLES = {SystemAccount.LOADER: Role.REVIEWER, SystemAccount.CHECKER: Role.PUBLISHER}


class PolicyError(Exception):
    """The policy file names something that does not exist; the message says where and what."""


def read_policy(path: Path) -> dict[Role, set[str]]:
    """The permissions of every role, as `app.codename`; `app.verb_*` stands for every model of the app."""
    sections: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(sections) ^ {role.value for role in Role}
    if unknown:
        raise PolicyError(f"{path.name}：角色须恰为{'、'.join(Role)}，不符的是{'、'.join(sorted(unknown))}。")
    return {role: set(_permissions(sections, role.value)) for role in Role}


def _permissions(sections: dict[str, dict[str, Any]], name: str) -> Iterator[str]:
    section = sections[name]
    for included in section.get("includes", []):
        yield from _permissions(sections, included)
    yield from section.get("permissions", [])
    for each in section.get("each", []):
        for model in each["models"]:
            app, _, model_name = model.partition(".")
            yield from (f"{app}.{verb}_{model_name}" for verb in each["may"])


@transaction.atomic
def apply_policy(path: Path) -> dict[Role, int]:
    """Make the groups hold exactly what the policy says; the number of permissions of each role."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    counts = {}
    for role, wanted in read_policy(path).items():
        group, _ = Group.objects.get_or_create(name=role.label)
        granted = {known[code].pk for pattern in wanted for code in _matching(pattern, known, path)}
        group.permissions.set(granted)
        counts[role] = len(granted)
    for account, role in SYSTEM_ROLES.items():
        system_account(account).groups.set([Group.objects.get(name=role.label)])
    return counts


def _matching(pattern: str, known: dict[str, Permission], path: Path) -> list[str]:
    codes = [code for code in known if code.startswith(pattern[:-1])] if pattern.endswith("*") else [pattern]
    if not codes or codes[0] not in known:
        raise PolicyError(f"{path.name}：没有权限“{pattern}”，须写作“应用.动作_模型”。")
    return codes


def system_account(account: SystemAccount) -> User:
    """The built-in account, made when it is first needed; nobody can sign in to it."""
    user, created = User.objects.get_or_create(username=account.value, defaults={"last_name": account.label})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
