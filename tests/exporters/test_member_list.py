from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.exporters.invitations import invite
from tests.factories import MembershipFactory


@pytest.mark.parametrize("members", [1, 12])
def test_the_list_asks_the_database_as_often_for_twelve_members_as_for_one(
    client: Client, producer, owner, members, django_assert_max_num_queries
):
    MembershipFactory.create_batch(members, producer=producer, role="editor")
    client.force_login(owner)
    with django_assert_max_num_queries(8):
        page = client.get(f"/en/desk/producers/{producer.pk}/members/")
    assert page.content.decode().count("orow-tools") >= members


def test_owners_see_the_open_invitations_and_editors_only_the_members(client: Client, producer, owner):
    invite(producer, owner, "guest@example.test")
    editor = MembershipFactory.create(producer=producer, role="editor").user
    for reader, sees in ((owner, True), (editor, False)):
        client.force_login(reader)
        page = client.get(reverse("member_list", args=[producer.pk])).content.decode()
        assert owner.name in page and editor.name in page
        assert ("guest@example.test" in page) is sees
