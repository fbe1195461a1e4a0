"""The workbench's own pages, inside the administration and before its desks."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from .views import (
    city,
    decisions,
    drafts,
    history,
    missing,
    papers,
    periods,
    publish,
    references,
    replace,
    review,
    today,
)

app_name = "workbench"

inside = admin.site.admin_view
urlpatterns = [
    path("", inside(today.today), name="today"),
    path("review/", inside(review.review), name="review"),
    path("publish/", inside(publish.choose), name="publish"),
    path("publish/<int:year>/<slug:period>/", inside(publish.preview), name="preview"),
    path("periods/", inside(periods.periods), name="periods"),
    path("drafting/", inside(drafts.plans), name="drafting"),
    path("drafting/reading/", inside(drafts.reading), name="reading"),
    path("drafting/<int:year>/", inside(drafts.draft), name="draft"),
    path("drafting/<int:year>/paste/", inside(drafts.paste), name="draft-paste"),
    path("drafting/<int:year>/approve/", inside(drafts.approve), name="draft-approve"),
    path("history/", inside(history.history), name="history"),
    path("history/<slug:form>/", inside(history.export), name="history-export"),
    path("papers/", inside(papers.papers), name="papers"),
    path("replace/<int:pk>/", inside(replace.replace), name="replace"),
    path("city/", inside(city.city), name="city"),
    path("city/annex/", inside(city.annex), name="annex"),
    path("city/annex.<slug:form>", inside(city.annex_file), name="annex_file"),
    path("city/<int:target>/<int:period>/", inside(city.line), name="city_line"),
    path("decisions/", inside(decisions.newest), name="newest_decisions"),
    path("decisions/<int:year>/<slug:period>/", inside(decisions.rows), name="decisions"),
    path("rule/<int:pk>/", inside(decisions.rule), name="rule"),
    path("cause/<int:target>/<int:period>/", inside(decisions.cause), name="cause"),
    path("adjust/<int:target>/", inside(decisions.adjust), name="adjust"),
    path("calibre/<int:target>/<int:period>/", inside(decisions.calibre), name="calibre"),
    path("references/", inside(references.newest), name="newest_references"),
    path("r/<path:rest>", inside(missing.on_site), name="on-site"),
    path("references/<int:year>/<slug:period>/", inside(references.references), name="references"),
]
