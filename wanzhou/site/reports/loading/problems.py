"""What is wrong with a file: where it stands, what stands there, and what is expected instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SHOWN = 50
LONGEST_SHOWN = 40  # characters of a cell


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` is None where the whole file is meant, `column` empty where the whole line is."""

    file: str
    line: int | None
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        line = f" 第{self.line}行" if self.line else ""
        column = f" {self.column}" if self.column else ""
        return f"{self.file}{line}{column}：{self._found()}{self.expected}"

    def _found(self) -> str:
        if not self.column:
            return ""
        if not self.value:
            return "为空，"
        return f"为“{self.value[:LONGEST_SHOWN]}{'…' if len(self.value) > LONGEST_SHOWN else ''}”，"


class FixtureError(Exception):
    """Every problem of every file at once; the message shows the first fifty, one per line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"……另有 {len(self.problems) - MOST_SHOWN} 处")
        super().__init__("\n".join([f"文件有 {len(self.problems)} 处错误，什么也没有写入：", *lines]))
