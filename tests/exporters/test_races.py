from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import AuditEntry
from accounts.workflow import Refused
from exporters.models import Certificate, Invitation, LastOwner, Membership, Producer
from tests.factories import CertificateFactory, MembershipFactory, ProducerFactory, UserFactory


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run all at the same moment; what became of each: "done" or the code of the refusal."""
    barrier, outcomes = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=30)
            call()
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def invite(producer: Producer, owner, email: str = "new@example.test", role: str = "editor") -> Invitation:
    return producer.invite(email, role=role, by=owner, language="pt-br")


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_once_one_stays():
    producer = ProducerFactory.create()
    both = [MembershipFactory.create(producer=producer) for _number in range(2)]
    own = [Membership.objects.get(pk=one.pk) for one in both]
    assert at_once(*(lambda one=one: one.remove(by=one.user) for one in own)) == ["done", LastOwner.code]
    assert Membership.objects.filter(producer=producer, role="owner").count() == 1
    assert AuditEntry.objects.filter(verb="leave").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_once_counts_once():
    owner = MembershipFactory.create().user
    producer = Producer.objects.get()
    reader = UserFactory.create(email="new@example.test")
    pk = invite(producer, owner).pk
    copies = [Invitation.objects.get(pk=pk) for _number in range(2)]
    assert at_once(*(lambda one=one: one.accept(by=reader) for one in copies)) == ["done", "invitation_closed"]
    assert AuditEntry.objects.filter(verb="accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_accepting_and_revoking_at_once_one_wins():
    owner = MembershipFactory.create().user
    producer = Producer.objects.get()
    reader = UserFactory.create(email="new@example.test")
    pk = invite(producer, owner).pk
    one, other = Invitation.objects.get(pk=pk), Invitation.objects.get(pk=pk)
    outcome = at_once(lambda: one.accept(by=reader), lambda: other.revoke(by=owner))
    assert outcome == ["done", "invitation_closed"]
    revoked = Invitation.objects.get().revoked_at is not None
    assert producer.has_member(reader) is not revoked


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told():
    certificate = CertificateFactory.create()
    curators = [UserFactory.create(ministry=True) for _number in range(2)]
    copies = [Certificate.objects.get(pk=certificate.pk) for _number in range(2)]
    outcome = at_once(lambda: copies[0].reject(by=curators[0], why="no"), lambda: copies[1].verify(by=curators[1]))
    assert outcome == ["done", "transition_not_allowed"]
    decided = AuditEntry.objects.filter(object_type="exporters.certificate", object_id=str(certificate.pk))
    assert decided.filter(verb__in=("verify", "reject")).count() == 1
