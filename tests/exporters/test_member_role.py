from __future__ import annotations

from django.test import Client

from exporters.models import Membership


def test_the_last_owner_can_neither_leave_nor_become_an_editor(client: Client, world, people):
    client.force_login(people["own_producer"])
    for address, said in (("remove", {}), ("role", {"role": "editor"})):
        response = client.post(f"/en/desk/members/{world.ownership.pk}/{address}/", said)
        assert response.status_code == 409
        assert "only owner" in response.content.decode()
    world.ownership.refresh_from_db()
    assert world.ownership.role == "owner"


def test_with_a_second_owner_the_first_may_leave(world, people):
    world.editorship.change_role("owner", by=people["own_producer"])
    world.ownership.remove(by=people["own_producer"])
    assert list(Membership.objects.filter(producer=world.producer).values_list("role", flat=True)) == ["owner"]


def test_an_editor_cannot_make_themselves_owner(client: Client, world, people):
    client.force_login(people["own_editor"])
    assert client.post(f"/en/desk/members/{world.editorship.pk}/role/", {"role": "owner"}).status_code == 404
    assert client.post(f"/en/desk/members/{world.ownership.pk}/remove/").status_code == 404
