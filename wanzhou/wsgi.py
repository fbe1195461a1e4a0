"""What an application server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from wanzhou.kernel import localpg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanzhou.settings")
localpg.ensure()
application = get_wsgi_application()
assert (
    get_resolver().url_patterns
)  # load the site map now: nobody's first visit waits for it, and a fault shows at the start
