import pytest
from django.urls import reverse

from markets.admin.similar import similar_to
from tests import factories as make

pytestmark = pytest.mark.django_db
LOOK = 0x5A3C_9669_0FF0_1234


@pytest.fixture
def santiago():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def revision():
    product = make.ProductFactory(producer=make.ProducerFactory(listed=True))
    title = {"id": "Sandal kulit tali batik"}
    found = make.RevisionFactory(submitted=True, product=product, target_markets=["CL"], title=title)
    photo = found.placements.get().photo
    photo.likeness = LOOK
    photo.save()
    return found


def with_photo(holder, likeness=LOOK ^ 1):
    make.PhotoPlacementFactory(photo__likeness=likeness, **{holder.HOLDER: holder})
    return holder


def found(revision, reader):
    return {row.title: (row.is_same_producer, row.reasons) for row in similar_to(revision, reader) or []}


def test_the_same_producers_near_identical_title_is_shown_first(revision, santiago):
    twin = {"id": "Sandal kulit tali batik hitam"}
    make.RevisionFactory(submitted=True, target_markets=["CL"], product__producer=revision.product.producer, title=twin)
    with_photo(make.ProductFactory(published=True, title={"en": "Copied"}))
    rows = similar_to(revision, santiago) or []
    assert [row.is_same_producer for row in rows] == [True, False]
    assert rows[0].reasons[0].startswith("title alike")


def test_another_producers_like_photo_is_shown_when_it_is_public_or_in_scope(revision, santiago):
    with_photo(make.ProductFactory(published=True, title={"en": "Public"}))
    with_photo(make.RevisionFactory(submitted=True, target_markets=["CL"], title={"en": "Proposed here"}))
    with_photo(make.RevisionFactory(submitted=True, target_markets=["BR"], title={"en": "Proposed elsewhere"}))
    with_photo(make.RevisionFactory(complete=True, target_markets=["CL"], title={"en": "A draft"}))
    with_photo(make.ProductFactory(published=True, title={"en": "Unlike"}), likeness=~LOOK)
    assert set(found(revision, santiago)) == {"Public", "Proposed here"}


def test_a_shared_photo_of_the_same_producer_counts(revision, santiago):
    other = make.ProductFactory(published=True, producer=revision.product.producer, title={"en": "Batik bag"})
    make.PhotoPlacementFactory(photo=revision.placements.get().photo, product=other)
    assert found(revision, santiago) == {"Batik bag": (True, ["photo alike"])}


def test_the_product_itself_is_no_twin(revision, santiago):
    product = make.ProductFactory(published=True, target_markets=["CL"], title=revision.title)
    change = make.RevisionFactory(submitted=True, product=product, number=2, title=revision.title)
    photo = change.placements.get().photo
    photo.likeness = ~LOOK
    photo.save()
    assert similar_to(change, santiago) == []


def test_the_review_shows_them(client, revision, santiago):
    with_photo(make.ProductFactory(published=True, title={"en": "Copied sandals"}))
    client.force_login(santiago)
    page = client.get(reverse("admin:review_revision", args=[revision.pk])).content.decode()
    assert "Similar products" in page and "Copied sandals" in page and "photo alike" in page
