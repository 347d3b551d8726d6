from __future__ import annotations

import pytest

from accounts import audit
from tests import factories as make

MINE = "/api/v1/my/history/"


@pytest.fixture
def own(db):
    return make.MembershipFactory(user__name="Siti Pemilik")


def test_it_tells_what_was_done_to_ones_own_things_and_by_which_office(own, client_of):
    post = make.MissionStaffFactory(user__name="Rina Santiago", mission__city="Santiago")
    certificate = make.CertificateFactory(producer=own.producer)
    certificate.reject(by=post.user, why="Tidak terbaca.")
    audit.record("edit", make.ProducerFactory(), by=post.user)  # of somebody else
    (told,) = client_of(own.user).get(MINE).json()["results"]
    assert (told["verb"], told["kind"], told["object"]) == ("reject", "exporters.certificate", str(certificate.pk))
    assert (told["by"], told["why"], told["to_state"]) == ("KBRI Santiago", "Tidak terbaca.", "rejected")


def test_it_goes_on_by_after(own, client_of):
    for _number in range(3):
        audit.record("edit", own.producer, by=own.user)
    desk = client_of(own.user)
    first = desk.get(MINE, {"page_size": 2}).json()
    rest = desk.get(first["next"]).json()
    assert len(first["results"]) == 2 and rest["next"] is None
    assert {one["id"] for one in first["results"]}.isdisjoint(one["id"] for one in rest["results"])
    assert desk.get(MINE, {"after": "forged"}).status_code == 400
    assert desk.get(MINE, {"producer": "1"}).status_code == 400
