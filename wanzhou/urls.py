"""The whole site map."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from wanzhou.site.dashboard.api import api as data
from wanzhou.site.dashboard.views import display, indicators, overview


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


PUBLIC: list[URLPattern | URLResolver] = [
    path("", overview.home, name="home"),
    path("", data.urls),  # the JSON twins, which come first: the other forms of a list are files
    path("<int:year>/", overview.year, name="year"),
    path("<int:year>/indicators/", indicators.indicator_list, name="indicator_list"),
    path("<int:year>/indicators.<slug:form>", indicators.indicator_sheet, name="indicator_sheet"),
    path("indicators/", indicators.newest_list, name="newest_indicator_list"),
    path("display/", display.display, name="display"),
]
STAFF: list[URLPattern | URLResolver] = [
    path("admin/", include("wanzhou.site.workbench.urls")),  # its own pages come before the desks
    path("admin/", admin.site.urls),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *(PUBLIC if settings.SITE_PART != "staff" else []),
    *(STAFF if settings.SITE_PART != "public" else []),
]
handler400 = "wanzhou.site.dashboard.views.refusals.bad_request"
handler404 = "wanzhou.site.dashboard.views.refusals.not_found"
handler500 = "wanzhou.site.dashboard.views.refusals.broken"
