"""The header Idempotency-Key: every write that is no log-in has one effect, however often it arrives."""

from __future__ import annotations

import pytest
from drf_spectacular.generators import SchemaGenerator

from accounts.models import AuditEntry
from accounts.repeats import HEADER
from tests import factories as make

KEY = {"Idempotency-Key": "one"}


@pytest.fixture
def staff(db, client_of):
    make.AccreditationFactory()
    return client_of(make.MissionStaffFactory().user)


@pytest.fixture
def revision(db):
    return make.RevisionFactory(submitted=True, target_markets=["CL"])


@pytest.fixture
def certificate(revision):
    return make.CertificateFactory(producer=revision.product.producer)


def test_S29_a_verb_sent_twice_under_one_key_gives_its_first_answer(staff, revision):
    address = f"/api/v1/reviews/{revision.pk}/claim/"
    first, second = (staff.post(address, headers=KEY) for _time in range(2))
    assert (first.status_code, second.status_code) == (200, 200) and first.json() == second.json()
    assert AuditEntry.objects.filter(verb="claim").count() == 1
    assert staff.post(address).status_code == 409
    assert staff.post(address, headers={"Idempotency-Key": "two"}).status_code == 409


def test_S29_another_body_under_the_same_key_is_refused(staff, certificate):
    address = f"/api/v1/certificates/{certificate.pk}/reject/"
    assert staff.post(address, {"why": "Tidak terbaca."}, headers=KEY).status_code == 200
    other = staff.post(address, {"why": "Kedaluwarsa."}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "submission_key_reused")
    certificate.refresh_from_db()
    assert certificate.rejection == "Tidak terbaca."


def test_S29_what_was_refused_may_be_sent_again_under_the_same_key(staff, certificate):
    address = f"/api/v1/certificates/{certificate.pk}/reject/"
    assert staff.post(address, {"why": ""}, headers=KEY).status_code == 400
    assert staff.post(address, {"why": "Tidak terbaca."}, headers=KEY).status_code == 200


def test_S29_the_same_key_for_another_thing_is_refused(staff, revision):
    other = make.RevisionFactory(submitted=True, target_markets=["CL"])
    assert staff.post(f"/api/v1/reviews/{revision.pk}/claim/", headers=KEY).status_code == 200
    refused = staff.post(f"/api/v1/reviews/{other.pk}/claim/", headers=KEY)
    assert refused.status_code == 422


def test_S29_every_post_but_the_log_in_says_that_it_takes_the_header():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    without = [
        path
        for path, methods in paths.items()
        if "post" in methods and HEADER not in {one["name"] for one in methods["post"].get("parameters", ())}
    ]
    assert without == ["/api/v1/auth/token/"]
