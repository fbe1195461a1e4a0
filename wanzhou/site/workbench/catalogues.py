"""The catalogues of indicators and departments as workbooks: out, and in again through a preview of every change.

Here django-import-export does the work: rows matched by their permanent code, unchanged ones passed over, every row
validated as its form would be, all of it in one transaction. Rows are never deleted by an import.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models, transaction
from django.urls import reverse
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.results import RowResult
from import_export.widgets import BooleanWidget, CharWidget, IntegerWidget, Widget

from indicators.models import Indicator
from wanzhou.kernel.accounts.models import Department
from wanzhou.kernel.wording import fold
from wanzhou.kernel.workbooks.opening import Line, Sheet
from wanzhou.kernel.workbooks.squares import Square

ROW = "行"
"""The column in which each line carries its place in the file."""


class Words(CharWidget):  # type: ignore[misc]  # the library has no types
    """A text as it stands; an empty cell is the empty text."""

    def __init__(self) -> None:
        super().__init__(coerce_to_string=True, allow_blank=True)


class Choice(Widget):  # type: ignore[misc]  # the library has no types
    """One of a field's choices by its words; its code is understood as well."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.choices = {value: str(label) for value, label in choices}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        said = fold(str(value or ""))
        found = [code for code, label in self.choices.items() if said in (fold(label), code)]
        if not found:
            raise ValueError(f"“{value or '空'}”不是可选的值，可选：{'、'.join(self.choices.values())}。")
        return found[0]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.choices.get(value, str(value))


class Number(IntegerWidget):  # type: ignore[misc]  # the library has no types
    """A whole number from 0."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        said = fold(str(value or "0"))
        if not said.isdecimal() or int(said) > 32_767:
            raise ValueError(f"“{value}”不是 0 到 32767 的整数。")
        return int(said)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value)


class YesNo(BooleanWidget):  # type: ignore[misc]  # the library has no types
    """是 or 否."""

    TRUE_VALUES = ["是", "true", "1", "TRUE"]
    FALSE_VALUES = ["否", "false", "0", "", "FALSE", None]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        said = str(value or "").strip()
        if said not in (*self.TRUE_VALUES, *self.FALSE_VALUES):
            raise ValueError(f"“{value}”看不懂，应填“是”或“否”。")
        return said in self.TRUE_VALUES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"


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


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that an import would add or change: its place in the file, and its fields from what to what."""

    row: int
    code: str
    name: str
    is_new: bool
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an import would do. Where there are problems it does nothing at all."""

    differences: tuple[Difference, ...]
    same: int
    problems: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What a person has seen of it; it differs as soon as a row changes beneath."""
        return hashlib.sha256(repr(self.differences).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a file says: its rows under the catalogue's headings, what stands in the way, what is only to be known."""

    rows: tablib.Dataset
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def lines_of(sheets: Sequence[Sheet], catalogue: Catalogue) -> Lines:
    """The lines under the headings of the first sheet that has the catalogue's codes."""
    headings = catalogue.resource().get_user_visible_headers()
    for sheet in (one for one in sheets if not one.is_hidden):
        for position, line in enumerate(sheet.lines):
            columns = {_letters(square): fold(square.text) for square in line.squares}
            if {"代码", "名称"} <= set(columns.values()):
                known = {letters: label for letters, label in columns.items() if label in headings}
                notices = (
                    f"没有“{label}”这一列，没有读取。" for label in columns.values() if label not in headings
                )
                rows, problems = _dataset(sheet.lines[position + 1 :], known)
                return Lines(rows, tuple(problems), tuple(notices))
    return Lines(tablib.Dataset(), ("没有找到表头：须有“代码”和“名称”两列。请先导出，在导出的表里改。",))


def _dataset(lines: Sequence[Line], known: Mapping[str, str]) -> tuple[tablib.Dataset, list[str]]:
    """The cells under the known headings, by the letters of their columns; and what cannot be believed."""
    rows = tablib.Dataset(headers=[ROW, *known.values()])
    place, codes, problems = list(known.values()).index("代码"), dict[str, int](), list[str]()
    for line in lines:
        by_column = {_letters(one): one for one in line.squares if _letters(one) in known}
        problems += [
            f"{one.address}“{one.text or '公式'}”不是文字或数字，没有读取；请粘贴为数值。"
            for one in by_column.values()
            if one.fault is not None
        ]
        cells = [by_column[letters].text if letters in by_column else "" for letters in known]
        if not any(cells):
            continue
        code = cells[place]
        if code in codes:
            problems.append(f"第{line.row}行和第{codes[code]}行的代码都是“{code}”，只能有一行。")
        codes.setdefault(code, line.row)
        rows.append([str(line.row), *cells])
    return rows, problems


def _letters(square: Square) -> str:
    return square.address.rstrip("0123456789")


def foresee(catalogue: Catalogue, rows: tablib.Dataset) -> Foreseen:
    """What importing these rows would do; nothing is kept of the trial."""
    result = catalogue.resource().import_data(rows, dry_run=True, use_transactions=True, raise_errors=False)
    fields = catalogue.resource().get_export_fields()
    differences, same, problems = [], 0, []
    for line, found in zip(rows.dict, result.rows, strict=True):
        if found.is_error() or found.is_invalid():
            problems += [f"第{line[ROW]}行：{said}" for said in _said(found, fields)]
        elif found.import_type == RowResult.IMPORT_TYPE_SKIP:
            same += 1
        else:
            differences.append(_difference(line, found, fields))
    return Foreseen(tuple(differences), same, tuple(problems))


def _difference(line: Mapping[str, str], found: Any, fields: Sequence[Field]) -> Difference:
    is_new = found.import_type == RowResult.IMPORT_TYPE_NEW
    changed = []
    for field in fields:
        after = str(field.export(found.instance))
        before = "" if is_new else str(field.export(found.original))
        if before != after:
            changed.append((field.column_name, before, after))
    return Difference(int(line[ROW]), found.instance.code, found.instance.name, is_new, tuple(changed))


def _said(found: Any, fields: Sequence[Field]) -> Iterator[str]:
    """Why a row cannot be imported, in the words of its fields."""
    labels = {field.attribute: field.column_name for field in fields}
    if found.is_error():
        yield from (str(error.error) for error in found.errors)
    elif hasattr(found.validation_error, "message_dict"):
        for name, messages in found.validation_error.message_dict.items():
            yield from (f"{labels.get(name, '')}{'：' if name in labels else ''}{one}" for one in messages)
    else:
        yield from found.validation_error.messages


@transaction.atomic
def bring_in(catalogue: Catalogue, rows: tablib.Dataset, *, seen: str) -> Foreseen | None:
    """Import the rows, all or none; None where what would change is not what the person has seen."""
    list(catalogue.model._default_manager.select_for_update().order_by("pk").values_list("pk"))
    now = foresee(catalogue, rows)
    if now.problems or now.digest != seen:
        return None
    catalogue.resource().import_data(rows, dry_run=False, use_transactions=True, raise_errors=True)
    return now
