from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Letter, User
from accounts.workflow import Refused, TransitionNotAllowed
from exporters.models import Certificate, SelfDecision
from tests.factories import (
    CertificateFactory,
    MembershipFactory,
    UserFactory,
)


@pytest.fixture
def curator(db) -> User:
    return UserFactory.create(ministry=True)


def test_verifying_gives_a_badge_and_writes_to_the_members(curator):
    member = MembershipFactory.create(user__language="es")
    certificate = CertificateFactory.create(producer=member.producer)
    certificate.verify(by=curator)
    assert certificate.is_valid()
    assert certificate.decided_by == curator
    letter = Letter.objects.get()
    assert (letter.recipient, letter.language) == (member.user, "es")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.from_state, entry.to_state) == ("verify", "submitted", "verified")


def test_rejecting_needs_a_reason_and_tells_it(curator):
    certificate = CertificateFactory.create(producer=MembershipFactory.create().producer)
    with pytest.raises(Refused) as refusal:
        certificate.reject(by=curator, why="  ")
    assert refusal.value.code == "why_missing"
    certificate.reject(by=curator, why="Pindaian tidak terbaca.")
    assert "Pindaian tidak terbaca." in Letter.objects.get().body
    assert not certificate.is_valid()


@pytest.mark.parametrize("state", ["verified", "rejected"])
@pytest.mark.parametrize("verb", ["verify", "reject"])
def test_a_decided_certificate_is_not_decided_again(curator, state, verb):
    certificate = CertificateFactory.create(**{state: True})
    with pytest.raises(TransitionNotAllowed):
        certificate.verify(by=curator) if verb == "verify" else certificate.reject(by=curator, why="no")
    certificate.refresh_from_db()
    assert certificate.state == state
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["member", "submitter"])
@pytest.mark.parametrize("verb", ["verify", "reject"])
def test_S4_nobody_decides_on_their_own(db, who, verb):
    curator = UserFactory.create(ministry=True)
    certificate = CertificateFactory.create()
    if who == "member":
        MembershipFactory.create(user=curator, producer=certificate.producer, role="editor")
    else:
        Certificate.objects.update(submitted_by=curator)
    with pytest.raises(SelfDecision):
        certificate.verify(by=curator) if verb == "verify" else certificate.reject(by=curator, why="no")
    assert not AuditEntry.objects.exists()


def test_an_expired_certificate_is_not_verified(curator):
    certificate = CertificateFactory.create(expired=True)
    with pytest.raises(Refused) as refusal:
        certificate.verify(by=curator)
    assert refusal.value.code == "certificate_expired"


def test_a_verification_can_be_taken_back_with_the_reason(curator):
    certificate = CertificateFactory.create(producer=MembershipFactory.create().producer, verified=True)
    with pytest.raises(Refused) as refusal:
        certificate.revoke(by=curator, why=" ")
    assert refusal.value.code == "why_missing"
    certificate.revoke(by=curator, why="Ditarik penerbit.")
    assert (certificate.state, certificate.rejection) == ("rejected", "Ditarik penerbit.")
    assert certificate not in Certificate.objects.valid()
    assert "Ditarik penerbit." in Letter.objects.get().body
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.from_state, entry.to_state, entry.why) == (
        "revoke", "verified", "rejected", "Ditarik penerbit.",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["submitted", "rejected"])
def test_only_a_verification_is_taken_back(curator, state):
    certificate = CertificateFactory.create(state=state)
    with pytest.raises(TransitionNotAllowed):
        certificate.revoke(by=curator, why="no")
    assert not AuditEntry.objects.exists()


def test_S4_nobody_takes_back_the_verification_of_their_own(curator):
    certificate = CertificateFactory.create(verified=True)
    MembershipFactory.create(user=curator, producer=certificate.producer, role="editor")
    with pytest.raises(SelfDecision):
        certificate.revoke(by=curator, why="no")
