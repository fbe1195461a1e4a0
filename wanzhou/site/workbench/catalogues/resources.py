"""The catalogues: their columns, and who may read and write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.urls import reverse
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import Widget

from indicators.models import Indicator
from wanzhou.kernel.accounts.models import Department

from .cells import Choice, Number, Words, YesNo


def _column(model: type[models.Model], name: str, widget: Widget) -> Field:
    field: Any = model._meta.get_field(name)
    return Field(attribute=name, column_name=str(field.verbose_name), widget=widget)


def _choices(name: str) -> Choice:
    return Choice(Indicator._meta.get_field(name).choices)  # type: ignore[union-attr, arg-type]


class CatalogueResource(ModelResource):  # type: ignore[misc]  # the library has no types
    """What both catalogues share."""

    class Meta:
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = report_skipped = clean_model_instances = True
        skip_html_diff = store_instance = True

    def before_import_row(self, row: Mapping[str, Any], **kwargs: Any) -> None:
        """The code says which row is meant: without one nothing can be."""
        try:
            validate_slug(str(row["代码"]))
        except ValidationError as fault:
            raise ValueError("代码须填，只用字母、数字、下划线和连字符，如 gdp-growth。") from fault

    def get_user_visible_headers(self) -> list[str]:
        """The headings, as labels."""
        return [field.column_name for field in self.get_export_fields()]


class IndicatorResource(CatalogueResource):
    """指标."""

    code = _column(Indicator, "code", Words())
    name = _column(Indicator, "name", Words())
    short_name = _column(Indicator, "short_name", Words())
    aliases = _column(Indicator, "aliases", Words())
    accrual = _column(Indicator, "accrual", _choices("accrual"))
    favourable = _column(Indicator, "favourable", _choices("favourable"))
    frequency = _column(Indicator, "frequency", _choices("frequency"))
    definition = _column(Indicator, "definition", Words())

    class Meta(CatalogueResource.Meta):
        model = Indicator
        fields = ("code", "name", "short_name", "aliases", "accrual", "favourable", "frequency", "definition")


class DepartmentResource(CatalogueResource):
    """责任单位."""

    code = _column(Department, "code", Words())
    name = _column(Department, "name", Words())
    order = _column(Department, "order", Number())
    is_default = _column(Department, "is_default", YesNo())

    class Meta(CatalogueResource.Meta):
        model = Department
        fields = ("code", "name", "order", "is_default")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One of them: its word in addresses, its resource, and the permissions that it asks for."""

    key: str
    resource: type[CatalogueResource]

    @property
    def model(self) -> type[models.Model]:
        return self.resource.Meta.model  # type: ignore[attr-defined, no-any-return]

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def reads(self) -> str:
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    @property
    def writes(self) -> tuple[str, str]:
        app, name = self.model._meta.app_label, self.model._meta.model_name
        return f"{app}.add_{name}", f"{app}.change_{name}"

    @property
    def desk(self) -> str:
        """Where its rows are kept."""
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")

    def rows(self) -> tablib.Dataset:
        """Everything, as it goes out: headings and texts."""
        found: tablib.Dataset = self.resource().export(self.model._default_manager.order_by("pk"))
        return found


CATALOGUES = {
    one.key: one
    for one in (Catalogue("indicators", IndicatorResource), Catalogue("departments", DepartmentResource))
}
