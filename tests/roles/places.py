"""Every staff address that the site map knows, and one real place at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from indicators.evidence import TABLES, attach_to
from indicators.models import AnnualTarget, Intake, QuarterlyActual
from projects.models import AnnualTask, Round, StatusUpdate, UpdateDocument
from tests.admin.office import DESKS, Office
from tests.admin.test_intake import handed_in
from tests.evidence import files
from wanzhou.kernel.evidence.actions import take_in
from wanzhou.kernel.plans.models import Edition

ROOT = "admin/"
# Django's own, met in test_strange_addresses: the first are behind the pages of ours of the same addresses.
NOT_PLACES = (
    r"^(?P<app_label>",
    r"(?P<url>.*)$",
    "admin/r/<path:content_type_id>/",
    "auth_user_password_change",
)
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses() -> tuple[str, ...]:
    """The staff addresses as the site map spells them, each once."""
    found = dict.fromkeys(
        place for place, _ in _walked(get_resolver().url_patterns, "") if place.startswith(ROOT)
    )
    return tuple(place for place in found if not any(sign in place for sign in NOT_PLACES))


def _walked(patterns: Any, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        place = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not isinstance(pattern.pattern, RoutePattern) and "(?P" not in place:
                place = before + str(pattern.pattern).strip("^$")
            yield place, pattern
        else:
            yield from _walked(pattern.url_patterns, place)


class Places:
    """One place at every address: where it is about a row, the row is the clerk's department's own."""

    def __init__(self, office: Office) -> None:
        self.office = office
        published = QuarterlyActual.objects.published().get()
        target = office.own[AnnualTarget]
        self.given: dict[str, Any] = {
            "year": published.period.plan.year,
            "period": published.period_id,
            "target": target.pk,
            "task": office.own[AnnualTask].pk,
            "update": office.own[StatusUpdate].pk,
            "pk": published.pk,
            "form": "csv",
            "department": office.cast.department.code,
            "key": 1,
            "id": office.cast.clerk.pk,
            "rest": "1/1/",
        }
        self.special = self._special(published)
        self.keys = {model: self._attached(row) for model, row in office.own.items() if _is_attested(model)}
        self.keys |= {
            type(row): self._attached(row) for row in (self._row(DESKS["indicators.referencefigure"]),)
        }

    def at(self, address: str) -> str:
        """The place at an address. Raises KeyError, naming a parameter that nothing is given for."""
        model = self._model_of(address)
        return "/" + _PARAMETER.sub(
            lambda found: str(self._value(found[1], found[0], model, address)), address
        )

    def _special(self, published: QuarterlyActual) -> dict[str, dict[str, Any]]:
        """What the parameters mean below some addresses: the beginning of the address, and what is given there."""
        desk = Client()
        desk.force_login(self.office.cast.publisher)
        imported = Intake.objects.create(
            period=published.period, by=self.office.cast.clerk, files="测试.xlsx", fingerprints="0" * 64
        )
        return {
            "admin/intake/": {"pk": handed_in(desk).pk},
            "admin/rounds/": {"pk": Round.objects.latest("pk").pk},
            "admin/links/target/": {"pk": self.office.own[AnnualTarget].pk},
            "admin/writing/": {"pk": Edition.objects.latest("pk").pk, "sort": "annual"},
            "admin/catalogues/": {"key": "indicators"},
            "admin/indicators/quarterlyactual/entry/<int:year>/<str:period>/imports/": {"key": imported.pk},
            "admin/projects/statusupdate/entry/": {"key": self.office.own[AnnualTask].pk},
        }

    def _value(self, name: str, spelt: str, model: type[Model] | None, address: str) -> Any:
        for beginning, given in self.special.items():
            if address.startswith(beginning) and name in given:
                return given[name]
        if name == "object_id" and model is not None:
            return self._row(model).pk
        if name == "period" and not spelt.startswith("<int"):
            return "full_year"
        if name == "key" and model in self.keys:
            return self.keys[model]
        return self.given[name]

    def _model_of(self, address: str) -> type[Model] | None:
        label = ".".join(address.removeprefix(ROOT).split("/")[:2])
        return DESKS.get(label)

    def _row(self, model: type[Model]) -> Any:
        return self.office.own.get(model) or model._default_manager.order_by("pk").last()

    def _attached(self, row: Any) -> int:
        (document,) = take_in([files.upload("证明.pdf", files.pdf())], by=self.office.cast.clerk)
        if type(row) in TABLES:
            attach_to(row, [document], public=False)
            return int(row.documents.get().pk)
        return int(UpdateDocument.objects.create(document=document, public=False, update=row).pk)


def _is_attested(model: type[Model]) -> bool:
    return model in TABLES or model is StatusUpdate
