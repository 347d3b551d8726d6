"""The producer's side: what is asked, answered in codes, quoted and refused; judged as the pages judge it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Letter
from exporters.models import Producer
from inquiries.models import Enquiry, EnquiryMessage, EnquiryReport, Quotation, Said, SenderBlock
from tests import asking
from tests import factories as make

MINE = "/api/v1/my/enquiries/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    make.IncotermFactory(code="FOB")
    make.MarketFactory(iso2="CL")
    return asking.an_enquiry()


@pytest.fixture
def here(enquiry):
    return f"{MINE}{enquiry.pk}/"


@pytest.fixture
def member(enquiry):
    return asking.member_of(enquiry.producer)


@pytest.fixture
def desk(member, client_of):
    return client_of(member)


def offer(enquiry, **more):
    line = {"product": enquiry.lines.get().product.slug, "quantity": "600", "unit_price": "6.80"}
    return {
        "incoterm": "FOB", "place": "Tanjung Perak", "currency": "USD", "valid_until": make.in_days(30).isoformat(),
        "lead_time_days": 28, "payment_terms": "tt_deposit", "deposit_percent": 30, "note": "Siap.", "language": "id",
        "lines": [line], **more,
    }  # fmt: skip


def test_what_is_asked_is_told_with_who_answers_by_when(desk, enquiry, here):
    [listed] = desk.get(MINE, {"turn": "producer", "sort": "due"}).json()["results"]
    told = desk.get(here).json()
    assert {key: told[key] for key in listed} == listed
    assert (told["state"], told["turn"], told["is_overdue"]) == ("sent", "producer", False)
    assert told["due_at"] and told["importer"] == {"company": enquiry.importer.company, "country": "CL"}
    assert told["text"] == "Please quote." and told["language"] == "es"
    [line] = told["lines"]
    assert (line["quantity"], line["product"]) == ("600", enquiry.lines.get().product.slug)
    assert told["round"] is None, "that others were asked too is not for the producer to know"


def test_nobody_reads_an_address_of_the_other_side(desk, client_of, enquiry, here):
    user, owner = enquiry.importer.user, asking.member_of(enquiry.producer)
    Producer.objects.update(contact_phone="+628123456789", contact_email="sandal@example.test")
    asking.quote(enquiry)
    for path in (here, f"{here}messages/", MINE, "/api/v1/quotations/"):
        told = desk.get(path).content.decode()
        assert user.email not in told and user.name not in told, path
    mine = f"/api/v1/enquiries/{enquiry.pk}/"
    for path in (mine, f"{mine}messages/", "/api/v1/enquiries/", "/api/v1/quotations/"):
        told = client_of(user).get(path).content.decode()
        assert not [word for word in (owner.email, "+628123456789", "sandal@example.test") if word in told], path


def test_an_answer_in_code_is_read_by_each_side_in_its_own_language(desk, client_of, enquiry, here):
    terms = {"kind": "sample_terms", "sample_price": "25", "sample_currency": "USD", "sample_days": 7}
    sent = desk.post(f"{here}messages/", {**terms, "text": "Dua pasang.", "language": "id"})
    assert sent.status_code == 201 and sent.json()["state"] == "answered" and sent.json()["turn"] == "importer"
    [read] = client_of(enquiry.importer.user).get(f"/api/v1/enquiries/{enquiry.pk}/messages/").json()["results"]
    assert (read["kind"], read["sample_price"], read["sample_days"]) == ("sample_terms", "25.00", 7)
    assert (read["text"], read["language"], read["kind_text"]) == ("Dua pasang.", "id", "Terms for samples")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "text"}, {"text"}),
        ({"kind": "text", "text": "  "}, {"text"}),
        ({"kind": "sample_terms", "sample_price": "25"}, {"sample_currency", "sample_days"}),
        ({"kind": "ask_quantity", "sample_days": 3}, {"sample_days"}),
        ({"kind": "cannot_supply"}, {"kind"}),
        ({"kind": "text", "text": "Ya", "state": "quoted"}, {"state"}),
        ({"kind": "text", "text": "Ya", "language": "fr"}, {"language"}),
    ],
)  # fmt: skip
def test_an_answer_that_says_too_little_or_too_much_is_not_taken(desk, here, said, wrong):
    refused = desk.post(f"{here}messages/", said)
    assert refused.status_code == 400 and set(refused.json()["fields"]) == wrong
    assert not EnquiryMessage.objects.exists()


def test_what_was_written_since_is_read_first(desk, enquiry, here):
    seen = desk.get(here).json()["newest_message"] or 0
    enquiry.write(Said(text="¿Y en azul?"), side="importer", by=enquiry.importer.user)
    moved = desk.post(f"{here}messages/", {"kind": "ask_quantity", "seen": seen})
    assert moved.status_code == 409 and moved.json()["code"] == "enquiry_moved"
    newest = desk.get(here).json()["newest_message"]
    assert desk.post(f"{here}messages/", {"kind": "ask_quantity", "seen": newest}).status_code == 201


def test_an_answer_that_arrives_twice_is_written_once(desk, here):
    sent = [desk.post(f"{here}messages/", {"kind": "ask_quantity"}, HTTP_IDEMPOTENCY_KEY="one") for _time in range(2)]
    assert sent[0].json() == sent[1].json() and EnquiryMessage.objects.count() == 1
    other = desk.post(f"{here}messages/", {"kind": "ask_details"}, HTTP_IDEMPOTENCY_KEY="one")
    assert other.status_code == 422


def test_refusing_gives_the_reason_and_ends_it(desk, here):
    told = desk.post(f"{here}refuse/", {"reason": "capacity", "text": "Penuh sampai Maret."})
    assert told.status_code == 200 and told.json()["refusal_reason"] == "capacity"
    assert (told.json()["state"], told.json()["turn"]) == ("refused", "nobody")
    again = desk.post(f"{here}refuse/", {"reason": "capacity"})
    assert again.status_code == 409 and again.json()["code"] == "transition_not_allowed"


def test_a_quotation_is_a_new_version_each_time(desk, enquiry, here, member):
    first = desk.post(f"{here}quote/", offer(enquiry))
    assert first.status_code == 201, first.json()
    told = first.json()
    assert (told["version"], told["is_newest"], told["total"], told["language"]) == (1, True, "4080", "id")
    line = {**offer(enquiry)["lines"][0], "unit_price": "6.5"}
    second = desk.post(f"{here}quote/", offer(enquiry, lines=[line])).json()
    assert second["version"] == 2 and second["lines"][0]["unit_price"] == "6.5"
    assert [one["is_newest"] for one in desk.get(here).json()["quotations"]] == [True, False]
    assert AuditEntry.objects.filter(verb="quote", by=member).count() == 2
    assert Letter.objects.filter(event__startswith="quotation_received").count() == 2


@pytest.mark.parametrize("language", ["id", "es", "en"])
def test_a_price_means_the_same_in_every_language(desk, enquiry, here, language):
    line = {**offer(enquiry)["lines"][0], "unit_price": "1.250", "quantity": "1000"}
    told = desk.post(f"{here}quote/?lang={language}", offer(enquiry, lines=[line])).json()
    assert told["lines"][0]["unit_price"] == "1.25" and told["lines"][0]["quantity"] == "1000"


def test_a_quotation_is_judged_as_the_page_judges_it(desk, enquiry, here):
    other = make.ProductFactory(published=True)
    line = offer(enquiry)["lines"][0]
    for more, wrong in (
        ({"lines": []}, {"lines"}),
        ({"lines": [{**line, "product": other.slug}]}, {"lines.0.product"}),
        ({"lines": [line, line]}, {"lines.1.product"}),
        ({"lines": [{**line, "unit_price": "0"}]}, {"lines.0.unit_price"}),
        ({"lines": [{**line, "quantity": "1.5"}]}, {"lines.0.quantity"}),
        ({"deposit_percent": None}, {"deposit_percent"}),
        ({"payment_terms": "lc_usance"}, {"payment_days"}),
        ({"valid_until": make.in_days(-1).isoformat()}, {"valid_until"}),
        ({"valid_until": make.in_days(400).isoformat()}, {"valid_until"}),
        ({"incoterm": "XXX"}, {"incoterm"}),
        ({"version": 7}, {"version"}),
    ):
        refused = desk.post(f"{here}quote/", offer(enquiry, **more))
        assert refused.status_code == 400 and set(refused.json()["fields"]) == wrong, (more, refused.json())
    assert not Quotation.objects.exists()


def test_a_report_goes_to_the_mission_once(desk, enquiry, here):
    assert desk.post(f"{here}report/", {"reason": "spam"}).status_code == 200
    again = desk.post(f"{here}report/", {"reason": "spam"})
    assert again.status_code == 409 and again.json()["code"] == "reported_already"
    assert EnquiryReport.objects.get().side == "producer"


def test_a_blocked_importer_asks_no_more_until_the_block_is_lifted(desk, client_of, enquiry, here):
    buyer = client_of(enquiry.importer.user)
    wish = {"destination_country": "CL", "lines": [{"product": enquiry.lines.get().product.slug}]}
    for _time in range(2):
        assert desk.post(f"{here}block/", {"why": "Hanya iklan."}).json()["is_blocked"]
    assert SenderBlock.objects.get().why == "Hanya iklan."
    assert buyer.post("/api/v1/enquiries/", wish).json()["code"] == "blocked"
    assert not buyer.get(f"/api/v1/enquiries/{enquiry.pk}/").json()["is_blocked"], "that is not told"
    for _time in range(2):
        assert not desk.post(f"{here}unblock/").json()["is_blocked"]
    assert buyer.post("/api/v1/enquiries/", wish).status_code == 201


def test_whoever_gets_no_answer_is_shown_what_others_offer(desk, client_of, enquiry, here):
    product = enquiry.lines.get().product
    other = make.ProductFactory(published=True, commodity=product.commodity, hs6=product.hs6)
    mine = f"/api/v1/enquiries/{enquiry.pk}/"
    buyer = client_of(enquiry.importer.user)
    assert buyer.get(mine).json()["alternatives"] == []
    assert desk.post(f"{here}refuse/", {"reason": "capacity"}).json()["alternatives"] == []
    assert buyer.get(mine).json()["alternatives"] == [other.slug]


def test_what_is_held_is_not_there_for_its_producer(client_of):
    held = asking.an_enquiry(text="www.a.com www.b.com www.c.com")
    desk = client_of(asking.member_of(held.producer))
    assert desk.get(MINE).json()["results"] == []
    assert desk.get(f"{MINE}{held.pk}/").status_code == 404


def test_officers_and_other_producers_find_nothing(client_of, enquiry, here):
    officer = make.OfficerScopeFactory(regency=enquiry.producer.regency).user
    for stranger in (officer, make.MembershipFactory().user):
        assert client_of(stranger).get(MINE).json()["results"] == []
        assert client_of(stranger).post(f"{here}messages/", {"kind": "ask_quantity"}).status_code == 404
    assert Enquiry.objects.get().state == "sent"


def test_a_page_takes_the_same_queries_however_many_rows(desk, enquiry, django_assert_num_queries):
    desk.get(MINE)
    with CaptureQueriesContext(connection) as one:
        desk.get(MINE)
    for _number in range(11):
        asking.ask(enquiry.lines.get().product, importer=enquiry.importer)
    with django_assert_num_queries(len(one)):
        assert len(desk.get(MINE).json()["results"]) == 12


def test_a_thread_takes_the_same_queries_however_long(desk, enquiry, here, django_assert_num_queries):
    asking.quote(enquiry)
    desk.get(here)
    with CaptureQueriesContext(connection) as short:
        desk.get(here)
    for number in range(5):
        enquiry.write(Said(text=f"{number}"), side="importer", by=enquiry.importer.user)
        asking.quote(enquiry)
    with django_assert_num_queries(len(short)):
        told = desk.get(here).json()
    assert len(told["messages"]) == 11 and len(told["quotations"]) == 6
