"""Notes on importers: read by the people of one mission, changed by who keeps them, gone with the account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.workflow import Refused
from inaaccess.erasure import erase
from inquiries.models import ImporterNote
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(client):
    post = make.MissionStaffFactory(user__name="Rina")
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def importer():
    return make.ImporterFactory(country="CL")


def mission_of(user):
    return user.mission_posts.get().mission


def page_of(importer):
    return reverse("admin:importer_notes", args=[importer.pk])


def change_of(note):
    return reverse("admin:importer_note_change", args=[note.pk])


def test_a_note_is_written_once_and_read_by_the_mission(client, rina, importer):
    said = {"mission": mission_of(rina).pk, "text": "Pays late, but pays.", "submission_key": "k1"}
    client.post(page_of(importer), said)
    client.post(page_of(importer), said)
    note = ImporterNote.objects.get()
    assert (note.text, note.author, note.keeper, note.importer) == ("Pays late, but pays.", rina, rina, importer)
    entry = AuditEntry.objects.get(verb="write_note")
    assert (entry.by, entry.why, entry.object_type) == (rina, "", "inquiries.importernote")
    client.force_login(make.MissionStaffFactory(mission=note.mission).user)
    page = client.get(page_of(importer)).content.decode()
    assert "Pays late, but pays." in page and "Rina" in page and change_of(note) not in page


def test_an_empty_note_is_asked_for_again(client, rina, importer):
    response = client.post(page_of(importer), {"mission": mission_of(rina).pk, "text": "  "})
    assert response.status_code == 422 and not ImporterNote.objects.exists()
    assert "noted nothing about this importer" in response.content.decode()


def test_nobody_else_reads_it_not_even_the_ministry(client, rina, importer):
    make.ImporterNoteFactory(importer=importer, mission=mission_of(rina), author=rina)
    other = make.MissionStaffFactory(mission__code="KBRI-LIM", mission__city="Lima")
    make.AccreditationFactory(mission=other.mission)  # covers Chile too
    for reader in (other.user, make.UserFactory(ministry=True), make.UserFactory(is_staff=True, is_superuser=True)):
        client.force_login(reader)
        response = client.get(page_of(importer))
        assert response.status_code == 200 and "Pays late" not in response.content.decode()


def test_an_importer_of_another_market_is_not_there(client, rina):
    make.MarketFactory(iso2="BR")
    abroad = make.ImporterFactory(country="BR")
    assert client.get(page_of(abroad)).status_code == 404
    assert client.post(page_of(abroad), {"mission": mission_of(rina).pk, "text": "x"}).status_code == 404
    with pytest.raises(Refused):
        ImporterNote.write(abroad, mission=make.MissionFactory(code="KBRI-LIM"), text="x", by=rina)
    assert not ImporterNote.objects.exists()


class TestChange:
    """importer_note_change: what the keeper of a note may do."""

    @pytest.fixture
    def note(self, rina, importer):
        return make.ImporterNoteFactory(importer=importer, mission=mission_of(rina), author=rina)

    def test_the_keeper_says_it_anew(self, client, note, importer):
        for _turn in range(2):
            response = client.post(change_of(note), {"text": "Pays on the day."})
            assert response["Location"] == page_of(importer)
        note.refresh_from_db()
        assert note.text == "Pays on the day." and note.changed_at
        assert AuditEntry.objects.filter(verb="change_note").count() == 1
        assert client.post(change_of(note), {"text": ""}).status_code == 422

    def test_the_keeper_removes_it(self, client, note, rina):
        client.post(change_of(note), {"do": "remove"})
        note.remove(by=rina)
        assert not ImporterNote.objects.exists() and AuditEntry.objects.filter(verb="remove_note").count() == 1

    def test_a_colleague_and_who_left_change_nothing(self, client, note, rina):
        colleague = make.MissionStaffFactory(mission=note.mission).user
        client.force_login(colleague)
        assert client.get(change_of(note)).status_code == 404
        with pytest.raises(Refused):
            note.change(text="Mine", by=colleague)
        client.force_login(rina)
        rina.mission_posts.all().delete()
        assert client.get(change_of(note)).status_code == 404


def test_the_record_of_the_importer_leads_to_its_notes(client, importer):
    client.force_login(make.UserFactory(ministry=True))
    record = reverse("admin:importer_record", args=[importer.pk])
    assert page_of(importer) in client.get(record).content.decode()
    assert record in client.get(page_of(importer)).content.decode()


def test_the_history_of_the_mission_tells_that_it_was_written_and_no_other_missions(rina, importer):
    ImporterNote.write(importer, mission=mission_of(rina), text="x", by=rina)
    other = make.MissionStaffFactory(mission__code="KBRI-LIM").user
    assert AuditEntry.objects.visible_to(rina).filter(verb="write_note").count() == 1
    assert not AuditEntry.objects.visible_to(other).filter(verb="write_note").exists()


def test_it_goes_with_the_account_of_the_importer_and_not_with_that_of_its_author(rina, importer):
    kept = make.ImporterNoteFactory(mission=mission_of(rina), author=rina)
    make.ImporterNoteFactory(importer=importer, mission=mission_of(rina), author=rina)
    erase(importer.user, by=importer.user, why="")
    assert ImporterNote.objects.get() == kept


def test_queries_do_not_grow_with_the_notes(client, rina, importer, django_assert_num_queries):
    make.ImporterNoteFactory(importer=importer, mission=mission_of(rina), author=rina)
    client.get(page_of(importer))
    with django_assert_num_queries(8) as one:
        client.get(page_of(importer))
    for _turn in range(11):
        make.ImporterNoteFactory(importer=importer, mission=mission_of(rina))
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(page_of(importer))
