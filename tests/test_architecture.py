"""Every module of ours stands in a layer, and every name says something."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.management.base import BaseCommand

ROOT: Path = settings.BASE_DIR
PACKAGES = ("wanzhou", "indicators", "projects")
NOT_LAYERED = {"apps", "migrations", "management", "__init__"}  # Django's own furniture
BANNED = {
    "data",
    "info",
    "item",
    "process",
    "handle",
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "misc",
}
BANNED_WORDS = {"caliber", "kpi", "score"}
LONGEST_FUNCTION = 50


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (p for p in sorted((ROOT / package).rglob("*.py")) if "migrations" not in p.parts)


def contracts() -> list[dict[str, object]]:
    return list(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    )


def layered(container: str) -> set[str]:
    """The names that a contract places inside a container ("" for the whole house)."""
    names: set[str] = set()
    for contract in contracts():
        if contract["type"] == "layers" and contract.get("containers", [""]) == [container]:
            layers = contract["layers"]
            assert isinstance(layers, list)
            names |= {n.strip(" ()") for layer in layers for n in layer.replace(":", "|").split("|")}
    return names


@pytest.mark.parametrize("app", ["indicators", "projects"])
def test_every_module_of_an_app_has_its_layer(app: str) -> None:
    present = {p.stem if p.suffix else p.name for p in (ROOT / app).iterdir() if p.name != "__pycache__"}
    assert present - NOT_LAYERED <= layered(app)


def test_every_package_of_the_house_has_its_layer() -> None:
    floors = [ROOT / "wanzhou" / "kernel", ROOT / "wanzhou" / "site"]
    present = {
        f"wanzhou.{floor.name}.{p.stem}"
        for floor in floors
        for p in floor.iterdir()
        if p.name != "__pycache__"
    }
    bare = {name for name in present if not name.endswith("__init__")}
    assert bare <= layered("")


@pytest.mark.parametrize("path", list(modules()), ids=lambda p: str(p.relative_to(ROOT)))
def test_functions_are_short_and_names_say_something(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            words = set(node.name.lower().strip("_").split("_"))
            given = any(hasattr(kind, node.name) for kind in (BaseCommand, ModelAdmin, HTMLParser))
            assert given or not (words & (BANNED | BANNED_WORDS)), node.name
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", list(modules()), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_signals_and_no_side_effects_in_save(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.name != "save"
        if isinstance(node, ast.ImportFrom):
            assert "signals" not in (node.module or "")
