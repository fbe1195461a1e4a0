"""The cold render of the overview against an empty Django page, in one run.

Usage: python benchmarks/overview.py [ROUNDS]. Needs a database with published plans (./run once). Prints the
median time of each page and its ratio to the empty page: nothing is cached between rounds, the same middleware
runs for both, and connections are kept.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanzhou.settings")

import django
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, reset_queries
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

EMPTY = "/healthz"
PAGES = ("/", "/2022/", "/2023/", "/2022/indicators.json", "/2022/projects.json")


def fetch(handler: WSGIHandler, address: str) -> int:
    """One request through all middleware; the length of the answer."""
    request = RequestFactory().get(address, headers={"host": "localhost"})
    response = handler.get_response(request)
    if response.status_code != 200:
        raise SystemExit(
            f"{address} answers {response.status_code}: run ./run once, so that plans are published."
        )
    return len(getattr(response, "content", b""))


def median(handler: WSGIHandler, address: str, rounds: int) -> float:
    """The median of so many requests, in milliseconds."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        fetch(handler, address)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main(rounds: int) -> None:
    """Print a line for each page."""
    django.setup()
    from wanzhou.kernel import localpg

    if not os.environ.get("DATABASE_URL"):
        localpg.ensure()
    handler = WSGIHandler()
    fetch(handler, "/")  # templates are compiled once per process, not once per request
    empty = median(handler, EMPTY, rounds)
    print(f"{EMPTY:24} {empty:8.2f} ms")
    for address in PAGES:
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            size = fetch(handler, address)
        cold = median(handler, address, rounds)
        print(
            f"{address:24} {cold:8.2f} ms  ×{cold / empty:6.1f}  {len(queries)} queries  {size / 1024:.0f} KiB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
