from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from inaaccess.api_docs import description_of_api

NEVER_WRITTEN = {"state", "claimed_by", "decided_by", "slug", "number", "product", "submitted_at", "is_staff"}


def test_the_description_has_no_fault_and_no_warning():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


@pytest.mark.django_db
def test_the_description_is_served_as_json_and_yaml(visitor):
    assert visitor.get("/api/v1/schema/").json()["openapi"].startswith("3.")
    yaml = visitor.get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi")
    assert yaml.content.startswith(b"openapi: 3.")


def operations():
    document = description_of_api("en")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation, document["components"]["schemas"]


def test_every_operation_says_what_it_is_and_which_errors_it_answers():
    for name, operation, _schemas in operations():
        assert operation.get("summary"), name
        assert {"400", "401", "403", "406", "429"} <= set(operation["responses"]), name
        if "{" in name:
            assert "404" in operation["responses"], name
        if not name.startswith("get"):
            assert "409" in operation["responses"], name


def test_nothing_that_a_verb_decides_can_be_written():
    for name, operation, schemas in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            reference = content["schema"]["$ref"].rsplit("/", 1)[1]
            allowed = {"number"} if "certificates" in name else set()  # its number is printed on it
            # the product that a rule is about, that a campaign leads to, that an importer asks about
            about_one = ("/rules/", "/campaigns/", "/basket/lines/", "/saved-products/")
            is_about_one = any(part in name for part in about_one)
            allowed |= {"product"} if is_about_one else set()
            assert not set(schemas[reference]["properties"]) & (NEVER_WRITTEN - allowed), name


@pytest.mark.django_db
def test_the_page_of_the_api_uses_only_our_own_files(visitor):
    page = visitor.get("/api/v1/docs/", HTTP_ACCEPT="text/html").content.decode()
    assert "<style" not in page and 'src="http' not in page and 'href="http' not in page
    script = visitor.get("/api/v1/docs/?script=", HTTP_ACCEPT="*/*")
    assert script["Content-Type"].startswith("application/javascript") and b"/api/v1/schema/" in script.content
