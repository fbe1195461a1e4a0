"""The data interface as people read it: made from its OpenAPI document, so that the two cannot differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wanzhou.kernel.pages.columns import CellKind
from wanzhou.kernel.plans.shown import PublishedPlan

from .api import api
from .datasets import first_code, first_slug

_KINDS = {"string": "文字", "integer": "整数", "number": "数", "boolean": "true 或 false", "object": "对象"}
_PLACES = {"path": "网址中", "query": "问号后", "header": "请求头"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field or parameter: what it holds, whether it may be null, its codes with their words, one example."""

    code: str
    title: str
    meaning: str
    kind: str
    refers: str  # the schema of what it holds, if that is an object
    nullable: bool
    words: tuple[tuple[str, str], ...]
    example: str
    place: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """An object that answers are made of."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A status that an operation answers with, and the schema of its body (empty for a plain text)."""

    status: str
    meaning: str
    refers: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An address to ask, with its parameters, its replies, and an example that can be opened."""

    name: str
    method: str
    path: str
    summary: str
    meaning: str
    parameters: tuple[Field, ...]
    replies: tuple[Reply, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one subject."""

    title: str
    meaning: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Interface:
    """The whole document."""

    title: str
    version: str
    meaning: str
    chapters: tuple[Chapter, ...]
    schemas: tuple[Schema, ...]


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document as it is sent."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), ensure_ascii=False))
    return told


def interface_of(told: Mapping[str, Any], plans: tuple[PublishedPlan, ...] = ()) -> Interface:
    """The document for readers; examples ask for what is published, where there is something."""
    known = _known(plans)
    operations = [
        (operation.get("tags", [""])[0], _operation(method, path, operation, known))
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    chapters = tuple(
        Chapter(
            tag["name"],
            tag.get("description", ""),
            tuple(one for name, one in operations if name == tag["name"]),
        )
        for tag in told.get("tags", [])
    )
    info = told["info"]
    return Interface(
        title=info["title"],
        version=info["version"],
        meaning=info.get("description", ""),
        chapters=tuple(chapter for chapter in chapters if chapter.operations),
        schemas=tuple(_schema(name, one) for name, one in told["components"]["schemas"].items()),
    )


def _operation(method: str, path: str, told: Mapping[str, Any], known: Mapping[str, object]) -> Operation:
    parameters = told.get("parameters", [])
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        meaning=told.get("description", ""),
        parameters=tuple(_parameter(one) for one in parameters),
        replies=tuple(_replies(told["responses"])),
        example=_example_address(path, parameters, known),
    )


def _known(plans: tuple[PublishedPlan, ...]) -> dict[str, object]:
    """What stands for a parameter of an address: the newest year, the one before it, the first code and name."""
    if not plans:
        return {}
    moment, newest = plans[0].moment, plans[0].plan.year
    before = {"before": plans[1].plan.year} if len(plans) > 1 else {}
    return {"year": newest, "other": newest, "code": first_code(moment), "slug": first_slug(moment), **before}


def _example_address(path: str, parameters: Iterable[Mapping[str, Any]], known: Mapping[str, object]) -> str:
    pair = "{other}" in path
    for one in parameters:
        if one["in"] == "path":
            name = "before" if pair and one["name"] == "year" else one["name"]
            answer = known.get(name) or one.get("example", "")
            path = path.replace(f"{{{one['name']}}}", str(answer))
    return path


def _parameter(told: Mapping[str, Any]) -> Field:
    shape = {"description": told.get("description", ""), **told["schema"]}
    if "example" in told:
        shape["examples"] = [told["example"]]
    return _field(told["name"], shape, place=_PLACES.get(told["in"], told["in"]), required=told["required"])


def _replies(told: Mapping[str, Any]) -> Iterable[Reply]:
    for status, reply in told.items():
        body = reply.get("content", {}).get("application/json", {}).get("schema", {})
        yield Reply(str(status), reply.get("description", ""), _referred(body))


def _schema(name: str, told: Mapping[str, Any]) -> Schema:
    fields = tuple(_field(code, one) for code, one in told.get("properties", {}).items())
    return Schema(name, told.get("description", ""), fields)


def _field(code: str, told: Mapping[str, Any], *, place: str = "", required: bool = False) -> Field:
    branches = told.get("anyOf", [told])
    held = next((one for one in branches if one.get("type") != "null"), told)
    inner = held.get("items", held)
    examples = told.get("examples", [])
    return Field(
        code=code,
        title=told.get("title", code),
        meaning=told.get("description", ""),
        kind=_kind(held),
        refers=_referred(inner),
        nullable=any(one.get("type") == "null" for one in branches),
        words=tuple(held.get("x-labels", {}).items()),
        example=_written(examples[0]) if examples else "",
        place=place,
        required=required,
    )


def _kind(held: Mapping[str, Any]) -> str:
    """What a value is, in Chinese."""
    if held.get("type") == "array":
        return "列表"
    if "$ref" in held:
        return "对象"
    if "enum" in held:
        return "代码"
    if held.get("format") == "date":
        return CellKind.DATE.label
    if "pattern" in held:
        return "精确小数，写成字符串"
    return _KINDS.get(held.get("type", ""), "任意")


def _referred(told: Mapping[str, Any]) -> str:
    """The name of the schema that is referred to."""
    return str(told.get("$ref", "")).rpartition("/")[2]


def _written(example: object) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
