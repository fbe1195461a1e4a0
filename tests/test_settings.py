"""Settings are safe by default, driven by the environment, and documented as they are read."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from wanzhou.kernel import localpg

NAME = re.compile(r"\b(?:WANZHOU_[A-Z_]+[A-Z]|DATABASE_URL|SITE_PART)\b")


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment in which nothing is set but the state directory."""
    for name in NAME.findall((localpg.CHECKOUT / "docs/settings.md").read_text(encoding="utf-8")):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WANZHOU_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def settings() -> dict[str, Any]:
    return runpy.run_path(str(localpg.CHECKOUT / "wanzhou/settings.py"))


def test_safe_by_default(state: Path) -> None:
    found = settings()
    assert found["DEBUG"] is False
    assert len(found["SECRET_KEY"]) >= 50
    assert found["SECRET_KEY"] == settings()["SECRET_KEY"]
    assert "*" not in found["ALLOWED_HOSTS"]
    assert found["DATABASES"]["default"]["HOST"] == str(state / "socket")
    assert not list(state.glob("postgresql*")), "reading the settings starts no server"


def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(state: Path) -> None:
    policy = settings()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == ["'none'"]
    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'", "data:"}


def test_https_turns_every_protection_on(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANZHOU_HTTPS", "true")
    found = settings()
    assert (
        found["SECURE_SSL_REDIRECT"] is found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    )
    assert found["SECURE_HSTS_SECONDS"] > 0


@pytest.mark.parametrize("name", ["WANZHOU_HTTPS", "WANZHOU_DEBUG"])
def test_a_misspelt_switch_is_not_taken_for_off(
    state: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "treu")
    with pytest.raises(ImproperlyConfigured, match=f"{name} 应为 true 或 false，而不是“treu”"):
        settings()
    monkeypatch.setenv(name, "Off")
    assert settings()[name.removeprefix("WANZHOU_")] is False


@pytest.mark.parametrize(
    ("name", "said", "complaint"),
    [
        ("WANZHOU_SIGN_IN_LOG_DAYS", "179", "应为 180 到 36500 的整数，而不是“179”"),
        ("WANZHOU_SIGN_IN_FAILURES", "0", "应为 1 到 100 的整数"),
        ("WANZHOU_LOCKOUT_MINUTES", "a while", "的整数，而不是“a while”"),
        ("WANZHOU_PROXIES", "-1", "应为 0 到 9 的整数"),
        ("WANZHOU_IDLE_MINUTES", "1.5", "的整数"),
        ("WANZHOU_SESSION_HOURS", "²", "的整数"),
        ("WANZHOU_PASSWORD_LENGTH", "4", "应为 8 到 64 的整数"),
        ("WANZHOU_SECOND_FACTOR_ROLES", "auditor,boss", "没有角色“boss”；可写 clerk、head"),
    ],
)
def test_what_weakens_the_sign_in_or_is_misspelt_is_refused(
    state: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str, complaint: str
) -> None:
    monkeypatch.setenv(name, said)
    with pytest.raises(ImproperlyConfigured, match=f"{name}.*{complaint}"):
        settings()


def test_the_sign_in_by_default_and_as_set(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings()
    assert (found["TRUSTED_PROXIES"], found["SECOND_FACTOR_ROLES"]) == (0, frozenset())
    assert (found["AXES_FAILURE_LIMIT"], found["AXES_COOLOFF_TIME"].seconds) == (5, 900)
    assert (found["IDLE_TIME"].seconds, found["SESSION_COOKIE_AGE"]) == (1800, 43200)
    assert (found["PASSWORD_LENGTH"], found["SIGN_IN_LOG_DAYS"]) == (10, 180)
    monkeypatch.setenv("WANZHOU_SECOND_FACTOR_ROLES", "publisher, administrator")
    monkeypatch.setenv("WANZHOU_SIGN_IN_LOG_DAYS", "365")
    assert settings()["SECOND_FACTOR_ROLES"] == {"publisher", "administrator"}
    assert settings()["SIGN_IN_LOG_DAYS"] == 365


def test_another_database(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://clerk:a%40b@db.example:5433/plans")
    found = settings()["DATABASES"]["default"]
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "plans")
    assert (found["USER"], found["PASSWORD"]) == ("clerk", "a@b")


def test_another_database_behind_a_socket(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://clerk@%2Frun%2Fpostgresql/plans")
    assert settings()["DATABASES"]["default"]["HOST"] == "/run/postgresql"


def test_another_district(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANZHOU_DISTRICT", "开州区")
    assert settings()["DISTRICT"].name == "开州区"
    assert settings()["DISTRICT"].city == "重庆市"


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    sources = [*localpg.CHECKOUT.glob("wanzhou/**/*.py"), localpg.CHECKOUT / "manage.py"]
    read = {name for source in sources for name in NAME.findall(source.read_text(encoding="utf-8"))}
    # The password of one role is read under a name that is put together.
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (localpg.CHECKOUT / "docs/settings.md").read_text("utf-8"), re.M)
    )
    assert documented - {"WANZHOU_DEMO_PASSWORD_ROLE"} == read
