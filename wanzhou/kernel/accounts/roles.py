"""The six roles, and the built-in accounts through which the system itself acts."""

from __future__ import annotations

from wanzhou.kernel.terms import Term

EVERY_DEPARTMENT = "indicators.view_every_department"
"""The permission to see and enter what belongs to departments other than one's own."""


class Role(Term):
    """A role is a group of the same label; what it may do is data, in `roles.toml` beside the settings."""

    CLERK = "clerk", "填报员"
    HEAD = "head", "部门负责人"
    REVIEWER = "reviewer", "发改审核"
    PUBLISHER = "publisher", "发改发布"
    ADMINISTRATOR = "administrator", "系统管理员"
    AUDITOR = "auditor", "审计员"


class SystemAccount(Term):
    """Accounts that cannot sign in: what they do is done by the system, and says so."""

    LOADER = "system-load", "系统载入"
    CHECKER = "system-check", "系统核对"
