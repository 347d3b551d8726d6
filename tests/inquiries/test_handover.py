import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from inquiries.handover import hand_over
from markets.models import MissionNote
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:handover")


@pytest.fixture
def rina(client):
    post = make.MissionStaffFactory(user__name="Rina")
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def budi(rina):
    return make.MissionStaffFactory(user__name="Budi", mission=rina.mission_posts.get().mission).user


def held_by(person, **fields):
    return make.RevisionFactory(**{"in_review": True, "claimed_by": person, "target_markets": ["CL"], **fields})


def counts(parts):
    return [part.number for part in parts]


def test_claims_assigned_reviews_and_notes_pass_at_once(client, rina, budi):
    claimed = held_by(rina)
    assigned = make.RevisionFactory(submitted=True, assigned_to=rina, target_markets=["CL"])
    note = make.MissionNoteFactory(mission=rina.mission_posts.get().mission, author=rina)
    client.force_login(budi)
    response = client.post(PAGE, {"leaving": rina.pk, "to": budi.pk})
    assert counts(response.context["done"]) == [1, 1, 1, 0]
    for row in (claimed, assigned, note):
        row.refresh_from_db()
    assert (claimed.claimed_by, claimed.state, assigned.assigned_to) == (budi, "in_review", budi)
    assert (note.author, note.keeper) == (rina, budi)
    assert MissionNote.objects.kept_by(budi).get() == note
    entry = AuditEntry.objects.get(verb="hand_over", object_type="accounts.user")
    assert (entry.by, entry.object_id, entry.why) == (budi, str(rina.pk), f"user {budi.pk}: 3")
    letter = Letter.objects.get(recipient=budi)
    assert "Rina" in letter.subject and "Notes: 1" in letter.body


def test_notes_on_importers_pass_too_and_stay_with_the_mission(client, rina, budi):
    mission = rina.mission_posts.get().mission
    note = make.ImporterNoteFactory(mission=mission, author=rina)
    elsewhere = make.ImporterNoteFactory(mission__code="KBRI-LIM", author=rina)
    client.force_login(make.UserFactory(ministry=True))
    done = client.post(PAGE, {"leaving": rina.pk, "to": budi.pk}).context["done"]
    assert counts(done) == [0, 0, 0, 1] and done[3].left[0].thing == "A note"
    note.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (note.keeper, elsewhere.keeper) == (budi, rina)
    assert "Notes on importers: 1" in Letter.objects.get(recipient=budi).body


def test_there_is_one_letter_about_all_of_it_and_none_about_each(rina, budi):
    for _number in range(3):
        make.RevisionFactory(submitted=True, assigned_to=rina, target_markets=["CL"])
    hand_over(leaving=rina, to=budi, by=make.UserFactory(ministry=True))
    letter = Letter.objects.get()
    assert letter.recipient == budi and "Reviews assigned: 3" in letter.body


def test_a_second_time_nothing_is_left(client, rina, budi):
    held_by(rina)
    client.force_login(budi)
    client.post(PAGE, {"leaving": rina.pk, "to": budi.pk})
    response = client.post(PAGE, {"leaving": rina.pk, "to": budi.pk})
    assert "Nothing was left to hand over" in response.content.decode()
    assert (
        Letter.objects.count() == AuditEntry.objects.filter(object_type="accounts.user", verb="hand_over").count() == 1
    )


def test_what_the_colleague_may_not_review_stays_and_is_told(client, rina, budi):
    elsewhere = held_by(rina, target_markets=["BR"])
    own = held_by(rina)
    make.MembershipFactory(user=budi, producer=own.product.producer)
    client.force_login(make.UserFactory(ministry=True))
    done = client.post(PAGE, {"leaving": rina.pk, "to": budi.pk}).context["done"]
    assert counts(done) == [0, 0, 0, 0]
    assert ["no market of this colleague" in done[0].left[0].why, "They cannot review" in done[0].left[1].why] == [
        True
    ] * 2
    for row in (elsewhere, own):
        row.refresh_from_db()
        assert row.claimed_by == rina
    assert not Letter.objects.exists()


def test_a_note_goes_only_to_the_people_of_its_mission_and_is_not_named_to_the_ministry(client, rina):
    note = make.MissionNoteFactory(mission=rina.mission_posts.get().mission, author=rina)
    other = make.MissionStaffFactory(mission__code="KBRI-LIM").user
    client.force_login(make.UserFactory(ministry=True))
    response = client.post(PAGE, {"leaving": rina.pk, "to": other.pk})
    assert counts(response.context["done"]) == [0, 0, 0, 0] and response.context["done"][2].left[0].thing == "A note"
    assert note.text not in response.content.decode()
    note.refresh_from_db()
    assert note.keeper == rina


def test_a_colleague_passes_on_only_what_is_in_their_own_scope(rina, budi):
    lima = make.MissionFactory(code="KBRI-LIM")
    make.MissionStaffFactory(user=rina, mission=lima)
    make.AccreditationFactory(mission=lima, market=make.MarketFactory(iso2="PE"))
    held_by(rina, target_markets=["PE"])
    make.MissionNoteFactory(mission=lima, author=rina)
    done = hand_over(leaving=rina, to=budi, by=budi)
    assert counts(done) == [0, 0, 0, 0] and not any(part.left for part in done)


def test_people_of_other_missions_are_not_there(client, rina, budi):
    other = make.MissionStaffFactory(mission__code="KBRI-LIM").user
    client.force_login(budi)
    assert client.post(PAGE, {"leaving": other.pk, "to": budi.pk}).status_code == 422
    assert client.post(PAGE, {"leaving": rina.pk, "to": other.pk}).status_code == 422
    assert client.post(PAGE, {"leaving": rina.pk, "to": rina.pk}).status_code == 409


def test_who_is_shut_out_may_leave_but_not_take_over(client, rina, budi):
    row = held_by(rina)
    rina.is_active = False
    rina.save()
    client.force_login(budi)
    assert client.post(PAGE, {"leaving": rina.pk, "to": budi.pk}).status_code == 200
    row.refresh_from_db()
    assert row.claimed_by == budi
    with pytest.raises(Refused):
        hand_over(leaving=budi, to=rina, by=budi)


def test_only_a_claim_is_handed_over(rina, budi):
    with pytest.raises(TransitionNotAllowed):
        make.RevisionFactory(submitted=True).hand_over(to=budi, by=rina)
    with pytest.raises(Refused):
        held_by(rina, author_ids=[budi.pk]).hand_over(to=budi, by=rina)
