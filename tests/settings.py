"""The project's settings as the tests need them."""

import fcntl
import os
from itertools import count

from wanzhou.settings import *  # noqa: F403
from wanzhou.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STATE_DIR


def free_slot() -> str:
    """A number that no other run of the tests on this server holds, so that two can run side by side."""
    STATE_DIR.mkdir(parents=True, exist_ok=True)
    for number in count():
        lock = os.open(STATE_DIR / f"tests-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        return str(number)  # the lock is held for as long as this process lives
    raise AssertionError


# The processes of one parallel run share the slot of the process that started them.
SLOT = os.environ.setdefault("WANZHOU_TEST_SLOT", "") or free_slot()
os.environ["WANZHOU_TEST_SLOT"] = SLOT

DATABASES["default"] = {**DATABASES["default"], "TEST": {"NAME": f"test_wanzhou_{SLOT}"}}
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
MEDIA_ROOT = STATE_DIR / f"tests-media-{SLOT}"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # fast; the real ones are Django's default
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files come from the tree; nothing is collected for a test run.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
