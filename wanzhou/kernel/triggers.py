"""Database triggers in migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


@contextmanager
def triggers_set_aside(schema_editor: BaseDatabaseSchemaEditor, table: str) -> Iterator[None]:
    """Let a migration fill new columns of rows that are only added to; its transaction keeps others out meanwhile."""
    name = schema_editor.quote_name(table)
    schema_editor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    schema_editor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


class InstallTriggers(Operation):
    """Install every trigger that the app's models declare, in one step.

    One `AddTrigger` per trigger renders the whole project's models anew each time: half a minute for a first
    start. Initial migrations name the triggers in `CreateModel` and install them here; later ones use
    `AddTrigger` as usual.
    """

    reversible = True
    atomic = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the models of the state name their triggers already."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Install them."""
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take them away again."""
        for trigger in self._triggers(app_label, from_state):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """Said by `migrate --plan`."""
        return "Install the triggers of all models"

    @staticmethod
    def _triggers(app_label: str, state: ProjectState) -> list[Any]:
        models = state.apps.get_app_config(app_label).get_models()
        return [trigger for model in models for trigger in getattr(model._meta, "triggers", ())]
