"""Taking a proposal back."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from tests import factories as make
from tests.catalog.desk import at, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["submitted", "changes_requested"])
def test_it_is_taken_back_and_twice_is_once(client, state):
    revision = make.RevisionFactory(**{state: True}, product__producer=signed_in(client).producer)
    for _press in range(2):
        assert client.post(url(revision, "withdraw")).url == at("desk_product", revision.product_id)
    revision.refresh_from_db()
    assert revision.state == "withdrawn" and AuditEntry.objects.filter(verb="withdraw").count() == 1


@pytest.mark.parametrize("state", ["in_review", "approved", "rejected"])
def test_it_is_refused_when_it_is_not_the_producers_turn(client, state):
    revision = make.RevisionFactory(**{state: True}, product__producer=signed_in(client).producer)
    assert client.post(url(revision, "withdraw")).status_code == 409
