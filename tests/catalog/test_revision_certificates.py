"""The step of certificates and markets."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from tests import factories as make
from tests.catalog.desk import as_sent, draft_of, signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer)


def test_target_markets_are_kept_with_the_revision(client, draft):
    client.post(url(draft, "certificates"), as_sent(client, draft, "certificates", target_markets=["CL", "BR"]))
    draft.refresh_from_db()
    assert sorted(draft.target_markets) == ["BR", "CL"] and draft.product.target_markets == []


@pytest.mark.parametrize("code", ["US", "XX", "cl", "CHL"])
def test_a_country_that_is_no_market_of_ours_is_refused(client, draft, code):
    sent = as_sent(client, draft, "certificates", target_markets=[code])
    assert client.post(url(draft, "certificates"), sent).status_code == 422


def test_certificates_apply_at_once_and_can_be_taken_off(client, draft):
    certificate = make.CertificateFactory(producer=draft.product.producer, verified=True)
    client.post(url(draft, "certificates"), as_sent(client, draft, "certificates", certificates=[certificate.pk]))
    assert draft.product.certificates.get() == certificate
    assert AuditEntry.objects.get(verb="cover").object_id == str(draft.product_id)
    client.post(url(draft, "certificates"), as_sent(client, draft, "certificates", certificates=[]))
    assert not draft.product.certificates.exists()


def test_a_neighbours_certificate_cannot_be_used(client, draft):
    foreign = make.CertificateFactory(verified=True)
    sent = as_sent(client, draft, "certificates", certificates=[foreign.pk])
    assert client.post(url(draft, "certificates"), sent).status_code == 422
    assert not draft.product.certificates.exists()
