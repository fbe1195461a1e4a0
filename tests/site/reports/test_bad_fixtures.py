"""A spoilt file stops the loading: every problem is named by file, line, column, value and what is expected."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from indicators.models import AnnualTarget, Indicator
from projects.models import AnnualTask
from tests.site.reports.folders import Folder
from tests.site.reports.slips_elsewhere import SLIPS_ELSEWHERE
from tests.site.reports.slips_in_targets import GDP, SLIPS_IN_TARGETS, TARGETS
from wanzhou.kernel.accounts.models import Department, User
from wanzhou.kernel.plans.models import Plan, Publication, RuleSet, Source
from wanzhou.site.reports.loading import FixtureError, read_fixtures

SLIPS = SLIPS_IN_TARGETS | SLIPS_ELSEWHERE


def problems(folder: Folder) -> list[str]:
    with pytest.raises(FixtureError) as refusal:
        read_fixtures(folder.path)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize(("name", "old", "new", "said"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_named_where_it_stands(folder: Folder, name: str, old: str, new: str, said: str) -> None:
    folder.replace(name, old, new)
    assert f"fixtures/{said}" in problems(folder)


@pytest.mark.parametrize("name", ["plans.csv", "periods.csv", "sources.csv", TARGETS, "2023/tasks.csv"])
def test_a_missing_file_is_the_only_problem_it_makes(folder: Folder, name: str) -> None:
    folder.remove(name)
    assert problems(folder) == [f"fixtures/{name}：找不到文件或不能读取，须有这个文件"]


def test_a_missing_folder_is_named(folder: Folder) -> None:
    missing = Folder(folder.path / "absent")
    assert problems(missing) == [f"{missing.path}：找不到文件夹"]


def test_a_folder_of_a_year_needs_a_plan(folder: Folder) -> None:
    (folder.path / "2024").mkdir()
    assert problems(folder) == ["fixtures/2024：须在 plans.csv 有 2024 年"]


def test_an_empty_file_lacks_its_columns(folder: Folder) -> None:
    (folder.path / "boxes.csv").write_text("")
    said = "fixtures/boxes.csv 第1行：列名不符，缺少 year、box、title、states；须是 year、box、title、states"
    assert problems(folder) == [said]


def test_a_file_in_another_encoding_is_named_with_its_line(folder: Folder) -> None:
    path = folder.path / "departments.csv"
    path.write_bytes("code,name,order,default,note\nstatistics,区统计局,1,yes,\n".encode("gb18030"))
    assert problems(folder) == ["fixtures/departments.csv 第2行：不是 UTF-8 编码，须存为“CSV UTF-8”"]


def test_the_mark_and_the_line_ends_of_a_spreadsheet_are_welcome(folder: Folder) -> None:
    path = folder.path / TARGETS
    written = path.read_text(encoding="utf-8")
    path.write_bytes(written.replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n")
    assert len(read_fixtures(folder.path)["targets"]) == 51


def test_a_line_is_where_its_row_begins(folder: Folder) -> None:
    folder.replace("2022/causes.csv", "主要原因", '"主要\n原因')
    folder.replace("2022/causes.csv", "未达到年度目标。", '未达到年度目标。"')
    folder.replace("2022/causes.csv", "full_year,retail", "full-year,retail")
    assert problems(folder)[0].startswith("fixtures/2022/causes.csv 第5行 period：为“full-year”，")


@pytest.mark.django_db
def test_everything_wrong_is_said_at_once_and_nothing_is_half_loaded(folder: Folder) -> None:
    folder.replace(TARGETS, GDP, GDP.replace("anticipatory", "hoped"))
    folder.replace("2023/figures.csv", "同比增长6%,6,", "同比增长6%,六,")
    folder.replace("plans.csv", "2023,submitted", "2022,submitted")
    with pytest.raises(CommandError) as refusal:
        call_command("load_plans", "--from", str(folder.path))
    said = str(refusal.value).splitlines()
    assert said[0].startswith("文件有 ")
    assert any("2022/targets.csv 第2行 nature" in line for line in said)
    assert any("plans.csv 第3行 year：为“2022”" in line for line in said)
    for model in (Source, Department, User, RuleSet, Plan, Indicator, AnnualTarget, AnnualTask, Publication):
        assert not model._default_manager.exists()


def test_the_message_is_bounded(folder: Folder) -> None:
    path = folder.path / "2023/tasks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",no,", ",否,"), encoding="utf-8")
    with pytest.raises(FixtureError) as refusal:
        read_fixtures(folder.path)
    said = str(refusal.value).splitlines()
    assert len(refusal.value.problems) > 100
    assert len(said) == 52
    assert said[-1] == f"……另有 {len(refusal.value.problems) - 50} 处"
