from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEntry
from accounts.workflow import Refused
from exporters.models import Membership
from tests.factories import MembershipFactory


def test_an_owner_removes_an_editor_and_it_is_written_down(client: Client, world, people):
    client.force_login(people["own_producer"])
    client.post(f"/en/desk/members/{world.editorship.pk}/remove/")
    assert not Membership.objects.filter(pk=world.editorship.pk).exists()
    entry = AuditEntry.objects.get(verb="remove")
    assert (entry.by, entry.object_id, entry.from_state) == (
        people["own_producer"],
        str(world.editorship.pk),
        "editor",
    )


def test_an_editor_leaves_and_sees_nothing_any_more(client: Client, world, people):
    client.force_login(people["own_editor"])
    assert client.post(f"/en/desk/members/{world.editorship.pk}/remove/")["Location"] == "/en/desk/"
    assert AuditEntry.objects.get(verb="leave").by == people["own_editor"]
    assert client.get(f"/en/desk/producers/{world.producer.pk}/").status_code == 404


def test_a_removed_member_cannot_be_removed_again(db):
    membership = MembershipFactory.create(role="editor")
    stale = Membership.objects.get(pk=membership.pk)
    membership.remove(by=membership.user)
    with pytest.raises(Refused) as refusal:
        stale.remove(by=stale.user)
    assert refusal.value.code == "not_member"
