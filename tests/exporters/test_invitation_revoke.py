from __future__ import annotations

from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from exporters.models import Invitation
from tests.exporters.invitations import invite
from tests.factories import MembershipFactory


def test_an_owner_takes_an_invitation_back_and_its_link_leads_nowhere(desk: Client, producer, owner):
    invitation = invite(producer, owner)
    answer = desk.post(reverse("invitation_revoke", args=[invitation.pk]))
    assert answer["Location"] == reverse("member_list", args=[producer.pk])
    assert not Invitation.objects.open().exists()
    assert AuditEntry.objects.get(verb="revoke").by == owner
    assert Client().get(reverse("invitation_accept", args=[invitation.token()])).status_code == 410


def test_an_editor_takes_back_none(client: Client, producer, owner):
    invitation = invite(producer, owner)
    client.force_login(MembershipFactory.create(producer=producer, role="editor").user)
    assert client.post(reverse("invitation_revoke", args=[invitation.pk])).status_code == 404
    assert Invitation.objects.open().get() == invitation
