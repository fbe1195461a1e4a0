"""The whole site map."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from wanzhou.site.dashboard.api import api as data
from wanzhou.site.dashboard.views import (
    about,
    awaiting,
    comparing,
    corrections,
    display,
    documents,
    downloads,
    indicator,
    indicators,
    interface,
    judging,
    overview,
    projects,
    prose,
    report,
    search,
    sitemap,
    styleguide,
)


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


PUBLIC: list[URLPattern | URLResolver] = [
    path("", overview.home, name="home"),
    path("", data.urls),  # the JSON twins, which come first: the other forms of a list are files
    path("<int:year>/", overview.year, name="year"),
    path("<int:year>/indicators/", indicators.indicator_list, name="indicator_list"),
    path("<int:year>/indicators.<slug:form>", indicators.indicator_sheet, name="indicator_sheet"),
    path("<int:year>/report/", report.report, name="report"),
    path("<int:year>/report.<slug:form>", report.report_file, name="report_file"),
    path("<int:year>/report/editions/<int:pk>.<slug:form>", report.edition_file, name="edition_file"),
    path("indicators/", indicators.newest_list, name="newest_indicator_list"),
    path("compare/", comparing.newest_comparison, name="newest_comparison"),
    path("compare/<int:year>/<int:other>/", comparing.comparison, name="comparison"),
    path("compare/<int:year>/<int:other>.<slug:form>", comparing.comparison_sheet, name="comparison_sheet"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections.<slug:form>", corrections.corrections_sheet, name="corrections_sheet"),
    path("feed.xml", corrections.feed, name="feed"),
    path("awaiting/", awaiting.awaiting, name="awaiting"),
    path("awaiting.<slug:form>", awaiting.awaiting_sheet, name="awaiting_sheet"),
    path("judging/", judging.judging, name="judging"),
    path("data/", downloads.downloads, name="downloads"),
    path("api/openapi.json", interface.openapi, name="openapi"),
    path("api/docs", interface.documentation, name="interface"),
    path("about/", about.about, name="about"),
    path("indicators.<slug:form>", indicator.catalogue_file, name="catalogue_file"),
    path("indicators/<str:code>/", indicator.indicator, name="indicator"),
    path("indicators/<str:code>.<slug:form>", indicator.indicator_file, name="indicator_file"),
    path("search/", search.search, name="search"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("<int:year>/projects/", projects.project_list, name="project_list"),
    path("<int:year>/projects.<slug:form>", projects.project_sheet, name="project_sheet"),
    path("<int:year>/work-targets/", prose.work_targets, name="work_targets"),
    path("<int:year>/work-targets.<slug:form>", prose.work_target_sheet, name="work_target_sheet"),
    path("<int:year>/results/", prose.results, name="results"),
    path("<int:year>/results.<slug:form>", prose.results_sheet, name="results_sheet"),
    path("projects/", projects.newest_list, name="newest_project_list"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>.<slug:form>", projects.record_sheet, name="record_sheet"),
    path("documents/<str:sha256>.<slug:form>", documents.document, name="document"),
    path("display/", display.display, name="display"),
]
STAFF: list[URLPattern | URLResolver] = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("admin/", include("wanzhou.kernel.accounts.urls")),  # the door: sign-in, own password, second factor
    path("admin/", include("wanzhou.site.workbench.urls")),  # its own pages come before the desks
    path("admin/", admin.site.urls),
]

ENTRANCE = path("", RedirectView.as_view(url="/admin/"), name="home")  # where there are desks alone

PARTS: dict[str, list[URLPattern | URLResolver]] = {
    "all": [*PUBLIC, *STAFF],
    "public": PUBLIC,
    "staff": [ENTRANCE, *STAFF],
}
urlpatterns = [path("healthz", healthz, name="healthz"), *PARTS[settings.SITE_PART]]
if settings.SITE_PART == "staff":
    admin.site.site_url = settings.SITE_ADDRESS or None  # the public pages are not here
handler400 = "wanzhou.site.dashboard.views.refusals.bad_request"
handler404 = "wanzhou.site.dashboard.views.refusals.not_found"
handler500 = "wanzhou.site.dashboard.views.refusals.broken"
