import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from markets.models import Mission
from tests import factories as make

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:review_queue")


@pytest.fixture
def santiago():
    post = make.MissionStaffFactory(user__name="Rina")
    make.AccreditationFactory(mission=post.mission)
    return post.user


def waiting(title="Sandals", *, days=0, **fields):
    return make.RevisionFactory(
        **{"submitted": True, "target_markets": ["CL"], "title": {"en": title}, **fields},
        submitted_at=timezone.now() - datetime.timedelta(days=days),
    )


def titles(response):
    return [str(row.revision) for row in response.context["rows"]]


def test_the_longest_wait_comes_first_and_says_how_it_stands(client, santiago):
    waiting("Young")
    waiting("Old", days=20)
    client.force_login(santiago)
    response = client.get(QUEUE)
    assert titles(response) == ["Old", "Young"]
    assert [row.wait.standing for row in response.context["rows"]] == ["over", "ok"]
    assert " over</span>" in response.content.decode()


def test_what_is_chosen_is_downloaded_whole(client, santiago):
    waiting("Batik"), waiting("=Old", days=20), waiting("Foreign", target_markets=["BR"])
    client.force_login(santiago)
    lines = client.get(QUEUE, {"format": "csv"}).getvalue().decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ['"\'=Old"', '"Batik"']
    assert len(client.get(QUEUE, {"format": "csv", "q": "batik"}).getvalue().decode().splitlines()) == 2


def test_what_was_decided_shows_how_and_offers_nothing_to_tick(client, santiago):
    revision = waiting("Decided", days=3, in_review=True, claimed_by=santiago, number=1)
    revision.approve(by=santiago, seen_version=revision.version, translations={"title": {"en": "Decided"}})
    waiting("Open")
    client.force_login(santiago)
    response = client.get(QUEUE, {"view": "decided"})
    assert titles(response) == ["Decided"]
    page = response.text
    assert "approved</span>" in page and "New product" in page and "btn--primary" not in page.partition("<tbody")[2]
    assert 'name="revision"' not in page and 'id="bulk"' not in page


def test_a_row_shows_kind_markets_and_who_has_it(client, santiago):
    colleague = make.MissionStaffFactory(mission=Mission.objects.of_staff(santiago).get(), user__name="Budi Santoso")
    waiting("Taken", in_review=True, claimed_by=colleague.user, target_markets=["CL", "PE"])
    client.force_login(santiago)
    page = client.get(QUEUE).content.decode()
    assert "New product" in page and "CL, PE" in page and "Budi Santoso" in page


def test_people_of_another_mission_are_called_by_their_post(client, santiago):
    elsewhere = make.MissionStaffFactory(
        mission=make.MissionFactory(code="KBRI-LIM", city="Lima"), user__name="Arif Nugroho"
    )
    waiting("Taken", in_review=True, claimed_by=elsewhere.user)
    waiting("Meant", assigned_to=elsewhere.user)
    client.force_login(santiago)
    page = client.get(QUEUE).content.decode()
    assert "Arif Nugroho" not in page and page.count(str(elsewhere.mission)) == 2
    client.force_login(make.UserFactory(ministry=True))
    assert "Arif Nugroho" in client.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("view=mine", ["Mine"]),
        ("view=unclaimed", ["Overdue", "Batik", "Change"]),
        ("view=overdue", ["Overdue"]),
        ("view=producer", ["Asked"]),
        ("market=PE", ["Batik"]),
        ("q=batik", ["Batik"]),
        ("q=sumber", ["Change"]),
        ("kind=new", ["Overdue", "Batik", "Mine"]),
        ("kind=change", ["Change"]),
        ("kind=answer", []),
        ("kind=nonsense&market=XX&category=x&view=y", ["Overdue", "Batik", "Mine", "Change"]),
    ],
)
def test_filters_narrow_the_queue(client, santiago, query, found):
    peru = make.MarketFactory(iso2="PE")
    make.AccreditationFactory(mission=santiago.mission_posts.get().mission, market=peru)
    waiting("Overdue", days=20)
    waiting("Batik", days=2, target_markets=["PE"])
    waiting("Mine", days=1, in_review=True, claimed_by=santiago)
    producer = make.ProducerFactory(listed=True, trade_name="Sumber Rejeki")
    waiting("Change", product=make.ProductFactory(published=True, producer=producer))
    waiting("Asked", changes_requested=True)
    client.force_login(santiago)
    assert titles(client.get(f"{QUEUE}?{query}")) == found


def test_a_forged_page_is_named_and_the_start_is_shown(client, santiago):
    waiting("Sandals")
    client.force_login(santiago)
    response = client.get(f"{QUEUE}?after=forged")
    assert titles(response) == ["Sandals"]
    assert "That page does not exist" in response.content.decode()


def test_pages_go_on_where_the_last_one_ended(client, santiago):
    for number in range(26):
        waiting(f"Sandals {number:02}", days=30 - number)
    client.force_login(santiago)
    first = client.get(QUEUE)
    rest = client.get(QUEUE + first.context["next_url"])
    assert len(titles(first)) == 24 and titles(rest) == ["Sandals 24", "Sandals 25"]


def test_queries_do_not_grow_with_the_rows(client, santiago, django_assert_num_queries):
    colleague = make.MissionStaffFactory().user
    waiting(in_review=True, claimed_by=colleague)
    client.force_login(santiago)
    client.get(QUEUE)
    with django_assert_num_queries(17) as one:
        client.get(QUEUE)
    for _turn in range(11):
        waiting(in_review=True, claimed_by=colleague, assigned_to=make.UserFactory())
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(QUEUE)


def test_claiming_opens_the_review(client, santiago):
    revision = waiting()
    client.force_login(santiago)
    response = client.post(reverse("admin:revision_claim", args=[revision.pk]))
    assert response["Location"] == reverse("admin:review_revision", args=[revision.pk])
    revision.refresh_from_db()
    assert (revision.state, revision.claimed_by) == ("in_review", santiago)


def test_the_second_reviewer_is_refused_with_a_page(client, santiago):
    revision = waiting(in_review=True)
    client.force_login(santiago)
    assert client.post(reverse("admin:revision_claim", args=[revision.pk])).status_code == 409
    assert not AuditEntry.objects.filter(object_type="catalog.productrevision").exists()


def test_releasing_gives_it_back(client, santiago):
    revision = waiting(in_review=True, claimed_by=santiago)
    client.force_login(santiago)
    assert client.post(reverse("admin:revision_release", args=[revision.pk])).status_code == 302
    revision.refresh_from_db()
    assert revision.state == "submitted"


@pytest.mark.parametrize("name", ["revision_claim", "revision_release"])
def test_a_foreign_revision_is_not_there(client, santiago, name):
    foreign = waiting(target_markets=["BR"])
    client.force_login(santiago)
    assert client.post(reverse(f"admin:{name}", args=[foreign.pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "submitted"


def test_the_next_one_is_my_claim_then_the_oldest_and_never_my_own_product(client, santiago):
    own = waiting("Own", days=9)
    make.MembershipFactory(user=santiago, producer=own.product.producer)
    waiting("Drafted", days=8, author_ids=[santiago.pk])
    oldest, claimed = waiting("Oldest", days=5), waiting("Claimed", in_review=True, claimed_by=santiago)
    waiting("Other's", days=7, in_review=True)
    client.force_login(santiago)
    following = reverse("admin:review_next")
    assert client.get(following)["Location"] == reverse("admin:review_revision", args=[claimed.pk])
    claimed.release(by=santiago)
    assert client.get(following)["Location"] == reverse("admin:review_revision", args=[oldest.pk])


def test_an_empty_queue_says_so(client, santiago):
    client.force_login(santiago)
    assert client.get(reverse("admin:review_next"))["Location"] == QUEUE
    assert "No revision matches" in client.get(QUEUE).content.decode()
