"""The report of a plan year, as a page and as files."""

from __future__ import annotations

from wanzhou.kernel.pages.pages import File, Link, Page, public
from wanzhou.kernel.pages.refusals import NoSuchPage
from wanzhou.kernel.pages.visits import Visit
from wanzhou.site.dashboard.report import FORMS, report_page
from wanzhou.site.reports.writing.forms import Form, file_of


@public()
def report(visit: Visit, year: int) -> Page:
    """The report on a finished year."""
    page = report_page(visit, year)
    return Page(
        "report.html",
        page,
        title=f"{year} 年计划执行情况报告",
        canonical=f"/{year}/report/",
        section="overview",
        year=year,
        description=f"{year} 年国民经济和社会发展计划执行情况的统计文字、表和专栏，由已发布的数据生成。",
        crumbs=(Link(f"{year} 年", f"/{year}/"), Link("报告", "")),
        twins=page.twins,
    )


@public()
def report_file(visit: Visit, year: int, form: str) -> File:
    """The same report as a file."""
    if form not in FORMS:
        raise NoSuchPage(f"没有 .{form[:10]} 形式的报告；可选：{'、'.join(f'.{one}' for one in FORMS)}")
    page = report_page(visit, year)
    if page.document is None:
        raise NoSuchPage(f"{year}年的报告不能生成：{''.join(page.problems)}")
    return file_of(page.document, Form(form), f"report-{year}")
