"""Submitting from the page: what is missing is named; twice is once."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Letter
from catalog.models.revision_state import Incomplete
from tests import factories as make
from tests.catalog.desk import as_sent, draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


def test_a_complete_draft_goes_to_the_reviewers(client):
    draft = draft_of(signed_in(client).producer)
    assert client.post(url(draft, "submit")).url == url(draft, "preview")
    draft.refresh_from_db()
    assert draft.state == "submitted" and draft.confirmed_on is not None
    assert Letter.objects.get().event.startswith("revision_submitted:")


def test_what_is_missing_is_named_and_linked_and_nothing_changes(client):
    draft = draft_of(signed_in(client).producer, moq=None, lead_time_days=None)
    answer = client.post(url(draft, "submit"))
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.state == "draft" and not AuditEntry.objects.exists()
    assert "Give the minimum order quantity (MOQ)." in words(answer)
    assert url(draft, "terms") + "#id_lead_time_days" in answer.content.decode()


def test_a_part_of_what_is_counted_is_not_submitted(client):
    draft = draft_of(signed_in(client).producer, moq="2.5")
    answer = client.post(url(draft, "submit"))
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.state == "draft"
    assert "Give the minimum order as a whole number" in words(answer)


def test_what_was_typed_and_not_taken_must_be_mended_first(client):
    draft = draft_of(signed_in(client).producer)
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="many"))
    answer = client.post(url(draft, "submit"))
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.state == "draft" and "could not be taken" in words(answer)


def test_a_second_press_says_how_it_stands(client):
    draft = draft_of(signed_in(client).producer)
    client.post(url(draft, "submit"))
    assert "with the reviewers already" in words(client.post(url(draft, "submit"), follow=True))
    assert AuditEntry.objects.filter(verb="submit").count() == 1 and Letter.objects.count() == 1


@pytest.mark.parametrize("state", ["approved", "rejected", "withdrawn"])
def test_a_closed_revision_is_refused(client, state):
    revision = make.RevisionFactory(**{state: True}, product__producer=signed_in(client).producer)
    assert client.post(url(revision, "submit")).status_code == 409


def test_only_a_post_submits(client):
    assert client.get(url(draft_of(signed_in(client).producer), "submit")).status_code == 405


def test_a_price_that_rises_with_the_quantity_is_not_submitted():
    revision = make.RevisionFactory(complete=True)
    make.PriceOfferFactory(revision=revision, from_quantity=600, unit_price="9.90")
    with pytest.raises(Incomplete) as refused:
        revision.submit(by=make.UserFactory())
    assert [part.field for part in refused.value.missing] == ["offers"]
