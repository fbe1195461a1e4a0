"""How long opening a workbook of 5,000 rows takes, against bare openpyxl reading of the same file (at most 6 times).

Run: ``python -m benchmarks.opening``.
"""

import io
from collections.abc import Callable
from time import perf_counter

from openpyxl import Workbook, load_workbook

from wanzhou.kernel.workbooks.opening import open_sheets

ROWS = 5_000


def workbook() -> bytes:
    """A quarter's columns, 5,000 times."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for ordinal in range(ROWS):
        sheet.append([ordinal, "地区生产总值增长", "%", "6左右", 1.2, 3.4, 5.6, "", "备注"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bare(content: bytes) -> None:
    """What openpyxl alone needs."""
    for sheet in load_workbook(io.BytesIO(content), read_only=True):
        list(sheet.iter_rows())


def seconds(act: Callable[[], object]) -> float:
    """The best of five."""
    times = []
    for _ in range(5):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    content = workbook()
    alone, ours = seconds(lambda: bare(content)), seconds(lambda: open_sheets("a.xlsx", content))
    print(f"openpyxl {alone:.3f} s, opening {ours:.3f} s, ratio {ours / alone:.2f}")
