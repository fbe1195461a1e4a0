"""Whose hands a loading goes through: one built-in account enters, the other checks and publishes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from wanzhou.kernel.accounts.models import User
from wanzhou.kernel.accounts.policy import SYSTEM_ROLES, apply_policy, system_account
from wanzhou.kernel.accounts.roles import SystemAccount
from wanzhou.kernel.plans.models import RuleSet


@dataclass(frozen=True, slots=True)
class Hands:
    """The two accounts, and the rules that a new plan is judged by."""

    loader: User
    checker: User
    rules: RuleSet

    @classmethod
    def ready(cls) -> Hands:
        """The accounts with their roles, and the newest rules, made where they are missing."""
        if not all(_has_role(account) for account in SYSTEM_ROLES):
            apply_policy(settings.ROLES_FILE)
        loader, checker = (system_account(each) for each in (SystemAccount.LOADER, SystemAccount.CHECKER))
        rules = RuleSet.objects.first() or RuleSet.objects.create(
            version=1, by=loader, reason="起始规则（默认）"
        )
        return cls(loader, checker, rules)


def _has_role(account: SystemAccount) -> bool:
    return User.objects.filter(username=account, groups__name=SYSTEM_ROLES[account].label).exists()
