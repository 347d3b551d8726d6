import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from catalog.models import ChangeRequest
from catalog.models.request import Asked
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make.UserFactory(ministry=True, name="Rina")
    client.force_login(user)
    return user


@pytest.fixture
def revision(reviewer):
    """A change of a public product, claimed by the reviewer; its producer reads Indonesian."""
    product = make.ProductFactory(published=True, target_markets=["CL"], lead_time_days=35)
    owner = make.MembershipFactory(producer=product.producer, user__language="id").user
    return make.RevisionFactory(
        in_review=True,
        claimed_by=reviewer,
        product=product,
        target_markets=["CL"],
        lead_time_days=25,
        author_ids=[owner.pk],
        version=3,
    )


def address(revision):
    return reverse("admin:review_revision", args=[revision.pk])


def send(client, revision, decision, **fields):
    return client.post(address(revision), {"do": decision, "seen_version": revision.version, **fields})


def test_public_and_proposed_stand_side_by_side_with_the_difference_marked(client, revision):
    page = client.get(address(revision)).content.decode()
    assert "<del>35</del> days" in page and "<ins>25</ins> days" in page
    assert "Public now" in page and "Proposed" in page


def test_what_producers_write_is_shown_as_text(client, revision):
    revision.title = {"en": "<script>alert(1)</script> sandals"}
    revision.save()
    page = client.get(address(revision)).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_first_revision_has_no_public_side(client, reviewer):
    revision = make.RevisionFactory(submitted=True)
    page = client.get(address(revision)).content.decode()
    assert "A new product" in page and "Public now" not in page


def test_unchanged_fields_are_folded_but_can_be_judged(client, revision):
    response = client.get(address(revision))
    folded = {field.row.field for field in response.context["folded"]}
    assert "moq" in folded and "lead_time_days" not in folded
    assert 'name="verdict-moq"' in response.content.decode()


def test_comments_are_asked_in_the_producers_language(client, revision):
    assert "Comment to the producer, in Indonesian" in client.get(address(revision)).content.decode()


def test_approving_publishes_tells_the_producer_and_opens_the_next(client, revision):
    following = make.RevisionFactory(submitted=True)
    response = send(client, revision, "approve")
    assert response["Location"] == address(following)
    revision.product.refresh_from_db()
    assert revision.product.lead_time_days == 25
    assert Letter.objects.filter(recipient=revision.product.producer.members.get(), language="id").exists()


def test_after_the_last_one_the_queue_opens(client, revision):
    assert send(client, revision, "approve")["Location"] == reverse("admin:review_queue")


def test_missing_translations_are_part_of_the_approval(client, revision):
    send(client, revision, "approve", **{"text-title-es": "Sandalias de cuero"})
    revision.refresh_from_db()
    revision.product.refresh_from_db()
    assert revision.product.title["es"] == "Sandalias de cuero"
    assert list(revision.translated_by) == ["title.es"]


def test_a_text_that_is_there_is_not_overwritten(client, revision):
    send(client, revision, "approve", **{"text-title-en": "Mine"})
    revision.product.refresh_from_db()
    assert revision.product.title["en"] == "Leather sandals with batik strap"


def test_changes_are_requested_beside_their_fields(client, revision):
    send(
        client,
        revision,
        "request_changes",
        **{
            "verdict-lead_time_days": "ask",
            "reason-lead_time_days": "claim_unproven",
            "comment-lead_time_days": "Surat kapasitas menyebut 35 hari.",
            "verdict-certificates": "ask",
            "reason-certificates": "cert_missing",
            "comment-certificates": "Mohon unggah SVLK.",
            "comment-moq": "typed, but the field is fine",
        },
    )
    revision.refresh_from_db()
    assert revision.state == "changes_requested"
    assert list(ChangeRequest.objects.values_list("field", "reason")) == [
        ("lead_time_days", "claim_unproven"),
        ("certificates", "cert_missing"),
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Mark at least one field"),
        ({"verdict-moq": "ask", "comment-moq": "Kurang jelas."}, "Choose a reason."),
        ({"verdict-moq": "ask", "reason-moq": "other", "comment-moq": "  "}, "Say what to change"),
        ({"verdict-moq": "ask", "reason-moq": "nonsense", "comment-moq": "x"}, "nonsense"),
    ],
)
def test_an_unfinished_request_comes_back_with_what_was_typed(client, revision, fields, message):
    ask_too = {"verdict-title": "ask", "reason-title": "other", "comment-title": "Judul terlalu panjang."}
    typed = ask_too if fields else {}
    response = send(client, revision, "request_changes", **fields, **typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page and typed.get("comment-title", "") in page
    assert not ChangeRequest.objects.exists()


def test_asking_and_approving_at_once_is_a_mistake(client, revision):
    response = send(client, revision, "approve", **{"verdict-moq": "ask", "comment-moq": "Mohon jelaskan."})
    assert response.status_code == 422 and "Mohon jelaskan." in response.content.decode()
    revision.refresh_from_db()
    assert revision.state == "in_review"


def test_a_rejection_needs_its_reason(client, revision):
    assert send(client, revision, "reject", why=" ").status_code == 422
    assert send(client, revision, "reject", why="Barang ini dilarang.").status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.rejection) == ("rejected", "Barang ini dilarang.")


@pytest.mark.parametrize("decision", ["approve", "request_changes", "reject"])
def test_a_decision_on_moved_content_is_refused_and_keeps_what_was_typed(client, revision, decision):
    seen = revision.version
    revision.lead_time_days, revision.version = 20, seen + 1
    revision.save()
    fields = {"why": "Alasan saya.", "text-title-es": "Sandalias mías"}
    if decision == "request_changes":
        fields |= {"verdict-moq": "ask", "reason-moq": "other", "comment-moq": "Komentar saya."}
    response = client.post(address(revision), {"do": decision, "seen_version": seen, **fields})
    page = response.content.decode()
    assert response.status_code == 409
    assert "The content changed since you opened it" in page and "<ins>20</ins> days" in page
    assert "Alasan saya." in page and "Sandalias mías" in page
    assert f'name="seen_version" value="{seen + 1}"' in page
    revision.refresh_from_db()
    assert (
        revision.state == "in_review" and not AuditEntry.objects.filter(object_type="catalog.productrevision").exists()
    )


def test_a_lapsed_claim_keeps_what_was_typed_until_it_is_claimed_again(client, revision, reviewer):
    revision.claimed_at = timezone.now() - datetime.timedelta(hours=3)
    revision.save()
    revision.release(by=None)
    fields = {"verdict-moq": "ask", "reason-moq": "other", "comment-moq": "Komentar saya."}
    response = send(client, revision, "request_changes", **fields)
    assert response.status_code == 409
    response = send(client, revision, "claim", **fields)
    assert response.status_code == 200 and "Komentar saya." in response.content.decode()
    assert send(client, revision, "request_changes", **fields).status_code == 302
    revision.refresh_from_db()
    assert revision.state == "changes_requested"


def test_english_is_needed_to_publish(client, revision):
    revision.title = {"id": "Sandal"}
    revision.save()
    response = send(client, revision, "approve")
    assert response.status_code == 409 and "English is required to publish" in response.content.decode()
    assert send(client, revision, "approve", **{"text-title-en": "Sandals"}).status_code == 302


def test_nobody_decides_on_their_own_producers_product(client, revision, reviewer):
    make.MembershipFactory(user=reviewer, producer=revision.product.producer)
    assert send(client, revision, "approve").status_code == 409
    revision.release(by=reviewer)
    page = client.get(address(revision)).content.decode()
    assert "You or your producer wrote this" in page and 'value="claim"' not in page


def test_somebody_elses_claim_can_be_read_and_not_decided(client, revision):
    revision.claimed_by = make.UserFactory(name="Budi Santoso")
    revision.save()
    page = client.get(address(revision)).content.decode()
    assert "Budi Santoso has claimed this" in page and 'value="approve"' not in page
    assert send(client, revision, "approve").status_code == 409


def test_an_unknown_decision_changes_nothing(client, revision):
    assert send(client, revision, "publish").status_code == 422
    revision.refresh_from_db()
    assert revision.state == "in_review"


def test_the_second_round_shows_what_was_asked_and_what_changed_since(client, revision, reviewer):
    asked = [Asked("lead_time_days", "claim_unproven", "Mohon surat."), Asked("photos", "photo_unclear", "Buram.")]
    revision.request_changes(by=reviewer, seen_version=revision.version, requests=asked)
    owner = revision.product.producer.members.get()
    revision.lead_time_days = 30
    revision.edited(by=owner)
    revision.submit(by=owner)
    revision.claim(by=reviewer)
    response = client.get(address(revision))
    shown = {field.row.field: field for field in response.context["shown"]}
    assert shown["lead_time_days"].since.is_changed and not shown["photos"].since.is_changed
    page = response.content.decode()
    assert "Mohon surat." in page and "When it was asked" in page and "Answer to a request" in page


def test_the_checks_of_a_machine_stand_beside_their_fields(client, revision):
    certificate = make.CertificateFactory(producer=revision.product.producer, verified=True, expired=True)
    revision.product.coverages.create(certificate=certificate)
    page = client.get(address(revision)).content.decode()
    assert "Missing: Spanish, Portuguese" in page and "Halal certificate has expired" in page


def test_the_trail_tells_what_happened(client, revision, reviewer):
    revision.release(by=reviewer)
    page = client.get(address(revision)).content.decode()
    assert "Released" in page and "by Rina" in page


def test_queries_do_not_grow_with_the_content(client, revision, django_assert_num_queries):
    client.get(address(revision))
    with django_assert_num_queries(39) as first:
        client.get(address(revision))
    for number in range(6):
        make.PriceOfferFactory(revision=revision, from_quantity=1000 + number)
        make.PhotoPlacementFactory(revision=revision)
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(address(revision))
