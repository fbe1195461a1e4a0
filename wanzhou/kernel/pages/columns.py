"""The fields of a list, told once: its JSON schema is the single truth, and every table's columns come from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Field, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from wanzhou.kernel.terms import Term


class CellKind(Term):
    """What a column's cells hold; the label is what the data dictionary says."""

    TEXT = "text", "文字"
    CODE = "code", "代码"
    INTEGER = "integer", "整数"
    DECIMAL = "decimal", "精确小数"
    BOOLEAN = "boolean", "是否（true 为是，false 为否）"
    DATE = "date", "日期（年-月-日）"


@dataclass(frozen=True, slots=True)
class Coded:
    """Marks a field that holds the code of a term: tables get a second column with the Chinese word."""

    terms: type[Term]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The codes are the only values, and their words stand beside them."""
        words = self.words()
        return _narrowed(handler(core), {"enum": list(words), "x-labels": words})

    def words(self) -> dict[str, str]:
        """The Chinese word of each code."""
        return {term.value: term.label for term in self.terms}


@dataclass(frozen=True, slots=True)
class DecimalText:
    """Marks a field that holds a decimal as text: exact in JSON, a number in tables."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Digits with an optional sign and point: no exponent, no trailing zeros."""
        return _narrowed(handler(core), {"pattern": r"^-?[0-9]+(\.[0-9]*[1-9])?$"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: stable code, Chinese label, what it means, what its cells hold, one example.

    `path` leads from a row to the value; `words` turns a code into its word.
    """

    code: str
    label: str
    meaning: str
    kind: CellKind
    example: str
    path: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    def of(self, row: BaseModel) -> Any:
        """The row's value in this column; None where it, or what it belongs to, is unknown."""
        value: Any = row
        for name in self.path:
            value = getattr(value, name)
            if value is None:
                return None
        return self.words.get(value, value) if self.words else value


def told(title: str, meaning: str, example: object) -> Any:
    """A field's label, meaning and example, in Chinese: the last part of its `Annotated[…]`."""
    return Field(title=title, description=meaning, examples=[example])


def decimal_text(value: Decimal | None) -> str | None:
    """The shortest exact notation: `-2.500000` reads `-2.5`; zero is `0`, None stays None."""
    if value is None:
        return None
    digits = f"{value or Decimal(0):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


@cache
def columns_of(schema: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a list whose rows have this schema.

    An object inside a row is flattened with `_` (`outcome` with `value` is `outcome_value`); lists and free objects
    have no column. A coded field is followed by `<code>_label`.
    """
    return tuple(_columns(schema, (), ()))


def _columns(schema: type[BaseModel], path: tuple[str, ...], labels: tuple[str, ...]) -> Iterator[Column]:
    for name, told_of in schema.model_fields.items():
        here, titles = (*path, name), (*labels, told_of.title or name)
        plain = _plain_type(told_of.annotation)
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            yield from _columns(plain, here, titles)
        elif plain in _KINDS:
            yield from _columns_of_field(told_of, _KINDS[plain], here, "·".join(titles))


def _columns_of_field(
    told_of: FieldInfo, kind: CellKind, path: tuple[str, ...], label: str
) -> Iterator[Column]:
    code, meaning = "_".join(path), told_of.description or ""
    example = _example(told_of)
    coded = next((mark for mark in told_of.metadata if isinstance(mark, Coded)), None)
    if coded is None:
        exact = any(isinstance(mark, DecimalText) for mark in told_of.metadata)
        yield Column(code, label, meaning, CellKind.DECIMAL if exact else kind, example, path)
        return
    words = coded.words()
    choices = "；".join(f"{key} {word}" for key, word in words.items())
    yield Column(code, f"{label}（代码）", f"{meaning}取值：{choices}。", CellKind.CODE, example, path)
    yield Column(
        f"{code}_label", label, f"{meaning}与代码对应的中文。", CellKind.TEXT, words[example], path, words
    )


_KINDS: dict[Any, CellKind] = {
    str: CellKind.TEXT,
    int: CellKind.INTEGER,
    bool: CellKind.BOOLEAN,
    datetime.date: CellKind.DATE,
}


def _example(told_of: FieldInfo) -> str:
    example = (told_of.examples or [""])[0]
    return str(example).lower() if isinstance(example, bool) else str(example)


def _plain_type(annotation: Any) -> Any:
    """The type without `| None` and without what `Annotated` adds."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        known = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _plain_type(known[0]) if len(known) == 1 else annotation
    return annotation


def _narrowed(schema: JsonSchemaValue, limits: Mapping[str, Any]) -> JsonSchemaValue:
    """The schema of a text, or of a text or null, with the limits put on the text."""
    for branch in schema.get("anyOf", [schema]):
        if branch.get("type") == "string":
            branch.update(limits)
    return schema
