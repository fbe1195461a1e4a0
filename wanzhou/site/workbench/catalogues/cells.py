"""How a cell of a catalogue is written and read: words, choices, whole numbers, 是 and 否."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from import_export.widgets import BooleanWidget, CharWidget, IntegerWidget, Widget

from wanzhou.kernel.wording import fold


class Words(CharWidget):  # type: ignore[misc]  # the library has no types
    """A text as it stands; an empty cell is the empty text."""

    def __init__(self) -> None:
        super().__init__(coerce_to_string=True, allow_blank=True)


class Choice(Widget):  # type: ignore[misc]  # the library has no types
    """One of a field's choices by its words; its code is understood as well."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.choices = {value: str(label) for value, label in choices}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        said = fold(str(value or ""))
        found = [code for code, label in self.choices.items() if said in (fold(label), code)]
        if not found:
            raise ValueError(f"“{value or '空'}”不是可选的值，可选：{'、'.join(self.choices.values())}。")
        return found[0]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.choices.get(value, str(value))


class Number(IntegerWidget):  # type: ignore[misc]  # the library has no types
    """A whole number from 0."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        said = fold(str(value or "0"))
        if not said.isdecimal() or int(said) > 32_767:
            raise ValueError(f"“{value}”不是 0 到 32767 的整数。")
        return int(said)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value)


class YesNo(BooleanWidget):  # type: ignore[misc]  # the library has no types
    """是 or 否."""

    TRUE_VALUES = ["是", "true", "1", "TRUE"]
    FALSE_VALUES = ["否", "false", "0", "", "FALSE", None]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        said = str(value or "").strip()
        if said not in (*self.TRUE_VALUES, *self.FALSE_VALUES):
            raise ValueError(f"“{value}”看不懂，应填“是”或“否”。")
        return said in self.TRUE_VALUES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"
