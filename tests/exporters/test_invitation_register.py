from __future__ import annotations

from django.test import Client
from django.utils.http import urlencode

from tests.exporters.invitations import invite
from tests.factories import UserFactory


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
