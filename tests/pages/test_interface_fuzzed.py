"""Whatever is asked of the data interface, it answers as its own description says and never fails."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pytest_django.live_server_helper import LiveServer
from schemathesis.specs.openapi.checks import positive_data_acceptance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def described(loaded_plans: None, live_server: LiveServer) -> Any:
    """The interface as it describes itself, on the real plans."""
    return schemathesis.openapi.from_url(f"{live_server.url}/api/openapi.json")


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_every_operation_answers_as_described(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 8
    for operation in operations:

        @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            answer = case.call()
            assert answer.status_code < 500
            # A text may be any text to the schema, and still no date or no known name: such a question is refused.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

        answers()
