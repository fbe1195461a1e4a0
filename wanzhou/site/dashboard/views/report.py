"""The report of a plan year, as a page and as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wanzhou.kernel.evidence import serving
from wanzhou.kernel.pages.asof import as_of
from wanzhou.kernel.pages.pages import READING, File, Link, Page, public, refused
from wanzhou.kernel.pages.refusals import BadQuestion, NoSuchPage
from wanzhou.kernel.pages.visits import Visit
from wanzhou.kernel.plans.models import Edition
from wanzhou.site.dashboard.report import FORMS, report_page
from wanzhou.site.reports.editions import content_of, kind_of
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


def edition_file(request: HttpRequest, year: int, pk: int, form: str) -> HttpResponse:
    """The document of an edition, where everybody may have it; it is not sent unless it is still what was marked."""
    if request.method not in READING:
        return refused(request, 405, "公开文件只供阅读，不接受提交")
    try:
        moment = as_of(request.GET.get("as_of", "")[:50]).moment
    except BadQuestion as reason:
        return refused(request, 400, str(reason))
    edition = Edition.objects.of_report(year, moment).filter(pk=pk, public=True).first()
    kind = kind_of(edition) if edition else None
    if edition is None or kind is None or kind != form:
        return refused(request, 404, "没有公开过这个文件")
    name = f"{edition.title}.{kind}"
    try:
        return serving.answer(
            request,
            sha256=edition.sha256,
            kind=kind,
            name=name,
            everybody=True,
            read=lambda _: content_of(edition),
        )
    except serving.FileMissing as missing:
        return refused(request, 404, str(missing))
