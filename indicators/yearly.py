"""The fields of one indicator across years, and of the catalogue of all: the twins of its page follow from here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel

from indicators.judging.terms import Accrual, Favourable, OutcomeState, Period
from indicators.models import Frequency, PublishedRow
from indicators.models.actuals import Replacement
from wanzhou.kernel.evidence.telling import Told, still_told
from wanzhou.kernel.pages.columns import Coded, DecimalText, told

from .across_years import Catalogued
from .schemas import IndicatorOut
from .told import indicator_out


class ChaseOut(BaseModel):
    """一次催办。"""

    on: Annotated[datetime.date, told("日期", "催办的日期。", "2023-04-10")]
    channel: Annotated[str, told("方式", "以什么方式催办。", "公函")]


class WaitingOut(BaseModel):
    """等待市级反馈的情况；报告未载的为空。"""

    bureau: Annotated[str | None, told("市级部门", "等待哪个市级部门反馈。", "市统计局")] = None
    since: Annotated[datetime.date | None, told("开始等待", "从哪一天起等待。", "2023-01-31")] = None
    expected: Annotated[datetime.date | None, told("预计反馈", "预计哪一天反馈。", "2023-06-30")] = None
    chases: Annotated[list[ChaseOut], told("催办", "历次催办，按日期。", [])] = []


class BaseOut(BaseModel):
    """目标所依的另一个数（基数）。"""

    code: Annotated[str | None, told("指标代码", "基数是哪个指标的。", "rd-intensity")] = None
    year: Annotated[int, told("年份", "基数是哪一年的。", 2022)]
    period: Annotated[str | None, Coded(Period), told("期别", "基数是哪一期的。", "full_year")] = None
    value: Annotated[str | None, DecimalText(), told("数值", "基数；尚未取得的为空。", "1.7")] = None
    state: Annotated[
        str | None, Coded(OutcomeState), told("状态", "基数是否已知；没有记录的为空。", "awaiting_city")
    ] = None


class ReferenceOut(BaseModel):
    """同一指标在其他地区的同期数。"""

    region: Annotated[str, told("地区", "全国、全市或其他地区。", "全国")]
    value: Annotated[
        str | None, DecimalText(), told("数值", "该地区的数，单位与指标相同；只有位次的为空。", "5.5")
    ] = None
    rank: Annotated[int | None, told("位次", "本地区在其中排第几；未载的为空。", 3)] = None
    of: Annotated[int | None, told("总数", "参加排位的共多少。", 38)] = None
    wording: Annotated[str, told("原文", "来源的原文。", "增速比全国、全市分别高0.5个、1.4个百分点")] = ""
    source_title: Annotated[str, told("来源", "出自哪份文件。", "政府工作报告目标任务半年完成情况")] = ""
    source_url: Annotated[str, told("来源网址", "来源文件的网址。", "https://www.gov.cn/")] = ""
    source_published_on: Annotated[
        datetime.date | None, told("来源发布日期", "来源文件的发布日期；报告未载的为空。", "2023-09-20")
    ] = None


class DatedOut(BaseModel):
    """属于哪一年、由哪一次发布公开。"""

    year: Annotated[int, told("年份", "计划年度。", 2023)]
    publication: Annotated[int, told("发布编号", "公开这一行的那次发布；编号越大越晚。", 5)]


class IndicatorPeriodOut(IndicatorOut, DatedOut):
    """一个指标在一个年度的一期；没有期别的是计划本身，只有目标。"""

    frequency: Annotated[str | None, Coded(Frequency), told("频次", "多久产生一次数值。", "quarterly")]
    definition: Annotated[
        str | None, told("指标解释", "指标的含义；报告未载的为空。", "生产活动的最终成果。")
    ]
    replaced_because: Annotated[
        str | None,
        Coded(Replacement),
        told("替换缘由", "为什么替换先前公布的数；首次公布的为空。", "revision"),
    ]
    measures: Annotated[str | None, told("下一步措施", "未完成或滞后的，下一步怎么做。", "加快项目建设。")]
    waiting: Annotated[
        WaitingOut | None, told("等待市级", "等待市级反馈的情况；不在等待的为空。", {"bureau": "市统计局"})
    ]
    base: Annotated[
        BaseOut | None,
        told("基数", "目标所依的另一个数；不依赖的为空。", {"code": "rd-intensity", "year": 2022}),
    ]
    references: Annotated[list[ReferenceOut], told("参考数据", "同一指标在其他地区的同期数。", [])]


class IndicatorYears(BaseModel):
    """一个指标的历年数据和全部发布记录。"""

    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "gdp-growth")]
    name: Annotated[str, told("指标名称", "最近一年的名称。", "地区生产总值增速")]
    page: Annotated[str, told("网页", "该指标网页的地址。", "/indicators/gdp-growth/")]
    periods: Annotated[
        list[IndicatorPeriodOut], told("各年各期", "每个年度每一期最近公布的一行，按时间先后。", [])
    ]
    history: Annotated[
        list[IndicatorPeriodOut], told("发布记录", "公布过的每一行，含后来被替换的，按发布先后。", [])
    ]


class CatalogueRowOut(BaseModel):
    """一个公布过的指标。"""

    code: Annotated[str, told("指标代码", "指标的永久代码，逐年不变。", "gdp-growth")]
    name: Annotated[str, told("指标名称", "最近一年的名称。", "地区生产总值增速")]
    unit: Annotated[str, told("单位", "最近一年的计量单位；没有单位的为空。", "%")]
    accrual: Annotated[str, Coded(Accrual), told("累计方式", "年内数值如何累计，决定进度怎样比较。", "rate")]
    favourable: Annotated[str, Coded(Favourable), told("向好方向", "数值往哪个方向变化更好。", "higher")]
    frequency: Annotated[str | None, Coded(Frequency), told("频次", "多久产生一次数值。", "quarterly")]
    years: Annotated[list[int], told("年度", "哪些年度的计划有这一指标。", [2022, 2023])]
    years_named: Annotated[str, told("年度一览", "哪些年度的计划有这一指标，用顿号隔开。", "2022、2023")]
    page: Annotated[str, told("网页", "该指标网页的地址。", "/indicators/gdp-growth/")]


class Catalogue(BaseModel):
    """公布过的全部指标。"""

    indicators: Annotated[
        list[CatalogueRowOut], told("指标", "最近一年的按表中顺序，只在以往年度出现的在后。", [])
    ]


def indicator_years(rows: list[PublishedRow], history: list[PublishedRow]) -> IndicatorYears:
    """An indicator's newest rows, which are in the order of time, and every row ever published."""
    newest = rows[-1]
    return IndicatorYears(
        code=newest.code,
        name=newest.name,
        page=_page(newest),
        periods=periods_out(rows),
        history=periods_out(history),
    )


def periods_out(rows: Sequence[PublishedRow]) -> list[IndicatorPeriodOut]:
    """Rows that were read together with their plans and periods."""
    told_of = still_told(row.documents for row in rows)
    return [_period_out(row, documents) for row, documents in zip(rows, told_of, strict=True)]


def _period_out(row: PublishedRow, documents: Sequence[Told]) -> IndicatorPeriodOut:
    period = row.publication.period
    told_of = indicator_out(row, Period(period.period) if period else None, documents)
    return IndicatorPeriodOut(
        **{name: getattr(told_of, name) for name in IndicatorOut.model_fields}, **_around(row)
    )


def _around(row: PublishedRow) -> dict[str, Any]:
    return {
        "year": row.publication.plan.year,
        "publication": row.publication_id,
        "frequency": row.frequency or None,
        "definition": row.definition or None,
        "replaced_because": row.replaced_because or None,
        "measures": row.measures or None,
        "waiting": row.waiting,
        "base": row.base,
        "references": row.references,
    }


def catalogue_out(entries: list[Catalogued]) -> Catalogue:
    """The catalogue as data."""
    return Catalogue(indicators=[catalogue_row_out(entry) for entry in entries])


def catalogue_row_out(entry: Catalogued) -> CatalogueRowOut:
    """One indicator of the catalogue."""
    row = entry.row
    return CatalogueRowOut(
        code=row.code,
        name=row.name,
        unit=row.unit,
        accrual=row.accrual,
        favourable=row.favourable,
        frequency=row.frequency or None,
        years=list(entry.years),
        years_named="、".join(map(str, entry.years)),
        page=_page(row),
    )


def _page(row: PublishedRow) -> str:
    return f"/indicators/{row.code}/"
