"""What a page costs the server: made anew, kept, or only asked about, against a bare view and against nginx.

Run: ``python -m benchmarks.serving [REQUESTS]``, after ``./run --setup``. One run starts the real server (gunicorn, one
worker, as `wanzhou.serving` says) twice, once with a cache that forgets, on a database of its own, and asks for every
page in turn, in rounds, with four visitors at once on kept connections. Printed for each: requests per second and the
server's CPU time per request, the median of the rounds, and both as ratios to the bare view. Then the same with fifty
times the years. nginx serves the same compressed bytes from a file, where it is installed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
PORT, NGINX_PORT = 8195, 8198
TICKS = os.sysconf("SC_CLK_TCK")
KEPT, ANEW = "wanzhou.settings", "benchmarks.nothing_kept"
BARE = "bare view"
ROUNDS = 5
VISITORS = 4  # at the same time, as many as a worker has threads
# What is asked for: its name, its address, the settings, and whether the visitor has it already.
CASES = (
    (BARE, "/healthz", KEPT, False),
    ("overview, 304", "/2022/", KEPT, True),
    ("overview, kept", "/2022/", KEPT, False),
    ("overview, made anew", "/2022/", ANEW, False),
    ("year's JSON, kept", "/2022/indicators.json", KEPT, False),
    ("year's JSON, made anew", "/2022/indicators.json", ANEW, False),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one kind of request."""

    per_second: float
    cpu: float  # milliseconds of the server for one request
    size: int  # bytes of the answer's body as it travels


class Visitor:
    """One kept connection that asks one question again and again."""

    def __init__(self, port: int, address: str, etag: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        had = f"If-None-Match: {etag}\r\n" if etag else ""
        self.question = (
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n{had}\r\n".encode()
        )

    def ask(self) -> tuple[bytes, bytes]:
        """The head and the body of the answer."""
        self.socket.sendall(self.question)
        answer = self.socket.recv(1 << 18)
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(1 << 18)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            body += self.socket.recv(1 << 18)
        return head, body


def _length(head: bytes) -> int:
    if head.startswith(b"HTTP/1.1 304"):
        return 0
    return next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )


def header(head: bytes, name: str) -> str:
    """The value of a header."""
    lines = (line.partition(b": ") for line in head.split(b"\r\n"))
    return next((value.decode() for key, _, value in lines if key.decode().lower() == name), "")


def cost(process: int, port: int, address: str, requests: int, *, had: bool = False) -> Cost:
    """What so many requests cost, after as many as a worker needs to be warm."""
    head, body = Visitor(port, address).ask()
    visitor = Visitor(port, address, header(head, "etag") if had else "")
    for _ in range(20):
        head, body = visitor.ask()
    expected = b"304" if had else b"200"
    if expected not in head.split(b"\r\n")[0]:
        raise SystemExit(f"{address} answers {head.splitlines()[0].decode()}")
    etag = header(head, "etag") if had else ""
    visitors = [Visitor(port, address, etag) for _ in range(VISITORS)]
    used, begun = cpu_of(process), time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as together:
        list(together.map(lambda one: [one.ask() for _ in range(requests // VISITORS)], visitors))
    taken = time.perf_counter() - begun
    return Cost(requests / taken, (cpu_of(process) - used) * 1000 / requests, len(body))


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process and its children have used."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(own[11]) + int(own[12])) / TICKS + sum(cpu_of(int(child)) for child in children)


@contextmanager
def server(settings: str, database: str, port: int) -> Iterator[int]:
    """The real server with one worker; yields its process."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database,
        "WANZHOU_PORT": str(port),
        "WANZHOU_WORKERS": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:wanzhou.serving", "--keep-alive", "60"]
    with started(command, port, environment) as process:
        yield process


@contextmanager
def nginx(body: bytes) -> Iterator[int]:
    """nginx with the same bytes in a file; yields its process."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page").write_bytes(body)
        Path(folder, "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; user root;\n"
            "events { } http { access_log off; keepalive_requests 1000000;\n"
            f" server {{ listen 127.0.0.1:{NGINX_PORT}; root {folder}; default_type text/html;\n"
            "  add_header Content-Encoding br; } }\n"
        )
        with started(["nginx", "-c", f"{folder}/nginx.conf"], NGINX_PORT, dict(os.environ)) as process:
            yield process


@contextmanager
def started(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{command[0]} does not start")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def measured(database: str, requests: int) -> dict[str, Cost]:
    """Every case, on whatever the database holds: the median of the rounds."""
    with ExitStack() as running:
        ports = {KEPT: PORT, ANEW: PORT + 1}
        processes = {
            each: running.enter_context(server(each, database, port)) for each, port in ports.items()
        }
        asked = [(name, processes[where], ports[where], address, had) for name, address, where, had in CASES]
        if shutil.which("nginx"):
            other = running.enter_context(nginx(Visitor(PORT, "/2022/").ask()[1]))
            asked.append(("nginx, same bytes", other, NGINX_PORT, "/page", False))
        rounds = [
            {
                name: cost(process, port, address, requests, had=had)
                for name, process, port, address, had in asked
            }
            for _ in range(ROUNDS)
        ]
    return {name: _median([each[name] for each in rounds]) for name, *_ in asked}


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.per_second for one in costs),
        statistics.median(one.cpu for one in costs),
        costs[0].size,
    )


def show(title: str, costs: dict[str, Cost]) -> None:
    """A line for each case, with its ratios to the bare view."""
    bare = costs[BARE]
    print(f"\n{title}\n{'':24} {'requests/s':>12} {'ratio':>7} {'CPU ms':>9} {'ratio':>7} {'bytes':>8}")
    for name, one in costs.items():
        speed, work = one.per_second / bare.per_second, one.cpu / bare.cpu
        print(f"{name:24} {one.per_second:12.0f} {speed:7.2f} {one.cpu:9.3f} {work:7.2f} {one.size:8}")


def main(requests: int) -> None:
    """Measure, multiply the years, measure again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", KEPT)
    django.setup()
    from benchmarks.many_years import TIMES, database, multiply
    from wanzhou.kernel import localpg

    if not os.environ.get("DATABASE_URL"):
        localpg.ensure()
    with database() as address:
        few = measured(address, requests)
        show("as loaded", few)
        multiply()
        many = measured(address, requests)
        show(f"with {TIMES} times the years", many)
    print(f"\nCPU with {TIMES} times the years, as a ratio to as loaded")
    for name, one in many.items():
        print(f"{name:24} {one.cpu / few[name].cpu if few[name].cpu else 1:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
