"""Departments and people as an application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its name and how people call it."""

    name = "wanzhou.kernel.accounts"
    verbose_name = "单位与账号"
