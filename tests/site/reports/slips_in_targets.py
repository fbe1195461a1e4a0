"""Slips of the pen in a table of targets: what each makes of a true file, and what must be said of it."""

from __future__ import annotations

# By what is wrong: the file, what stands there, what the slip makes of it, and what is said after the folder's name.
TARGETS = "2022/targets.csv"
GDP = "1,gdp-growth,,地区生产总值增速,%,anticipatory,6左右,statistics,,no,plan-report-2022-2023,表1 第1行,"
TAX = ",tax-revenue-growth,public-budget-revenue-growth,税收收入增速,%"

SLIPS_IN_TARGETS = {
    "a nature that is none": (
        TARGETS,
        GDP,
        GDP.replace("anticipatory", "hoped"),
        "2022/targets.csv 第2行 nature：为“hoped”，须是下列之一：binding（约束性）、anticipatory（预期性）",
    ),
    "an unknown indicator": (
        TARGETS,
        "6,fixed-investment-growth",
        "6,fixed-investments",
        "2022/targets.csv 第7行 code：为“fixed-investments”，须是 indicators.csv 中已有的 code",
    ),
    "an unknown department": (
        TARGETS,
        "6左右,statistics",
        "6左右,statistic",
        "2022/targets.csv 第2行 department：为“statistic”，须是 departments.csv 中已有的 code",
    ),
    "an unknown source": (
        TARGETS,
        "no,plan-report-2022-2023,表1 第1行",
        "no,plan-report,表1 第1行",
        "2022/targets.csv 第2行 source：为“plan-report”，须是 sources.csv 中已有的 code",
    ),
    "a missing source": (
        TARGETS,
        "no,plan-report-2022-2023,表1 第1行",
        "no,,表1 第1行",
        "2022/targets.csv 第2行 source：为空，须填写",
    ),
    "a missing name": (
        TARGETS,
        "1,gdp-growth,,地区生产总值增速",
        "1,gdp-growth,,",
        "2022/targets.csv 第2行 name：为空，须填写",
    ),
    "a name of blanks": (
        TARGETS,
        "1,gdp-growth,,地区生产总值增速",
        "1,gdp-growth,, ",
        "2022/targets.csv 第2行 name：为“ ”，须填写",
    ),
    "a code with capitals": (
        TARGETS,
        "1,gdp-growth",
        "1,GDP",
        "2022/targets.csv 第2行 code：为“GDP”，须是小写字母、数字和连字符组成的代码，如 gdp-growth",
    ),
    "an ordinal twice": (
        TARGETS,
        "3,industrial-labour-productivity",
        "2,industrial-labour-productivity",
        "2022/targets.csv 第4行 ordinal：为“2”，与第3行重复（year、ordinal），须只有一行",
    ),
    "an ordinal that is no number": (
        TARGETS,
        "3,industrial-labour-productivity",
        "三,industrial-labour-productivity",
        "2022/targets.csv 第4行 ordinal：为“三”，须是整数，如 3",
    ),
    "an ordinal beyond what is kept": (
        TARGETS,
        "3,industrial-labour-productivity",
        "99999,industrial-labour-productivity",
        "2022/targets.csv 第4行 ordinal：为“99999”，确保该值小于或等于32767。",
    ),
    "an indicator twice in a year": (
        TARGETS,
        "3,industrial-labour-productivity,",
        "3,emerging-industries-growth,",
        "2022/targets.csv 第4行 code：为“emerging-industries-growth”，与第3行重复（year、code），须只有一行",
    ),
    "a sub-row with an ordinal": (
        TARGETS,
        TAX,
        "23" + TAX,
        "2022/targets.csv 第10行 ordinal：为“23”，须为空：其中行（#）没有序号",
    ),
    "a row with neither": (
        TARGETS,
        TAX,
        ",tax-revenue-growth,,税收收入增速,%",
        "2022/targets.csv 第10行 ordinal：为空，须填写序号；其中行（#）则须填写 parent",
    ),
    "a parent that is not in the table": (
        TARGETS,
        TAX,
        TAX.replace("public-budget-revenue-growth", "gdp-per-capita"),
        "2022/targets.csv 第10行 parent：为“gdp-per-capita”，须是 2022/targets.csv 中已有的 code",
    ),
    "a parent that is a sub-row": (
        TARGETS,
        TAX,
        TAX.replace("public-budget-revenue-growth", "rural-income-growth"),
        (
            "2022/targets.csv 第10行 parent：为“rural-income-growth”，"
            "须是有序号的一行，其中行（#）之下不能再有其中行"
        ),
    ),
    "a wording that nobody knows": (
        TARGETS,
        "anticipatory,10,economy",
        "anticipatory,,economy",
        "2022/targets.csv 第3行 wording：为空，须填写；首次表述未知的，须在 adjustments.csv 有调整后的表述",
    ),
    "a wording that is too long": (
        TARGETS,
        "anticipatory,10,economy",
        f"anticipatory,{'长' * 201},economy",
        f"2022/targets.csv 第3行 wording：为“{'长' * 40}…”，确保该变量包含不超过 200 字符 (目前字符数 201)。",
    ),
    "too few cells": (TARGETS, GDP, GDP[:-1], "2022/targets.csv 第2行：须有 13 格，实有 12 格"),
    "too many cells": (TARGETS, GDP, GDP + ",", "2022/targets.csv 第2行：须有 13 格，实有 14 格"),
}
