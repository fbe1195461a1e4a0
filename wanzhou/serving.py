"""How gunicorn serves; `python -m gunicorn -c python:wanzhou.serving` reads the names below."""

import gc
import os
import sys
from typing import Any

wsgi_app = "wanzhou.wsgi"
bind = [f"127.0.0.1:{os.environ.get('WANZHOU_PORT', '8000')}"]
worker_class = "gthread"
workers = int(os.environ.get("WANZHOU_WORKERS", "2"))
threads = 4
max_requests = 10_000  # a worker that grew is replaced
max_requests_jitter = 1_000
graceful_timeout = 10  # seconds
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Leave what is loaded for good out of every later collection; say where the site is, once, when it has loaded."""
    gc.collect()
    gc.freeze()
    if worker.age == 1:
        print(f"网站已启动：http://{bind[0]}/ （按 Ctrl-C 停止）", file=sys.stderr, flush=True)
