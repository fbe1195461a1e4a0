"""The project's settings with a cache that forgets at once: every page is made anew."""

from wanzhou.settings import *  # noqa: F403

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
