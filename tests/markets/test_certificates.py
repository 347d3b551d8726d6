import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from tests import factories as make

pytestmark = pytest.mark.django_db
DESK = reverse("admin:certificates")


@pytest.fixture
def clerk(client):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


def certificate(**fields):
    row = make.CertificateFactory(**fields)
    make.RevisionFactory(submitted=True, product__producer=row.producer, target_markets=["CL"])
    make.MembershipFactory(producer=row.producer)
    return row


def page_of(row):
    return reverse("admin:certificate_review", args=[row.pk])


def test_those_that_wait_come_first_and_others_have_their_tab(client, clerk):
    waiting, verified = certificate(), certificate(verified=True)
    make.CertificateFactory()
    assert client.get(DESK).context["rows"] == [waiting]
    assert client.get(f"{DESK}?view=verified").context["rows"] == [verified]
    assert client.get(f"{DESK}?q={waiting.number}").context["rows"] == [waiting]
    assert client.get(f"{DESK}?q=nothing-like-it").context["rows"] == []
    assert client.get(f"{DESK}?after=forged").context["rows"] == [waiting]


def test_queries_do_not_grow_with_the_rows(client, clerk, django_assert_num_queries):
    certificate()
    client.get(DESK)
    with django_assert_num_queries(5) as one:
        client.get(DESK)
    for _turn in range(11):
        certificate()
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(DESK)


def test_verifying_tells_the_producer(client, clerk):
    row = certificate()
    assert client.post(page_of(row), {"do": "verify"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("verified", clerk)
    assert Letter.objects.count() == 1


def test_rejecting_needs_a_reason(client, clerk):
    row = certificate()
    assert client.post(page_of(row), {"do": "reject", "why": " "}).status_code == 422
    client.post(page_of(row), {"do": "reject", "why": "Pindaian tidak terbaca."})
    row.refresh_from_db()
    assert (row.state, row.rejection) == ("rejected", "Pindaian tidak terbaca.")


def test_a_second_decision_is_refused_on_the_page(client, clerk):
    assert client.post(page_of(certificate(verified=True)), {"do": "reject", "why": "Palsu."}).status_code == 409
    assert client.post(page_of(certificate()), {"do": "nonsense"}).status_code == 422


def test_a_verification_is_taken_back_with_a_reason(client, clerk):
    row = certificate(verified=True)
    assert client.post(page_of(row), {"do": "revoke", "why": " "}).status_code == 422
    assert client.post(page_of(row), {"do": "revoke", "why": "Palsu."}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.rejection) == ("rejected", "Palsu.")
    assert client.post(page_of(certificate()), {"do": "revoke", "why": "Palsu."}).status_code == 409


def test_what_runs_out_has_its_tab_with_the_soonest_first(client, clerk):
    later, soon = (
        certificate(verified=True, expires_on=make.in_days(80)),
        certificate(verified=True, expires_on=make.in_days(2)),
    )
    certificate(verified=True, expires_on=make.in_days(120))
    certificate(expires_on=make.in_days(3))
    make.CertificateFactory(verified=True, renews=certificate(verified=True, expires_on=make.in_days(4)))
    assert client.get(f"{DESK}?view=ending").context["rows"] == [soon, later]


def test_the_first_page_is_shown_from_our_own_picture_and_each_look_is_written_down(client, clerk):
    row = certificate(first_page_path="certificates/p-1.jpg")
    default_storage.save(row.first_page_path, ContentFile(b"\xff\xd8\xff"))
    address = reverse("admin:certificate_first_page", args=[row.pk])
    assert f'src="{address}"' in client.get(page_of(row)).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff" and "no-store" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert AuditEntry.objects.get().verb == "look"
    response.close()


@pytest.mark.parametrize(("tries", "words"), [(0, "is being made"), (2, "No picture can be made")])
def test_without_a_picture_the_page_says_why(client, clerk, tries, words):
    row = certificate(first_page_tries=tries)
    assert words in client.get(page_of(row)).content.decode()


def test_a_renewal_leads_to_the_certificate_before_it(client, clerk):
    old = certificate(verified=True)
    new = make.CertificateFactory(producer=old.producer, renews=old)
    assert page_of(old) in client.get(page_of(new)).content.decode()
    assert page_of(new) in client.get(page_of(old)).content.decode()


def test_a_number_is_held_against_the_pattern_of_its_type(client, clerk):
    halal = make.CertificateTypeFactory(number_pattern=r"ID\d{17}")
    assert client.get(page_of(certificate(type=halal))).context["fits"] is True
    assert client.get(page_of(certificate(type=halal, number="123"))).context["fits"] is False
    halal.number_pattern = "(["
    halal.save()
    assert client.get(page_of(certificate(type=halal))).context["fits"] is None


def test_the_file_is_a_download_that_no_browser_runs_or_keeps(client, clerk):
    row = certificate()
    default_storage.save(row.file_path, ContentFile(b"%PDF-1.4 test"))
    response = client.get(reverse("admin:certificate_file", args=[row.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 test"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff" and "no-store" in response["Cache-Control"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert AuditEntry.objects.get().verb == "download"


@pytest.mark.parametrize("name", ["certificate_review", "certificate_file", "certificate_first_page"])
def test_the_certificate_of_a_foreign_producer_is_not_there(client, clerk, name):
    row = make.CertificateFactory()
    assert client.get(reverse(f"admin:{name}", args=[row.pk])).status_code == 404
    assert client.post(page_of(row), {"do": "verify"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "submitted"


def test_who_decided_at_another_mission_is_called_by_the_post(client, clerk):
    elsewhere = make.MissionStaffFactory(
        mission=make.MissionFactory(code="KBRI-LIM", city="Lima"), user__name="Arif Nugroho"
    )
    row = certificate(verified=True, decided_by=elsewhere.user, decided_at=timezone.now())
    page = client.get(page_of(row)).content.decode()
    assert f"by {elsewhere.mission}" in page and "Arif Nugroho" not in page


def test_covered_products_lead_to_their_history_and_those_of_other_markets_are_not_told(client, clerk):
    row = certificate()
    seen = make.ProductFactory(published=True, producer=row.producer, target_markets=["CL"], title={"en": "Sandals"})
    draft = make.RevisionFactory(
        product__producer=row.producer, title={"en": "A secret"}, target_markets=["BR"]
    ).product
    new = make.RevisionFactory(
        submitted=True, product__producer=row.producer, title={"en": "Boots"}, target_markets=["CL"]
    ).product
    for product in (seen, draft, new):
        product.coverages.create(certificate=row)
    page = client.get(page_of(row)).text
    assert f'<a href="{reverse("admin:product_history", args=[seen.pk])}">Sandals</a>' in page
    assert f'<a href="{reverse("admin:product_history", args=[new.pk])}">Boots</a>' in page
    assert "A secret" not in page and reverse("admin:product_history", args=[draft.pk]) not in page


def test_what_is_stated_stands_above_the_picture_and_the_state_has_its_colour(client, clerk):
    page = client.get(page_of(certificate(verified=True))).text
    assert page.index("What the producer states") < page.index("First page") and "badge--ok" in page


def test_after_a_decision_the_next_one_opens_and_never_ones_own(client, clerk):
    first, second, own = certificate(), certificate(), certificate()
    make.MembershipFactory(user=clerk, producer=own.producer)
    assert client.post(page_of(first), {"do": "verify"})["Location"] == page_of(second)
    assert client.post(page_of(second), {"do": "reject", "why": "Buram."})["Location"] == DESK
