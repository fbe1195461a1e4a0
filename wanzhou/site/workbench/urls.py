"""The workbench's own pages, inside the administration and before its desks."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from .views import drafts, history, periods, publish, replace, review, today

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
    path("replace/<int:pk>/", inside(replace.replace), name="replace"),
]
