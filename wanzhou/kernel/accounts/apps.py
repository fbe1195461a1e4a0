from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wanzhou.kernel.accounts"
    verbose_name = "单位与账号"
