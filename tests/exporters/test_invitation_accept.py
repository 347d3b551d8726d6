from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused
from exporters.models import Invitation
from tests.exporters.invitations import invite
from tests.factories import MembershipFactory, UserFactory


def test_accepting_makes_a_member_once_and_tells_the_owners(producer, owner):
    reader = UserFactory.create(email="new@example.test")
    invitation = invite(producer, owner)
    membership = invitation.accept(by=reader)
    assert (membership.user, membership.role) == (reader, "editor")
    assert Letter.objects.filter(recipient=owner, event__startswith="member_joined").count() == 1
    assert AuditEntry.objects.filter(verb="accept", object_type="exporters.invitation").count() == 1
    with pytest.raises(Refused) as refusal:
        invitation.accept(by=reader)
    assert refusal.value.code == "invitation_closed"


@pytest.mark.parametrize("ending", ["revoked", "expired"])
def test_a_closed_invitation_makes_nobody_a_member(producer, owner, ending):
    reader = UserFactory.create(email="new@example.test")
    invitation = invite(producer, owner)
    if ending == "revoked":
        invitation.revoke(by=owner)
    else:
        Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    with pytest.raises(Refused):
        Invitation.objects.get().accept(by=reader)
    assert not producer.has_member(reader)


def test_another_person_cannot_use_the_link(client: Client, producer, owner):
    invitation = invite(producer, owner)
    other = UserFactory.create(email="other@example.test")
    client.force_login(other)
    page = client.get(f"/en/desk/invitations/{invitation.token()}/")
    assert b"another address" in page.content
    assert b"new@example.test" not in page.content
    assert client.post(f"/en/desk/invitations/{invitation.token()}/").status_code == 409
    assert not producer.has_member(other)


def test_a_forged_link_is_a_404(client: Client, producer, owner):
    token = invite(producer, owner).token()
    assert client.get(f"/en/desk/invitations/{token}x/").status_code == 404
    assert client.get("/en/desk/invitations/nothing/").status_code == 404


def test_an_invited_editor_who_is_invited_as_owner_becomes_one(producer, owner):
    reader = MembershipFactory.create(producer=producer, role="editor").user
    invitation = Invitation.objects.create(
        producer=producer,
        email=reader.email,
        role="owner",
        invited_by=owner,
        expires_at=timezone.now() + datetime.timedelta(days=14),
    )
    assert invitation.accept(by=reader).role == "owner"
