"""Settings: one file, driven by the environment, safe by default.

Every name read here stands in docs/settings.md; a test holds the two equal.
"""

import datetime
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wanzhou import logs
from wanzhou.district import District, Footer
from wanzhou.kernel import localpg
from wanzhou.kernel.accounts.roles import Role

env = environ.Env()


def flag(name: str) -> bool:
    """A switch of the environment, off by default; a misspelt word must not read as off."""
    said = env.str(name, default="").strip().lower()
    if said not in (*environ.Env.BOOLEAN_TRUE_STRINGS, "", "false", "off", "no", "n", "0"):
        raise ImproperlyConfigured(f"{name} 应为 true 或 false，而不是“{said}”")
    return said in environ.Env.BOOLEAN_TRUE_STRINGS


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number of the environment, within its bounds."""
    said = env.str(name, default="").strip() or str(default)
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
        raise ImproperlyConfigured(f"{name} 应为 {least} 到 {most} 的整数，而不是“{said}”")
    return int(said)


def roles(name: str) -> frozenset[Role]:
    """Roles of the environment, by their codes."""
    said = {code.strip() for code in env.str(name, default="").split(",")} - {""}
    if unknown := said - set(Role):
        raise ImproperlyConfigured(f"{name} 里没有角色“{'、'.join(sorted(unknown))}”；可写 {'、'.join(Role)}")
    return frozenset(Role(code) for code in said)


BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = localpg.state_dir()


DISTRICT = District(
    name=env.str("WANZHOU_DISTRICT", default="万州区"),
    short=env.str("WANZHOU_DISTRICT_SHORT", default="万州"),
    city=env.str("WANZHOU_CITY", default="重庆市"),
    commission=env.str("WANZHOU_COMMISSION", default="重庆市万州区发展和改革委员会"),
    commission_short=env.str("WANZHOU_COMMISSION_SHORT", default="区发展改革委"),
    congress=env.str("WANZHOU_CONGRESS", default="万州区人民代表大会"),
    site_title=env.str("WANZHOU_SITE_TITLE", default="万州发展计划公开"),
)
FOOTER = Footer(
    host_unit=env.str("WANZHOU_HOST_UNIT", default=""),
    contact=env.str("WANZHOU_CONTACT", default=""),
    site_code=env.str("WANZHOU_SITE_CODE", default=""),
    icp=env.str("WANZHOU_ICP", default=""),
    police_record=env.str("WANZHOU_POLICE_RECORD", default=""),
)

# The licence that the published data stands under, in the commission's own words; without it nothing is said.
DATA_LICENCE = env.str("WANZHOU_DATA_LICENCE", default="")

# The address that people know the site by, for feeds and links that leave it; by default that of the request.
SITE_ADDRESS = env.str("WANZHOU_ADDRESS", default="").rstrip("/")
# Which part of the site this process serves: the public pages, the desks of the staff, or both.
SITE_PART = env.str("SITE_PART", default="all").strip().lower()
if SITE_PART not in {"public", "staff", "all"}:
    raise ImproperlyConfigured(f"SITE_PART 应为 public、staff 或 all，而不是“{SITE_PART}”")

# --- security ---------------------------------------------------------------------------------------------
DEBUG = flag("WANZHOU_DEBUG")
SECRET_KEY = env.str("WANZHOU_SECRET_KEY", default="") or localpg.secret(STATE_DIR)
ALLOWED_HOSTS = env.list("WANZHOU_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("WANZHOU_TRUSTED_ORIGINS", default=[])

HTTPS = flag("WANZHOU_HTTPS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- signing in: who may, how often one may err, how long it lasts -------------------------------------------
# The middlewares below go with the administration; public pages work without any of them. The tables of the
# libraries belong to ours (a person's second factor) and stay installed.
SIGN_IN_APPS = ["axes", "django_otp", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"]
SIGN_IN_MIDDLEWARE = [
    "wanzhou.kernel.accounts.middleware.Doorkeeper",
    "axes.middleware.AxesMiddleware",  # answers a locked-out sign-in with the page of AXES_LOCKOUT_CALLABLE
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # refuses whoever is locked out
    "wanzhou.kernel.accounts.backends.PeopleBackend",
]
SECOND_FACTOR_ROLES = roles("WANZHOU_SECOND_FACTOR_ROLES")
OTP_TOTP_ISSUER = DISTRICT.site_title
TRUSTED_PROXIES = number("WANZHOU_PROXIES", default=0, least=0, most=9)
IDLE_TIME = datetime.timedelta(minutes=number("WANZHOU_IDLE_MINUTES", default=30, least=1, most=1440))
LONGEST_SESSION = datetime.timedelta(hours=number("WANZHOU_SESSION_HOURS", default=12, least=1, most=24))
SESSION_COOKIE_AGE = int(LONGEST_SESSION.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Never less: a server keeps its sign-ins for six months.
SIGN_IN_LOG_DAYS = number("WANZHOU_SIGN_IN_LOG_DAYS", default=180, least=180, most=36_500)

AXES_HANDLER = "wanzhou.kernel.accounts.lockouts.SignInHandler"
AXES_FAILURE_LIMIT = number("WANZHOU_SIGN_IN_FAILURES", default=5, least=1, most=100)
AXES_COOLOFF_TIME = datetime.timedelta(
    minutes=number("WANZHOU_LOCKOUT_MINUTES", default=15, least=1, most=1440)
)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "wanzhou.kernel.accounts.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "wanzhou.kernel.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # impatience does not prolong it
AXES_DISABLE_ACCESS_LOG = True  # ours (登录记录) tells who, from where, how and why
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# --- composition ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "wanzhou.kernel.accounts",
    "wanzhou.kernel.plans",
    "wanzhou.kernel.workflow",
    "wanzhou.kernel.evidence",
    "indicators",
    "projects",
    "wanzhou.site.links",
    "wanzhou.site.reports",
    "wanzhou.site.dashboard",
    "wanzhou.site.export",
    "pghistory",
    "pgtrigger",
    *SIGN_IN_APPS,
    "import_export",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "ninja",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *SIGN_IN_MIDDLEWARE,
    "wanzhou.kernel.accounts.middleware.HistoryMiddleware",
]
if SITE_PART == "public":
    # Nobody signs in here, so that nothing of a person is read, set or remembered; what is added for the desks above
    # stays away unless it is named. The admin is installed for its models' sake only and must not ask for them.
    MIDDLEWARE = [
        name
        for name in MIDDLEWARE
        if name.rsplit(".", 1)[-1]
        in {
            "SecurityMiddleware",
            "WhiteNoiseMiddleware",
            "CSPMiddleware",
            "CommonMiddleware",
            "XFrameOptionsMiddleware",
        }
    ]
    SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410"]
ROOT_URLCONF = "wanzhou.urls"
WSGI_APPLICATION = "wanzhou.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
ROLES_FILE = BASE_DIR / "wanzhou" / "roles.toml"
LOGIN_URL = "admin:login"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "public",  # compiled, and told nothing of a request
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {"environment": "wanzhou.kernel.pages.templating.environment"},
    },
]
PASSWORD_LENGTH = number("WANZHOU_PASSWORD_LENGTH", default=10, least=8, most=64)
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "wanzhou.kernel.accounts.passwords.LongEnough", "OPTIONS": {"min_length": PASSWORD_LENGTH}},
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
]


# --- data -------------------------------------------------------------------------------------------------
def database() -> dict[str, Any]:
    """The PostgreSQL of DATABASE_URL (whose host may be the directory of a socket), or this checkout's own."""
    if not os.environ.get("DATABASE_URL"):
        return localpg.address(STATE_DIR)
    described: dict[str, Any] = env.db_url("DATABASE_URL")
    return {**described, "HOST": unquote(described.get("HOST", ""))}


DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **database(),
        "CONN_MAX_AGE": 60,
        # A server that was killed and came back is found again by the next request, not by the one after.
        "CONN_HEALTH_CHECKS": True,
    }
}
# A grid of 300 rows that goes without scripts sends all its fields at once: cells, states, notes, explanations.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 500},
    }
}
# Reading changes nothing; asking who reads would only make public pages depend on cookies.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"

# --- language and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# What people upload lies outside everything that is served as it lies there.
MEDIA_ROOT = Path(env.str("WANZHOU_MEDIA", default="") or STATE_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "wanzhou.storage.StaticFiles"
    },
}

# --- logs: one JSON object per line, on standard error ----------------------------------------------------
LOGGING = logs.logging(level=env.str("WANZHOU_LOG_LEVEL", default="WARNING"), debug=DEBUG)
