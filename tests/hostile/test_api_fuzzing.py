"""S26: requests that schemathesis makes of our own description, right and wrong ones, sent by each kind of person."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import Scope, Token
from inaaccess.api_docs import description_of_api
from tests.hostile.counting import IS_FULL, TALLY
from tests.world import World

EXAMPLES = 12 if IS_FULL else 2
PEOPLE = ("own_producer", "ministry", "importer", "visitor")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class Undone(Exception):
    """Ends the savepoint of one request."""


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(description_of_api("en"))
    schema.app = get_wsgi_application()
    return [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]


def known_values(world: World) -> dict[str, list[Any]]:
    """What a path may say so that it leads somewhere."""
    rows = (
        world.draft, world.submitted, world.in_review, world.certificate, world.product, world.asking, world.document
    )  # fmt: skip
    return {
        "pk": [row.pk for row in (*rows, world.enquiry, world.quotation, world.report)],
        "id": [row.pk for row in (*rows, world.enquiry, world.quotation, world.report)],
        "slug": [world.product.slug, world.retired.slug, world.producer.slug, world.asking.slug, world.shared.slug],
        "iso2": [world.market.pk],
        "code": [world.hs6.pk, world.commodity.slug, world.campaign.code],
    }


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.name)
@pytest.mark.parametrize("role", PEOPLE)
def test_S26_no_request_is_answered_by_a_fault_or_by_what_is_not_described(role, mode, world):
    headers = {"Host": "localhost"}
    if role != "visitor":
        _token, words = Token.objects.issue(world.people[role], name="fuzz", scopes=Scope.values)
        headers["Authorization"] = f"Bearer {words}"
    known, wrong = known_values(world), []
    for operation in operations():
        failures = _fuzz(operation, mode, known, headers)
        wrong += [f"{operation.label}: {failure}" for failure in failures]
    assert not wrong, "\n".join(wrong[:12])


def _fuzz(operation: Any, mode: GenerationMode, known: dict[str, list[Any]], headers: dict[str, str]) -> list[str]:
    failures: list[str] = []
    count = 0

    @settings(
        max_examples=EXAMPLES, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal count
        count += 1
        for name in case.path_parameters or {}:
            if count % 4 and name in known:
                case.path_parameters[name] = known[name][count % len(known[name])]
        if problem := _ask(case, headers):
            failures.append(problem)

    try:
        ask()
    except Exception as error:
        if "Unsatisfiable" not in type(error).__name__:  # nothing wrong can be said to an operation without inputs
            raise
    return failures


def _ask(case: Any, headers: dict[str, str]) -> str:
    problem, status = "", 0
    try:
        with transaction.atomic():
            response = case.call(headers=headers)
            status = response.status_code
            try:
                case.validate_response(response, checks=CHECKS)
            except FailureGroup as failure:
                problem = " / ".join(f"{one.title}: {one}" for one in failure.exceptions)[:600]
                problem = f"{status} {problem}\n   {case.as_curl_command()[:500]}\n   {response.text[:200]}"
            raise Undone
    except Undone:
        TALLY.note("requests", str(case.as_curl_command()), status)
    return problem
