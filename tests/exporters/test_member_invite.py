from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused
from exporters.models import Invitation, Producer
from tests.factories import MembershipFactory, OfficerScopeFactory, ProducerFactory, UserFactory


@pytest.fixture
def owner(db):
    return MembershipFactory.create().user


@pytest.fixture
def producer(owner) -> Producer:
    return Producer.objects.get()


def invite(producer: Producer, owner, email: str = "new@example.test", role: str = "editor") -> Invitation:
    return producer.invite(email, role=role, by=owner, language="pt-br")


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


def test_a_visitor_with_the_link_makes_an_account_that_is_confirmed_and_a_member(client: Client, producer, owner):
    token = invite(producer, owner).token()
    said = {"name": "Dewi", "password": "rotan dan kayu jati", "language": "id", "email": "evil@example.test"}
    response = client.post(f"/en/desk/invitations/{token}/register/", said)
    assert response["Location"].startswith("/en/account/login/")
    member = producer.members.get(name="Dewi")
    assert member.email == "new@example.test", "the address is the invitation's, whatever the form says"
    login = client.post("/en/account/login/", {"login": member.email, "password": said["password"]})
    assert login["Location"] == "/en/after-login/"


def test_S5_the_link_does_not_say_whether_the_address_has_an_account(producer, owner):
    def register(email: str) -> tuple[int, str]:
        token = invite(producer, owner, email).token()
        said = {"name": "Dewi", "password": "rotan dan kayu jati", "language": "id"}
        response = Client().post(f"/en/desk/invitations/{token}/register/", said)
        return response.status_code, response["Location"].replace(urlencode({"": token})[1:], "")

    UserFactory.create(email="known@example.test")
    assert register("known@example.test") == register("new@example.test")
    assert not producer.members.filter(email="known@example.test").exists()


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


@pytest.mark.parametrize("members", [1, 12])
def test_the_list_asks_the_database_as_often_for_twelve_members_as_for_one(
    client: Client, producer, owner, members, django_assert_max_num_queries
):
    MembershipFactory.create_batch(members, producer=producer, role="editor")
    client.force_login(owner)
    with django_assert_max_num_queries(8):
        page = client.get(f"/en/desk/producers/{producer.pk}/members/")
    assert page.content.decode().count("orow-tools") >= members
