"""The README stays true: its commands run, its links lead somewhere, its pictures are pictures."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT: Path = settings.BASE_DIR
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.partition("  #")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()
]
JUDGE = next(command for command in COMMANDS if command.endswith("manage.py judge"))
SCRIPTS = [command for command in COMMANDS if command.startswith("./")]
WITH_A_FILE = [c for c in COMMANDS if "report.docx" in c]
ON_THE_DATABASE = [c for c in COMMANDS if c.startswith(".venv/bin/python manage.py") and c not in WITH_A_FILE]


def test_every_command_is_run_by_a_test_here() -> None:
    assert [*SCRIPTS, JUDGE, *ON_THE_DATABASE, *WITH_A_FILE] == COMMANDS
    assert SCRIPTS == ["./run", "./check"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_two_commands_can_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text("utf-8").startswith("#!/bin/sh\n")


def test_the_example_of_judging_says_what_the_readme_says() -> None:
    command = JUDGE.replace(".venv/bin/python", shlex.quote(sys.executable))
    answer = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=True, timeout=60)
    reason = json.loads(answer.stdout)["reason"]
    assert f"得到的 `reason` 是：{reason}\n" in README


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
@pytest.mark.parametrize("command", ON_THE_DATABASE)
def test_the_commands_on_the_database_run_and_change_nothing(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command(*command.split()[2:])
    said = capsys.readouterr().out
    assert said.strip()
    assert "没有不同" in said or "没有" in said


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_plans")
def test_the_report_is_written_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in WITH_A_FILE:
        call_command(*command.split()[2:])
    said = capsys.readouterr().out
    read = json.loads(said[said.index("{") :])
    assert sum(len(box["entries"]) for box in read["boxes"]) == 208


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    path = ROOT / target
    assert path.exists()
    if path.suffix == ".png":
        assert path.read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("name", re.findall(r"`((?:indicators|wanzhou|tests)/[\w/.]+)`", README))
def test_every_file_that_is_named_exists(name: str) -> None:
    assert (ROOT / name).is_file()
