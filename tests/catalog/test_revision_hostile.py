"""What no browser sends: every step answers it with a page, never with an error of ours."""

from __future__ import annotations

import pytest

from tests.catalog.desk import as_sent, draft_of, signed_in, url

pytestmark = pytest.mark.django_db
JUNK = [
    "\x00",
    "²",
    "9" * 400,
    "1e400",
    "NaN",
    "-0",
    "Infinity",
    "<script>alert(1)</script>",
    "\u202e",
    "{}",
    "[]",
    "💥",
]
STEPS = ["what", "terms", "packing", "certificates"]


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer)


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("step", STEPS)
def test_junk_in_every_field_is_answered_and_shown_again(client, draft, step, junk):
    marks = ("version", "base", "offers-TOTAL_FORMS", "offers-INITIAL_FORMS")
    sent = {name: value if name in marks else junk for name, value in as_sent(client, draft, step).items()}
    assert client.post(url(draft, step), sent).status_code in (302, 422)
    page = client.get(url(draft, step))
    assert page.status_code == 200 and b"<script>alert" not in page.content


@pytest.mark.parametrize("junk", ["", "x", "²", "-1", "9" * 30, "\x00"])
@pytest.mark.parametrize("mark", ["version", "base", "offers-TOTAL_FORMS", "offers-INITIAL_FORMS"])
def test_junk_in_the_marks_of_a_page_is_answered(client, draft, mark, junk):
    sent = as_sent(client, draft, "terms", **{mark: junk}, moq="444")
    assert client.post(url(draft, "terms"), sent).status_code in (302, 409, 422)
    assert client.get(url(draft, "terms")).status_code == 200


@pytest.mark.parametrize("query", ["rows=²", "rows=999", "rows=-1", "q=%00", "q=²", "q=%25%25"])
@pytest.mark.parametrize("step", ["what", "terms"])
def test_junk_in_the_address_is_ignored(client, draft, step, query):
    assert client.get(f"{url(draft, step)}?{query}").status_code == 200


def test_only_fields_of_the_step_are_kept_and_not_without_end(client, draft):
    sent = as_sent(client, draft, "terms", moq="x" * 100_000, hacked="y" * 1000, title_en="not of this step")
    client.post(url(draft, "terms"), sent)
    draft.refresh_from_db()
    kept = draft.unfinished["terms"]
    assert len(kept["moq"][0]) == 6000 and "hacked" not in kept and "title_en" not in kept
