import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.workflow import Refused
from markets.models import MissionNote
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(client):
    post = make.MissionStaffFactory(user__name="Rina")
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def product():
    return make.ProductFactory(published=True, target_markets=["CL"])


def mission_of(user):
    return user.mission_posts.get().mission


def page_of(product):
    return reverse("admin:product_notes", args=[product.pk])


def change_of(note):
    return reverse("admin:note_change", args=[note.pk])


def test_a_note_is_written_and_read_by_the_mission(client, rina, product):
    said = {"mission": mission_of(rina).pk, "text": "The heel came off.", "submission_key": "k1"}
    client.post(page_of(product), said)
    client.post(page_of(product), said)
    note = MissionNote.objects.get()
    assert (note.text, note.author, note.keeper, note.mission) == ("The heel came off.", rina, rina, mission_of(rina))
    entry = AuditEntry.objects.get(verb="write_note")
    assert (entry.by, entry.why) == (rina, "")
    client.force_login(make.MissionStaffFactory(mission=note.mission).user)
    page = client.get(page_of(product)).content.decode()
    assert "The heel came off." in page and "Rina" in page and change_of(note) not in page


def test_an_empty_note_is_asked_for_again(client, rina, product):
    response = client.post(page_of(product), {"mission": mission_of(rina).pk, "text": "  "})
    assert response.status_code == 422 and not MissionNote.objects.exists()


def test_nobody_else_reads_it_not_even_the_ministry(client, rina, product):
    make.MissionNoteFactory(product=product, author=rina)
    other = make.MissionStaffFactory(mission__code="KBRI-LIM", mission__city="Lima")
    make.AccreditationFactory(mission=other.mission)  # covers Chile too
    for reader in (other.user, make.UserFactory(ministry=True), make.UserFactory(is_staff=True, is_superuser=True)):
        client.force_login(reader)
        response = client.get(page_of(product))
        assert response.status_code == 200 and "The heel came off" not in response.content.decode()
    ministry = make.UserFactory(ministry=True)
    make.MissionStaffFactory(user=ministry, mission=mission_of(rina))
    client.force_login(ministry)
    assert "The heel came off" in client.get(page_of(product)).content.decode()


def test_nobody_writes_for_a_mission_that_is_not_theirs(client, rina, product):
    other = make.MissionFactory(code="KBRI-LIM")
    assert client.post(page_of(product), {"mission": other.pk, "text": "Hello"}).status_code == 422
    with pytest.raises(Refused):
        MissionNote.write(product, mission=other, text="Hello", by=rina)
    assert not MissionNote.objects.exists() and not AuditEntry.objects.filter(verb="write_note").exists()


class TestChange:
    """note_change: what the keeper of a note may do."""

    def test_the_keeper_says_it_anew(self, client, rina, product):
        note = make.MissionNoteFactory(product=product, author=rina)
        for _turn in range(2):
            response = client.post(change_of(note), {"text": "The sole came off."})
            assert response["Location"] == page_of(product)
        note.refresh_from_db()
        assert note.text == "The sole came off." and note.changed_at
        assert AuditEntry.objects.filter(verb="change_note").count() == 1
        assert client.post(change_of(note), {"text": ""}).status_code == 422

    def test_the_keeper_removes_it(self, client, rina, product):
        note = make.MissionNoteFactory(product=product, author=rina)
        client.post(change_of(note), {"do": "remove"})
        assert not MissionNote.objects.exists() and AuditEntry.objects.filter(verb="remove_note").count() == 1
        note.remove(by=rina)
        assert AuditEntry.objects.filter(verb="remove_note").count() == 1

    def test_a_colleague_changes_nothing(self, client, rina, product):
        note = make.MissionNoteFactory(product=product, mission=mission_of(rina))
        assert client.get(change_of(note)).status_code == 404
        with pytest.raises(Refused):
            note.change(text="Mine", by=rina)
        with pytest.raises(Refused):
            note.remove(by=rina)

    def test_who_has_left_the_mission_reads_and_changes_nothing(self, client, rina, product):
        note = make.MissionNoteFactory(product=product, author=rina)
        rina.mission_posts.all().delete()
        assert client.get(change_of(note)).status_code == 404
        assert not MissionNote.objects.readable_by(rina).exists()


def test_queries_do_not_grow_with_the_notes(client, rina, product, django_assert_num_queries):
    make.MissionNoteFactory(product=product, author=rina)
    client.get(page_of(product))
    with django_assert_num_queries(8) as one:
        client.get(page_of(product))
    for _turn in range(11):
        make.MissionNoteFactory(product=product, mission=mission_of(rina))
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(page_of(product))
