"""How long reading a report of about 300 pages takes, as text and as a Word file, and how much memory (at most 20 s).

Run: ``python -m benchmarks.reading``. The report is the published one, twenty times over. After it come texts made to
keep a reader busy, as large as they are let in, as ratios to the report's time.
"""

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from docx import Document

from tests.site.intake.hostile import HOSTILE
from wanzhou.site.reports.intake import Report, open_report, read_report

SOURCE = Path(__file__).parents[1] / "fixtures" / "sources" / "plan-report-2022-2023.txt"
TIMES = 20
MEGABYTE = 1024 * 1024


def text() -> bytes:
    return "\n".join([SOURCE.read_text("utf-8")] * TIMES).encode()


def word_file() -> bytes:
    """The same lines as paragraphs, cells that stand on lines of their own included."""
    document = Document()
    for line in text().decode().split("\n"):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def measured(act: Callable[[], Report]) -> tuple[float, float, Report]:
    """Seconds of one reading, and the megabytes that another one holds at its peak."""
    start = perf_counter()
    report = act()
    seconds = perf_counter() - start
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    return seconds, peak, report


def hostile_ratios(seconds: float) -> None:
    """Print how long each hostile text takes, in times of the ordinary report's seconds."""
    for name, made in HOSTILE.items():
        content = made(1).encode()
        start = perf_counter()
        read_report(open_report("报告.txt", content))
        print(f"{name}: {(perf_counter() - start) / seconds:.1f} ×")


if __name__ == "__main__":
    for name, content in (("报告.txt", text()), ("报告.docx", word_file())):
        seconds, peak, report = measured(
            lambda name=name, content=content: read_report(open_report(name, content))
        )
        entries = sum(len(box.entries) for box in report.boxes)
        print(
            f"{name}: {len(content) / MEGABYTE:.1f} MB, {seconds:.2f} s, peak {peak:.0f} MB, {entries} entries"
        )
        if name.endswith(".txt"):
            hostile_ratios(seconds)
