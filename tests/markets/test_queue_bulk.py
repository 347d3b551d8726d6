import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from catalog.models import ProductRevision
from catalog.models.revision_state import SelfReview
from tests import factories as make

pytestmark = pytest.mark.django_db
BULK, QUEUE = reverse("admin:queue_bulk"), reverse("admin:review_queue")


@pytest.fixture
def santiago():
    post = make.MissionStaffFactory(user__name="Rina")
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def colleague(santiago):
    return make.MissionStaffFactory(user__name="Budi", mission=santiago.mission_posts.get().mission).user


def waiting(title="Sandals", **fields):
    return make.RevisionFactory(**{"submitted": True, "target_markets": ["CL"], "title": {"en": title}, **fields})


def send(client, do, *revisions, **more):
    return client.post(BULK, {"do": do, "revision": [revision.pk for revision in revisions], **more})


def told(response):
    return {str(result.revision): (result.is_done, result.message) for result in response.context["told"]}


def test_each_one_is_claimed_by_itself_and_the_page_says_what_became_of_it(client, santiago):
    free, taken, own = waiting("Free"), waiting("Taken", in_review=True), waiting("Own")
    make.MembershipFactory(user=santiago, producer=own.product.producer)
    client.force_login(santiago)
    answer = told(send(client, "claim", free, taken, own))
    assert answer["Free"] == (True, "claimed by you")
    assert not answer["Taken"][0] and "in review" in answer["Taken"][1]
    assert not answer["Own"][0] and "You cannot review a product" in answer["Own"][1]
    assert set(ProductRevision.objects.filter(claimed_by=santiago)) == {free}
    assert AuditEntry.objects.filter(verb="claim").count() == 1


def test_only_ones_own_claims_are_released(client, santiago):
    mine, others = waiting("Mine", in_review=True, claimed_by=santiago), waiting("Others", in_review=True)
    client.force_login(santiago)
    answer = told(send(client, "release", mine, others))
    assert answer["Mine"][0] and not answer["Others"][0]
    others.refresh_from_db()
    assert others.state == "in_review"


def test_what_is_not_in_scope_is_counted_and_left_alone(client, santiago):
    foreign, fine = waiting("Foreign", target_markets=["BR"]), waiting("Fine")
    client.force_login(santiago)
    response = send(client, "claim", foreign, fine)
    assert list(told(response)) == ["Fine"] and "1 was not there" in response.content.decode()
    foreign.refresh_from_db()
    assert foreign.state == "submitted"


def test_a_colleague_is_asked_and_finds_it_first(client, santiago, colleague):
    waiting("Older")
    revision = waiting("Sandals")
    client.force_login(santiago)
    assert told(send(client, "assign", revision, to=colleague.pk))["Sandals"] == (True, "assigned to Budi")
    client.force_login(colleague)
    page = client.get(f"{QUEUE}?view=assigned").content.decode()
    assert "Sandals" in page and "assigned to you" in page and "Older" not in page
    address = reverse("admin:review_revision", args=[revision.pk])
    assert client.get(reverse("admin:review_next"))["Location"] == address


def test_what_is_assigned_may_be_claimed_by_somebody_else_and_is_offered_to_them_last(client, santiago, colleague):
    assigned = waiting("Assigned", assigned_to=colleague)
    free = waiting("Free")
    client.force_login(santiago)
    next_one = client.get(reverse("admin:review_next"))["Location"]
    assert next_one == reverse("admin:review_revision", args=[free.pk])
    assert told(send(client, "claim", assigned))["Assigned"][0]


@pytest.mark.parametrize("who", ["elsewhere", "producer", "nobody", "nonsense"])
def test_nobody_is_assigned_who_may_not_review_it(client, santiago, who):
    revision = waiting()
    people = {
        "elsewhere": lambda: make.MissionStaffFactory(mission__code="KBRI-BSB").user.pk,
        "producer": lambda: make.MembershipFactory(producer=revision.product.producer).user.pk,
        "nobody": lambda: "",
        "nonsense": lambda: "9" * 40,
    }
    client.force_login(santiago)
    assert send(client, "assign", revision, to=people[who]()).status_code == 422
    revision.refresh_from_db()
    assert revision.assigned_to is None


def test_a_colleague_gets_only_what_asks_for_their_markets(client, colleague):
    ministry = make.UserFactory(ministry=True)
    seen, unseen = waiting("Seen"), waiting("Unseen", target_markets=["BR"])
    client.force_login(ministry)
    answer = told(send(client, "assign", seen, unseen, to=colleague.pk))
    assert answer["Seen"][0] and answer["Unseen"] == (False, "It asks for no market of this colleague.")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"do": "approve", "revision": [1]}, "Choose what to do"),
        ({"do": "claim"}, "Tick at least one revision first."),
        ({"do": "assign", "revision": [1]}, "Choose a colleague"),
    ],
)
def test_nothing_is_approved_in_bulk_and_nothing_is_done_without_a_choice(client, santiago, data, sentence):
    revision = waiting(in_review=True, claimed_by=santiago)
    client.force_login(santiago)
    response = client.post(BULK, data)
    assert response.status_code == 422 and sentence in response.content.decode()
    revision.refresh_from_db()
    assert (
        revision.state == "in_review" and not AuditEntry.objects.filter(object_type="catalog.productrevision").exists()
    )


def test_the_queue_offers_colleagues_and_keeps_its_filters(client, santiago, colleague):
    waiting()
    client.force_login(santiago)
    page = client.get(f"{QUEUE}?view=unclaimed").content.decode()
    assert ">Budi</option>" in page and 'form="bulk"' in page
    assert f'action="{BULK}?view=unclaimed"' in page


def test_assigning_is_in_the_audit_trail_by_number_not_by_name(santiago, colleague):
    revision = waiting()
    revision.assign(to=colleague, by=santiago)
    entry = AuditEntry.objects.get(verb="assign")
    assert (entry.by, entry.why) == (santiago, f"user {colleague.pk}")


def letters():
    return Letter.objects.filter(event__startswith="review_assigned")


def test_the_colleague_gets_a_letter_in_their_language_once(santiago, colleague):
    colleague.language = "es"
    colleague.save()
    revision = waiting("Sandals")
    for _turn in range(2):
        revision.assign(to=colleague, by=santiago)
    letter = letters().get()
    assert (letter.recipient, letter.language) == (colleague, "es") and santiago.name in letter.body
    assert f"/admin/reviews/{revision.pk}/" in letter.body
    assert AuditEntry.objects.filter(verb="assign").count() == 1


def test_who_is_asked_again_after_somebody_else_gets_a_second_letter(santiago, colleague):
    revision = waiting()
    for to in (colleague, santiago, colleague):
        revision.assign(to=to, by=santiago)
    assert [letter.recipient for letter in letters()] == [colleague, colleague]  # nobody writes to themselves


def test_a_mission_reads_of_the_ministry_as_an_office(colleague):
    waiting().assign(to=colleague, by=make.UserFactory(ministry=True, name="Sari Ministry"))
    body = letters().get().body
    assert "the ministry asked you" in body and "Sari" not in body


def test_who_assigns_with_an_old_page_after_somebody_did_writes_no_second_letter(santiago, colleague):
    revision = waiting()
    stale = type(revision).objects.get(pk=revision.pk)
    revision.assign(to=colleague, by=santiago)
    stale.assign(to=colleague, by=santiago)
    assert letters().count() == 1


def test_what_is_decided_or_in_other_hands_is_not_assigned(santiago, colleague):
    with pytest.raises(TransitionNotAllowed):
        make.RevisionFactory(approved=True).assign(to=colleague, by=santiago)
    with pytest.raises(Refused):
        waiting(in_review=True).assign(to=colleague, by=santiago)
    own = waiting(author_ids=[colleague.pk])
    with pytest.raises(SelfReview):
        own.assign(to=colleague, by=santiago)
