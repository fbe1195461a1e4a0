"""The fixtures say what the published report says: every name and wording verbatim, nothing missing."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import groupby, pairwise

import pytest

from tests.acceptance.printed_report import (
    REPORT,
    REPORT_CODE,
    YEARS,
    Row,
    dissect,
    folded,
    printed_clauses,
    printed_passages,
    printed_table,
    read,
)

# How a clause reads once its project names are taken out, and the stage those words mean.
STAGE_OF_FRAME = {
    "…前期工作加快推进": "preparatory",
    "加快推进…等前期工作": "preparatory",
    "加快推进…等项目前期工作": "preparatory",
    "…开工建设": "started",
    "…等项目开工建设": "started",
    "开工…等项目": "started",
    "开工建设…": "started",
    "开工建设…等项目": "started",
    "…等项目加快建设": "underway",
    "…等项目加快推进": "underway",
    "加快推进…等项目": "underway",
    "加快推进…等项目建设": "underway",
    "实施…": "underway",
    "…等项目主体完工": "main_body_complete",
    "…项目基本建成": "main_body_complete",
    "…建成通车": "completed",
    "…等项目竣工": "completed",
    "…等项目竣工投产": "completed",
    "竣工…": "completed",
    "竣工…等项目": "completed",
    "竣工投产…": "completed",
}
NAMES_WITH_HE = {
    "恒合和后山等农村连片供水",
    "恒泰河和苎溪河流域综合治理工程一期",
    "山水林田湖草沙一体化保护和修复（武陵片区）",
    "李家坪和鹿鸣垭风电场",
    "菲达旭LED芯片研发和智能灯具生产",
}
NAMES_WITH_DENG = {
    "城市老旧小区及保障性租赁住房燃气管道等老化更新改造",
    "恒合和后山等农村连片供水",
    "莲花寺污水提升泵站等排水泵站新改建",
    "高梁镇等移民乡镇水灾害防御基础设施与管理提升工程",
}
GROUPS = [
    ("17个农村供水保障项目", "17个"),
    ("总投资亿元以上项目20个以上", "20个以上"),
    ("总投资亿元以上项目20个以上", "20个以上"),
    ("智能化改造项目35个以上", "35个以上"),
    ("4个“千人聚居点”污水处理站", "4个"),
    ("4个农村生活污水处理", "4个"),
]


def tasks_by_box() -> dict[str, list[Row]]:
    tasks = [task for year in YEARS for task in read(f"{year}/tasks.csv")]
    return {box: list(rows) for box, rows in groupby(tasks, key=lambda task: task["box"])}


def printed_cell_of_name(target: Row) -> str:
    unit = f"（{target['unit']}）" if target["unit"] else ""
    return f"{'#' if target['parent'] else ''}{target['name']}{unit}"


def dissected() -> list[tuple[list[Row], str, list[str]]]:
    """Every clause of every box: its tasks, its frame, its joiners."""
    found = []
    for tasks in tasks_by_box().values():
        for clause, group in groupby(tasks, key=lambda task: task["wording"]):
            members = list(group)
            found.append((members, *dissect(clause, [member["name"] for member in members])))
    return found


def test_table_1_equals_targets_adjustments_and_outcomes_cell_by_cell() -> None:
    adjusted = {row["code"]: row["wording"] for row in read("2022/adjustments.csv")}
    outcomes = [row for row in read("2022/figures.csv") if row["period"] == "full_year"]
    cell = {"awaiting_city": "市级暂未反馈", "redefined": "口径调整"}
    targets = read("2022/targets.csv")
    assert [row["code"] for row in outcomes] == [row["code"] for row in targets]
    rebuilt = [
        [
            target["ordinal"],
            printed_cell_of_name(target) + ("*" if target["nature"] == "binding" else ""),
            adjusted.get(target["code"], target["wording"]),
            cell.get(outcome["state"], outcome["wording"]),
        ]
        for target, outcome in zip(targets, outcomes, strict=True)
    ]
    assert [["序号", "指标名称", "2022年目标", "完成情况"], *rebuilt] == printed_table(1)


def test_table_2_equals_targets_cell_by_cell() -> None:
    nature = {"binding": "约束性", "anticipatory": "预期性"}
    rebuilt = [
        [target["ordinal"], printed_cell_of_name(target), target["wording"], nature[target["nature"]]]
        for target in read("2023/targets.csv")
    ]
    assert [["序号", "指标名称", "2023年目标", "指标属性"], *rebuilt] == printed_table(2)


@pytest.mark.parametrize(("year", "numbered", "binding"), [("2022", 22, 5), ("2023", 25, 4)])
def test_numbered_rows_and_sub_rows(year: str, numbered: int, binding: int) -> None:
    targets = read(f"{year}/targets.csv")
    ordinals = [target["ordinal"] for target in targets if target["ordinal"]]
    assert ordinals == [str(number) for number in range(1, numbered + 1)]
    assert sum(target["nature"] == "binding" for target in targets) == binding
    for above, below in pairwise(targets):
        assert below["parent"] == ("" if below["ordinal"] else above["code"])
    sub_rows = [target["code"] for target in targets if target["parent"]]
    assert sub_rows == ["tax-revenue-growth", "rural-income-growth"]


@pytest.mark.parametrize(("year", "table"), [("2022", "表1"), ("2023", "表2")])
def test_targets_and_outcomes_say_in_which_row_they_stand(year: str, table: str) -> None:
    places, row_number = {}, ""
    for target in read(f"{year}/targets.csv"):
        row_number = target["ordinal"] or row_number
        places[target["code"]] = f"{table} 第{row_number}行{'“#”行' if target['parent'] else ''}"
        assert target["place"] == places[target["code"]]
    outcomes = [row for row in read(f"{year}/figures.csv") if row["period"] == "full_year"]
    assert all(row["place"] == places[row["code"]] for row in outcomes)


def test_outcomes_carry_a_value_exactly_where_the_cell_is_a_plain_number() -> None:
    for row in read("2022/figures.csv"):
        if row["period"] == "full_year":
            plain = re.fullmatch(r"-?\d+(\.\d+)?", row["wording"])
            assert row["value"] == (row["wording"] if plain else "")
            assert bool(row["wording"]) == (row["state"] == "reported")


def test_an_unknown_first_wording_is_empty_and_its_adjustment_is_the_reports() -> None:
    [adjustment] = read("2022/adjustments.csv")
    targets = {target["code"]: target for target in read("2022/targets.csv")}
    assert [code for code, target in targets.items() if not target["wording"]] == [adjustment["code"]]
    subject = targets[adjustment["code"]]["name"].removesuffix("增速")
    assert f"{subject}预期目标经{adjustment['approved_by']}批准进行了调整。" in REPORT


def test_causes_and_city_requests_are_those_the_report_names() -> None:
    names = {target["code"]: target["name"] for target in read("2022/targets.csv")}
    causes = read("2022/causes.csv")
    [text] = {cause["text"] for cause in causes}
    assert text.index("。") == len(text) - 1
    assert f"。{'、'.join(names[cause['code']] for cause in causes)}3项指标未完成年度目标，{text}" in REPORT
    requests = read("city_requests.csv")
    waiting = "、".join(names[request["code"]] for request in requests)
    assert f"，{waiting}4项指标市级暂未反馈数据；" in REPORT
    awaiting = [row["code"] for row in read("2022/figures.csv") if row["state"] == "awaiting_city"]
    assert [request["code"] for request in requests] == awaiting


def test_figures_on_another_basis_stand_in_the_text() -> None:
    columns = ("code", "basis_value", "basis_unit", "basis_note")
    rows = [row for year in YEARS for row in read(f"{year}/figures.csv")]
    based = [row for row in rows if any(row[column] for column in row if column.startswith("basis_"))]
    assert [tuple(row[column] for column in columns) for row in based] == [
        ("public-budget-revenue-growth", "6", "%", "扣除留抵退税因素后"),
        ("tax-revenue-growth", "0.7", "%", "扣除留抵退税因素后"),
        ("foreign-capital", "780", "万美元", "实际使用外资"),
    ]
    for row in based:
        assert row["basis_wording"] in REPORT
        assert row["basis_note"] in row["basis_wording"]
        assert row["basis_wording"].endswith(row["basis_value"] + row["basis_unit"])
        assert row["basis_place"]


def test_half_year_figures_equal_their_source() -> None:
    sources = {row["code"]: row for row in read("sources.csv")}
    stated = [
        [target["name"], row["wording"], row["value"], target["unit"]]
        + [sources[row["source"]][column] for column in ("title", "url", "published_on")]
        for year in YEARS
        for row in read(f"{year}/figures.csv")
        for target in read(f"{year}/targets.csv")
        if row["period"] == "first_half" and row["code"] == target["code"]
    ]
    columns = ("indicator", "printed", "value", "unit", "source_title", "source_url", "published_on")
    source = read("sources/half-year-figures.csv")
    assert {row["state"] for row in read("2023/figures.csv")} == {"reported"}
    assert stated == [[row[column] for column in columns] for row in source]
    assert [row["source"] for year in YEARS for row in read(f"{year}/figures.csv")] == (
        [REPORT_CODE] * 24 + [f"half-year-{row['year']}" for row in source]
    )


def test_reference_figures_equal_their_source_and_the_printed_differences() -> None:
    rows = read("reference_figures.csv")
    source = read("sources/reference-figures.csv")
    columns = (("year", "year"), ("region", "region"), ("value", "value"), ("wording", "printed"))
    for ours, theirs in columns:
        assert [row[ours] for row in rows] == [row[theirs] for row in source]
    half_year = {row["code"]: row["value"] for row in read("2023/figures.csv")}
    gaps = [str(Decimal(half_year[row["code"]]) - Decimal(row["value"])) for row in rows]
    assert rows[0]["wording"].endswith(f"分别高{gaps[0]}个、{gaps[1]}个百分点")


def test_plans_boxes_and_sources_are_titled_as_printed() -> None:
    approved, submitted = read("plans.csv")
    assert [(plan["year"], plan["state"]) for plan in (approved, submitted)] == [
        ("2022", "approved"),
        ("2023", "submitted"),
    ]
    assert submitted["approved_by"] == ""
    assert f"\n{approved['approved_by']}审查批准的22项年度目标中，" in REPORT
    assert f"现将万州区{approved['title']}执行情况及2023年计划草案提请大会审查" in REPORT
    assert f"\n表2  {submitted['title']}\n" in REPORT
    titles = re.findall(r"^专栏(\d)  (.+)$", REPORT, flags=re.M)
    assert [(box["box"], box["title"]) for box in read("boxes.csv")] == titles
    assert [(box["year"], box["states"]) for box in read("boxes.csv")] == (
        [("2022", "reached")] + [("2023", "planned")] * 4
    )
    report = read("sources.csv")[0]
    assert REPORT.strip().replace("\n", "").startswith(report["title"] + report["publisher"])


@pytest.mark.parametrize("box", ["1", "2", "3", "4", "5"])
def test_every_clause_of_a_box_is_there_in_order_and_no_other(box: str) -> None:
    tasks = tasks_by_box()[box]
    printed = [
        (passage.section, passage.place, clause)
        for passage in printed_passages(box)
        for clause in printed_clauses(passage.text)
    ]
    assert list(dict.fromkeys((task["section"], task["place"], task["wording"]) for task in tasks)) == printed
    assert [task["order"] for task in tasks] == [str(number) for number in range(1, len(tasks) + 1)]


def test_clauses_hold_nothing_but_names_joiners_and_stage_words() -> None:
    joiners: Counter[str] = Counter()
    for tasks, frame, gaps in dissected():
        assert {task["stage"] for task in tasks} == {STAGE_OF_FRAME[frame]}, tasks[0]["wording"]
        joiners.update(gaps)
    assert set(joiners) == {"、", "以及", "和", "等"}
    assert (joiners["以及"], joiners["和"], joiners["等"]) == (1, 1, 2)
    assert {frame for _, frame, _ in dissected()} == set(STAGE_OF_FRAME)


def test_joiners_divide_where_they_should_and_names_stay_whole() -> None:
    names = {task["name"] for tasks in tasks_by_box().values() for task in tasks}
    assert {"长江二桥至高铁连接道", "万州经开区五桥园纵一路三期道路"} <= names
    assert not {name for name in names if re.search("、|以及|[，。]|等项目", name)}
    assert {name for name in names if "和" in name} == NAMES_WITH_HE
    # 高等专科学校 is a kind of school; every other 等 in a name stands for "and the like".
    assert {name for name in names if re.search("(?<!高)等", name)} == NAMES_WITH_DENG


def test_entries_counted_by_box_and_by_stage() -> None:
    counted = {box: len(tasks) for box, tasks in tasks_by_box().items()}
    assert counted == {"1": 41, "2": 27, "3": 57, "4": 39, "5": 44}
    stages = {year: Counter(task["stage"] for task in read(f"{year}/tasks.csv")) for year in YEARS}
    assert stages["2023"] == {"preparatory": 8, "started": 63, "underway": 45, "completed": 51}
    assert stages["2022"] == {
        "preparatory": 1,
        "started": 11,
        "underway": 15,
        "main_body_complete": 3,
        "completed": 11,
    }


def test_exactly_six_entries_are_groups() -> None:
    tasks = [task for rows in tasks_by_box().values() for task in rows]
    assert [(task["name"], task["quantity"]) for task in tasks if task["group"] == "yes"] == GROUPS
    assert not any(task["quantity"] for task in tasks if task["group"] == "no")


def test_a_slug_is_shared_across_years_exactly_where_the_folded_names_are_identical() -> None:
    before, after = (read(f"{year}/tasks.csv") for year in YEARS)
    by_slug = {(old["slug"], new["slug"]) for old in before for new in after if old["slug"] == new["slug"]}
    same_name = [(old, new) for old in before for new in after if folded(old["name"]) == folded(new["name"])]
    assert {(old["slug"], new["slug"]) for old, new in same_name} == by_slug
    assert len(same_name) == 13
    assert all(old["department"] == new["department"] for old, new in same_name)


def test_questions_quote_two_places_word_for_word() -> None:
    """Both places stand in the report as quoted, and each quoted box clause is the clause of its project."""
    tasks = {task["slug"]: task for year in YEARS for task in read(f"{year}/tasks.csv")}
    quotations = read("quotations.csv")
    asked = {question["code"] for question in read("questions.csv")}
    assert Counter(quotation["question"] for quotation in quotations) == dict.fromkeys(asked, 2)
    for quotation in quotations:
        assert quotation["wording"] in REPORT
        heading = re.split(r"[、）]", quotation["place"])[-1]
        assert re.search(rf"^(（.）)?{heading}。|{heading}", REPORT, flags=re.M), quotation["place"]
        task = tasks[quotation["slug"]]
        if quotation["place"].startswith("专栏"):
            assert (task["wording"], task["place"]) == (quotation["wording"], quotation["place"])
        assert task["name"] in quotation["wording"]
