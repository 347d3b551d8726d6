"""The preview: the public body, and what is missing."""

from __future__ import annotations

import pytest

from catalog import completeness
from catalog.revision_steps import steps_of
from tests import factories as make
from tests.catalog.desk import draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


def test_a_complete_draft_is_shown_as_the_public_will_see_it(client):
    draft = draft_of(signed_in(client).producer)
    page = client.get(url(draft, "preview"))
    assert page.status_code == 200
    for fact in ("Leather sandals with batik strap", "USD 6.80", "300 pair", "6403.99", "Full-grain leather footbed."):
        assert fact in words(page).replace("\xa0", " "), fact
    assert page.content.decode().count("<h1") == 1


def test_an_empty_draft_is_shown_too_with_what_is_missing(client):
    draft = draft_of(signed_in(client).producer, complete=False, title={})
    page = client.get(url(draft, "preview"))
    assert page.status_code == 200 and "Give the minimum order quantity (MOQ)." in words(page)
    assert url(draft, "what") + "#id_title" in page.content.decode()


@pytest.mark.parametrize("state", ["submitted", "in_review", "changes_requested", "approved", "rejected", "withdrawn"])
def test_every_state_has_its_words_and_only_its_buttons(client, state):
    revision = make.RevisionFactory(**{state: True}, product__producer=signed_in(client).producer)
    page = client.get(url(revision, "preview")).content.decode()
    assert (url(revision, "submit") in page) == (state == "changes_requested")
    assert (url(revision, "withdraw") in page) == (state in ("submitted", "changes_requested"))


def test_the_page_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    draft = draft_of(signed_in(client).producer)
    client.get(url(draft, "preview"))
    for number in range(11):
        make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer)
        make.PriceOfferFactory(revision=draft, from_quantity=1000 + number)
    with django_assert_max_num_queries(18):
        client.get(url(draft, "preview"))


def test_every_missing_part_is_linked_to_a_place_that_exists(client):
    draft = draft_of(signed_in(client).producer, complete=False, title={})
    missing = client.get(url(draft, "preview")).context["missing"]
    assert len(missing) > 15
    for address, message in missing:
        page, anchor = address.split("#")
        there = f'id="{anchor}"' in client.get(page).content.decode()
        assert there or anchor == "attributes", message


def test_a_step_is_ticked_once_something_stands_in_it_and_nothing_required_is_missing():
    empty = make.RevisionFactory(complete=False, title={}, target_markets=[])
    assert "done" not in {step.state for step in steps_of(empty, completeness.of(empty), "what")}
    whole = make.RevisionFactory(complete=True, target_markets=["CL"])
    states = {step.label: step.state for step in steps_of(whole, completeness.of(whole), "what")}
    assert states["Trade terms"] == states["Packing"] == states["Certificates and markets"] == "done"
