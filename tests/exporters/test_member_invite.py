from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Letter
from accounts.workflow import Refused
from exporters.models import Invitation
from tests.exporters.invitations import invite
from tests.factories import OfficerScopeFactory, ProducerFactory, UserFactory


def test_the_letter_goes_to_the_address_in_the_chosen_language_and_carries_the_link(producer, owner):
    invitation = invite(producer, owner)
    letter = Letter.objects.get()
    assert (letter.address, letter.language) == ("new@example.test", "pt-br")
    assert f"/pt-br/desk/invitations/{invitation.token()}/" in letter.body
    assert Invitation.of_token(invitation.token()) == invitation


def test_somebody_we_know_is_written_to_in_their_own_language(producer, owner):
    UserFactory.create(email="new@example.test", language="es")
    invite(producer, owner)
    assert Letter.objects.get().language == "es"


def test_a_member_is_not_invited_again_nor_an_address_twice(producer, owner):
    with pytest.raises(Refused) as refusal:
        invite(producer, owner, owner.email.upper())
    assert refusal.value.code == "already_member"
    invite(producer, owner)
    with pytest.raises(Refused) as refusal:
        invite(producer, owner, "NEW@example.test")
    assert refusal.value.code == "already_invited"


def test_after_fourteen_days_the_address_may_be_invited_anew(producer, owner):
    first = invite(producer, owner)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    assert invite(producer, owner).pk != first.pk


def test_inviting_twice_by_a_double_click_sends_one_letter(client: Client, producer, owner):
    client.force_login(owner)
    said = {"email": "new@example.test", "role": "editor", "language": "id", "submission_key": "k1"}
    for _click in range(2):
        assert client.post(f"/en/desk/producers/{producer.pk}/members/invite/", said).status_code == 302
    assert Letter.objects.count() == 1


def test_an_officer_invites_the_first_owner_and_then_no_more(client: Client, db):
    officer = OfficerScopeFactory.create().user
    producer = ProducerFactory.create(created_by=officer)
    client.force_login(officer)
    address = f"/en/desk/producers/{producer.pk}/members/invite/"
    client.post(address, {"email": "owner@example.test", "role": "editor", "language": "id"})
    invitation = Invitation.objects.get()
    assert invitation.role == "owner", "an officer hands the producer to an owner, whatever the form says"
    invitation.accept(by=UserFactory.create(email="owner@example.test"))
    assert client.get(address).status_code == 404
    assert client.get(f"/en/desk/producers/{producer.pk}/").status_code == 200
