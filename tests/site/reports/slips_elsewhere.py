"""Slips of the pen in the other tables: what each makes of a true file, and what must be said of it."""

from __future__ import annotations

# By what is wrong: the file, what stands there, what the slip makes of it, and what is said after the folder's name.
FIGURE = "first_half,gdp-growth,reported,同比增长6%,6,,,,,,half-year-2023,,"
TAI_BAI = "2,现代化工业,10,诗仙太白技改扩能,shi-xian-tai-bai-ji-gai-kuo-neng,underway"

SLIPS_ELSEWHERE = {
    "a missing column": (
        "boxes.csv",
        "year,box,title,states",
        "year,box,title",
        "boxes.csv 第1行：列名不符，缺少 states；须是 year、box、title、states",
    ),
    "a column too many": (
        "boxes.csv",
        "year,box,title,states",
        "year,box,title,states,title",
        "boxes.csv 第1行：列名不符，多出 title、title；须是 year、box、title、states",
    ),
    "a column with another name": (
        "boxes.csv",
        "year,box,title,states",
        "year,number,title,states",
        "boxes.csv 第1行：列名不符，缺少 box，多出 number；须是 year、box、title、states",
    ),
    "an unreadable table of adjustments": (
        "2022/adjustments.csv",
        "code,wording,",
        "code,text,",
        (
            "2022/adjustments.csv 第1行：列名不符，缺少 wording，多出 text；"
            "须是 code、wording、approved_by、approved_on、document、source、place、note"
        ),
    ),
    "an open quote": (
        "boxes.csv",
        "2023,3,",
        '2023,3,"',
        "boxes.csv 第4行：不是 CSV：引号不成对，或某格过长",
    ),
    "a year twice": (
        "plans.csv",
        "2023,submitted",
        "2022,submitted",
        "plans.csv 第3行 year：为“2022”，与第2行重复（year），须只有一行",
    ),
    "a year in two digits": (
        "plans.csv",
        "2023,submitted",
        "23,submitted",
        "plans.csv 第3行 year：为“23”，须是四位数的年份，如 2022",
    ),
    "an approval of what is not approved": (
        "plans.csv",
        "2022,approved",
        "2022,submitted",
        "plans.csv 第2行 approved_by：为“区六届人大一次会议”，须为空：计划尚未批准",
    ),
    "a year without a plan": (
        "periods.csv",
        "2023,first_half",
        "2021,first_half",
        "periods.csv 第4行 year：为“2021”，须是 plans.csv 中已有的 year",
    ),
    "a period that is none": (
        "2023/figures.csv",
        FIGURE,
        FIGURE.replace("first_half", "half"),
        (
            "2023/figures.csv 第2行 period：为“half”，须是下列之一：first_quarter（一季度）、"
            "first_half（上半年）、first_three_quarters（前三季度）、full_year（全年）"
        ),
    ),
    "a period that the year does not have": (
        "2023/figures.csv",
        FIGURE,
        FIGURE.replace("first_half", "first_quarter"),
        "2023/figures.csv 第2行 period：为“first_quarter”，须是 periods.csv 中已有的 period",
    ),
    "a figure for an indicator that has no target": (
        "2022/figures.csv",
        "first_half,gdp-growth",
        "first_half,gdp-per-capita",
        "2022/figures.csv 第26行 code：为“gdp-per-capita”，须是 2022/targets.csv 中已有的 code",
    ),
    "a figure twice": (
        "2023/figures.csv",
        "first_half,fixed-investment-growth",
        "first_half,gdp-growth",
        "2023/figures.csv 第3行 code：为“gdp-growth”，与第2行重复（year、period、code），须只有一行",
    ),
    "a decimal with its unit": (
        "2023/figures.csv",
        "同比增长6%,6,",
        "同比增长6%,6%,",
        "2023/figures.csv 第2行 value：为“6%”，须是数，不带单位和符号，如 3.5 或 -0.9",
    ),
    "a decimal finer than what is kept": (
        "2023/figures.csv",
        "同比增长6%,6,",
        "同比增长6%,6.0000001,",
        "2023/figures.csv 第2行 value：为“6.0000001”，确认小数不超过 6 位.",
    ),
    "a report of nothing": (
        "2023/figures.csv",
        "reported,同比增长6%,6,",
        "reported,,,",
        "2023/figures.csv 第2行 wording：为空，须填写表述或数值：state 为 reported",
    ),
    "a figure although the city is awaited": (
        "2022/figures.csv",
        "rd-intensity,awaiting_city,,,",
        "rd-intensity,awaiting_city,,1.7,",
        "2022/figures.csv 第11行 value：为“1.7”，须为空：state 为 awaiting_city，没有数据",
    ),
    "a wording although the calibre changed": (
        "2022/figures.csv",
        "redefined,,,",
        "redefined,780万美元,,",
        "2022/figures.csv 第18行 wording：为“780万美元”，须为空：state 为 redefined，没有数据",
    ),
    "another basis without its name": (
        "2022/figures.csv",
        "reported,0.1,0.1,6,%,扣除留抵退税因素后,",
        "reported,0.1,0.1,6,%,,",
        "2022/figures.csv 第9行 basis_note：为空，须写明另一口径是什么口径",
    ),
    "another basis without its figure": (
        "2022/figures.csv",
        "reported,0.1,0.1,6,%,",
        "reported,0.1,0.1,,%,",
        "2022/figures.csv 第9行 basis_value：为空，须填写数值：basis_unit 已填写",
    ),
    "a date that is none": (
        "sources.csv",
        "2022-07-28",
        "2022-07-32",
        "sources.csv 第3行 published_on：为“2022-07-32”，须是日期，如 2022-07-28",
    ),
    "a date in another form": (
        "sources.csv",
        "2022-07-28",
        "2022/7/28",
        "sources.csv 第3行 published_on：为“2022/7/28”，须是日期，如 2022-07-28",
    ),
    "an address that is none": (
        "sources.csv",
        "http://www.wz.gov.cn/zwgk_266/zfxxgkml_3393/zfgzbg/qzfgzbgzxqk/202207/t20220728_10959825.html",
        "网址",
        "sources.csv 第3行 url：为“网址”，输入一个有效的 URL。",
    ),
    "a document that is not there": (
        "sources.csv",
        "sources/plan-report-2022-2023.txt",
        "sources/another.txt",
        "sources.csv 第2行 file：为“sources/another.txt”，须是 fixtures 下已有的文件",
    ),
    "a yes that is none": (
        "periods.csv",
        "reported,yes",
        "reported,是",
        "periods.csv 第3行 complete：为“是”，须是 yes 或 no",
    ),
    "a department twice by name": (
        "departments.csv",
        "区税务局",
        "区财政局",
        "departments.csv 第9行 name：为“区财政局”，与第8行重复（name），须只有一行",
    ),
    "text with a null character": (
        "departments.csv",
        "区税务局",
        "区税\0务局",
        "departments.csv 第9行 name：为“区税\0务局”，须是文字，不能含空字符",
    ),
    "a request for an unknown target": (
        "city_requests.csv",
        "full_year,rd-intensity",
        "full_year,gdp-per-capita",
        "city_requests.csv 第4行 code：为“gdp-per-capita”，须是 2022/targets.csv 中已有的 code",
    ),
    "an adjustment of an unknown target": (
        "2022/adjustments.csv",
        "public-budget-revenue-growth,0",
        "gdp-per-capita,0",
        "2022/adjustments.csv 第2行 code：为“gdp-per-capita”，须是 2022/targets.csv 中已有的 code",
    ),
    "a cause without its text": (
        "2022/causes.csv",
        "full_year,retail-sales-growth,",
        "full_year,retail-sales-growth,,plan-report-2022-2023,\nfull_year,gdp-growth,",
        "2022/causes.csv 第4行 text：为空，须填写",
    ),
    "a reference figure of nothing": (
        "reference_figures.csv",
        "全国,5.5,,",
        "全国,,,",
        "reference_figures.csv 第2行 value：为空，须填写数值或位次",
    ),
    "a rank beyond its number": (
        "reference_figures.csv",
        "全国,5.5,,",
        "全国,5.5,3,2",
        "reference_figures.csv 第2行 rank：为“3”，须在 1 与 of 之间",
    ),
    "a task in an unknown box": (
        "2023/tasks.csv",
        TAI_BAI,
        "6" + TAI_BAI[1:],
        "2023/tasks.csv 第11行 box：为“6”，须是 boxes.csv 中已有的 box",
    ),
    "a place in a box twice": (
        "2023/tasks.csv",
        TAI_BAI,
        TAI_BAI.replace(",10,", ",9,"),
        "2023/tasks.csv 第11行 order：为“9”，与第10行重复（year、box、order），须只有一行",
    ),
    "a project under another name": (
        "2022/tasks.csv",
        "渝万高铁,yu-wan-gao-tie",
        "渝万铁路,yu-wan-gao-tie",
        (
            "2023/tasks.csv 第66行 name：为“渝万高铁”，"
            "须与 fixtures/2022/tasks.csv 第9行一致（“渝万铁路”）：slug 相同即同一项目"
        ),
    ),
    "a group without its number": (
        "2022/tasks.csv",
        "yes,17个,",
        "yes,,",
        "2022/tasks.csv 第28行 quantity：为空，须填写数量：group 为 yes",
    ),
    "a number without a group": (
        "2022/tasks.csv",
        "yes,17个,",
        "no,17个,",
        "2022/tasks.csv 第28行 quantity：为“17个”，须为空：group 为 no",
    ),
    "stages reached in a year without an end": (
        "boxes.csv",
        "2023年民生领域重点项目,planned",
        "2023年民生领域重点项目,reached",
        (
            "boxes.csv 第6行 states：为“reached”，"
            "须在 periods.csv 有 2023 年的 full_year，已达到的阶段随全年结果发布"
        ),
    ),
}
