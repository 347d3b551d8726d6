from __future__ import annotations

from django.test import Client

from exporters.models import Producer
from tests.factories import OfficerScopeFactory, RegencyFactory


def test_an_officer_begins_a_producer_that_nobody_owns(client: Client, db):
    officer = OfficerScopeFactory.create().user
    client.force_login(officer)
    said = {"trade_name": "Keripik Singkong Ibu Yati", "regency": "35.76", "submission_key": "k1"}
    for _click in range(2):
        response = client.post("/en/desk/producers/new/", said)
    producer = Producer.objects.get()
    assert response["Location"] == f"/en/desk/producers/{producer.pk}/"
    assert (producer.created_by, producer.state) == (officer, "draft")
    assert not producer.members.exists()
    assert list(Producer.objects.editable_by(officer)) == [producer]


def test_S2_an_officer_begins_none_outside_their_regencies(client: Client, db):
    client.force_login(OfficerScopeFactory.create().user)
    RegencyFactory.create(code="35.78", name="Kota Surabaya")
    response = client.post("/en/desk/producers/new/", {"trade_name": "Batik", "regency": "35.78"})
    assert response.status_code == 422
    assert not Producer.objects.exists()
