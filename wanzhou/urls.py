"""The whole site map."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from wanzhou.site.dashboard import views as pages
from wanzhou.site.dashboard.api import api as data


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", pages.home, name="home"),
    path("<int:year>/", pages.year, name="year"),
    path("", data.urls),  # /<year>/indicators.json, /<year>/projects.json
    path("healthz", healthz, name="healthz"),
    path("admin/", include("wanzhou.kernel.accounts.urls")),  # the door: sign-in, own password, second factor
    path("admin/", admin.site.urls),
]
handler404 = "wanzhou.site.dashboard.views.not_found"
