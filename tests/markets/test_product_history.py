import pytest
from django.urls import reverse

from catalog.models.request import Asked
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(client):
    user = make.UserFactory(ministry=True, name="Sari Ministry")
    client.force_login(user)
    return user


@pytest.fixture
def santiago():
    post = make.MissionStaffFactory(user__name="Rina Santiago", mission__city="Santiago")
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def told(santiago):
    """A revision that was handed in, claimed, asked about, and a first one that was rejected."""
    author = make.UserFactory(name="Pak Producer")
    first = make.RevisionFactory(in_review=True, number=1, claimed_by=santiago, target_markets=["CL"])
    make.MembershipFactory(user=author, producer=first.product.producer)
    first.reject(by=santiago, seen_version=1, why="Barang ini dilarang.")
    second = make.RevisionFactory(
        complete=True, product=first.product, number=2, target_markets=["CL"], title={"en": "Sandals"}
    )
    second.submit(by=author)
    second.claim(by=santiago)
    asked = [Asked("moq", "moq_missing", "Mohon isi MOQ."), Asked("photos", "photo_unclear", "Foto buram.")]
    second.request_changes(by=santiago, seen_version=1, requests=asked)
    return second


def address(revision):
    return reverse("admin:product_history", args=[revision.product_id])


def test_each_revision_says_who_decided_what_when_and_why(client, ministry, told):
    page = client.get(address(told)).content.decode()
    assert page.index("Revision 2") < page.index("Revision 1")
    assert "Rejected" in page and "Barang ini dilarang." in page and "by Rina Santiago" in page
    assert "Changes requested" in page and "Mohon isi MOQ." in page and "photo unclear. Foto buram." in page
    assert "by Pak Producer" in page


def test_who_may_not_read_names_reads_posts(client, told):
    other = make.MissionStaffFactory(user__name="Joko Lima", mission__code="KBRI-LIM", mission__city="Lima").user
    make.AccreditationFactory(mission=other.mission_posts.get().mission)
    client.force_login(other)
    page = client.get(address(told)).content.decode()
    assert "by KBRI Santiago" in page and "Rina Santiago" not in page
    assert "the producer&#x27;s side" in page and "Pak Producer" not in page


def test_colleagues_of_a_mission_read_one_anothers_names(client, told, santiago):
    colleague = make.MissionStaffFactory(mission=santiago.mission_posts.get().mission).user
    client.force_login(colleague)
    assert "by Rina Santiago" in client.get(address(told)).content.decode()
    client.force_login(santiago)
    assert "by you" in client.get(address(told)).content.decode()


def test_a_product_out_of_scope_has_no_history(client, told):
    client.force_login(make.MissionStaffFactory(mission__code="KBRI-BSB", mission__city="Brasília").user)
    assert client.get(address(told)).status_code == 404


def test_drafts_are_no_history(client, ministry, told):
    told.withdraw(by=make.UserFactory())
    make.RevisionFactory(product=told.product, number=3, title={"en": "A secret draft"})
    page = client.get(address(told)).content.decode()
    assert "Revision 1" in page and "Revision 3" not in page and "A secret draft" not in page


def test_queries_do_not_grow_with_the_revisions(client, ministry, told, django_assert_num_queries):
    client.get(address(told))
    with django_assert_num_queries(9) as one:
        client.get(address(told))
    for number in range(3, 9):
        make.RevisionFactory(approved=True, product=told.product, number=number)
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(address(told))
