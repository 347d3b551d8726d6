"""What importers ask and staff oversee: one resource, each sees what is theirs."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Letter
from inquiries.models import Enquiry, EnquiryReport, Said, SenderBlock
from promotion.models import CampaignDay
from tests import asking
from tests import factories as make
from tests.inquiries.test_enquiry_attachment import attach

ALL = "/api/v1/enquiries/"
REPORTS = "/api/v1/enquiry-reports/"
LINKS = "www.a.com www.b.com www.c.com"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chile():
    return make.MarketFactory(iso2="CL")


@pytest.fixture
def enquiry(chile):
    return asking.an_enquiry()


@pytest.fixture
def held(chile):
    return asking.an_enquiry(text=LINKS)


@pytest.fixture
def importer(enquiry, client_of):
    return client_of(enquiry.importer.user)


@pytest.fixture
def buyer(client_of):
    return client_of(make.ImporterFactory(country="CL").user)


@pytest.fixture
def products():
    return make.ProductFactory.create_batch(2, published=True)


def asked(products, terms=None, **more):
    """A round about these products; `terms` are those of the first."""
    lines = [{"product": one.slug} for one in products]
    lines[0] |= terms or {}
    return {"destination_country": "CL", "lines": lines, **more}


@pytest.fixture
def santiago(chile, client_of):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission, market=chile)
    return client_of(post.user)


@pytest.fixture
def ministry(client_of):
    return client_of(make.UserFactory(ministry=True))


def ids(answer):
    return [one["id"] for one in answer.json()["results"]]


# --- reading -------------------------------------------------------------------------------------


def test_an_importer_sees_its_own_and_staff_those_from_their_markets(importer, santiago, client_of, enquiry):
    other = asking.an_enquiry(importer=make.ImporterFactory(country="PE"))
    assert ids(importer.get(ALL)) == [enquiry.pk] == ids(santiago.get(ALL))
    for asker in (importer, santiago):
        assert asker.get(f"{ALL}{other.pk}/").status_code == 404
    assert client_of(make.MembershipFactory().user).get(ALL).status_code == 403


def test_lists_are_narrowed_sorted_and_paged(importer, enquiry):
    product = enquiry.lines.get().product
    later = [asking.ask(product, importer=enquiry.importer).enquiries.get() for _number in range(2)]
    asking.answer(later[0])
    assert ids(importer.get(ALL, {"state": "answered"})) == [later[0].pk]
    assert ids(importer.get(ALL, {"turn": "producer", "sort": "due"})) == [enquiry.pk, later[1].pk]
    assert ids(importer.get(ALL, {"sort": "active"}))[0] == later[0].pk
    assert ids(importer.get(ALL, {"market": "CL", "sort": "oldest", "page_size": 2})) == [enquiry.pk, later[0].pk]
    first = importer.get(ALL, {"page_size": 2}).json()
    assert ids(importer.get(first["next"])) == [enquiry.pk]
    assert importer.get(ALL, {"state": "open"}).status_code == 400


def test_what_a_mission_wrote_to_one_side_is_not_read_by_the_other(importer, santiago, enquiry):
    here = f"{ALL}{enquiry.pk}/"
    assert santiago.post(f"{here}messages/", {"text": "Mohon dijawab.", "to": "producer"}).status_code == 201
    assert santiago.post(f"{here}messages/", {"text": "To both."}).status_code == 201
    assert [one["text"] for one in importer.get(f"{here}messages/").json()["results"]] == ["To both."]
    assert [one["text"] for one in importer.get(here).json()["messages"]] == ["To both."]
    assert len(santiago.get(f"{here}messages/").json()["results"]) == 2


def test_what_the_ministry_reads_is_in_the_trail(ministry, santiago, importer, enquiry):
    for reader in (santiago, importer):
        reader.get(f"{ALL}{enquiry.pk}/")
    assert not AuditEntry.objects.filter(verb="read").exists()
    ministry.get(f"{ALL}{enquiry.pk}/")
    ministry.get(f"{ALL}{enquiry.pk}/messages/")
    assert AuditEntry.objects.filter(verb="read", object_id=str(enquiry.pk)).count() == 2


def test_a_file_is_fetched_by_whoever_reads_its_message(importer, santiago, client_of, enquiry):
    attach(enquiry)
    [file] = importer.get(f"{ALL}{enquiry.pk}/messages/").json()["results"][0]["attachments"]
    address = urlsplit(file["url"]).path
    for reader in (importer, santiago, client_of(asking.member_of(enquiry.producer))):
        got = reader.get(address)
        assert got.status_code == 200 and b"".join(got.streaming_content).startswith(b"%PDF-")
    assert client_of(make.ImporterFactory(country="CL").user).get(address).status_code == 404
    assert client_of(enquiry.importer.user, ["catalogue:read"]).get(address).status_code == 403
    attach(enquiry, to="producer", side="mission")
    aside = santiago.get(f"{ALL}{enquiry.pk}/messages/").json()["results"][0]["attachments"][0]
    assert importer.get(urlsplit(aside["url"]).path).status_code == 404


# --- sending -------------------------------------------------------------------------------------


def test_one_enquiry_goes_to_each_producer_with_the_terms_of_its_lines(chile, buyer, products):
    make.IncotermFactory(code="CIF")
    campaign = make.CampaignFactory()
    sandals = {"quantity": "600", "target_price": "6.50", "currency": "USD", "incoterm": "CIF", "place": "San Antonio"}
    more = {"text": " Buscamos sandalias. ", "language": "es", "wanted_on": make.in_days(60).isoformat()}
    sent = buyer.post(ALL, asked(products, sandals, **more, needs=["samples"], campaign=campaign.code.lower()))
    assert sent.status_code == 201, sent.json()
    told = sent.json()
    assert [one["state"] for one in told["enquiries"]] == ["sent", "sent"]
    assert {one["producer"]["trade_name"] for one in told["enquiries"]} == {one.producer.trade_name for one in products}
    assert {one["round"] for one in told["enquiries"]} == {told["round"]}
    read = buyer.get(f"{ALL}{told['enquiries'][0]['id']}/").json()
    [line] = read["lines"]
    assert {name: line[name] for name in ("incoterm", "place", "quantity")} == {
        "incoterm": "CIF", "place": "San Antonio", "quantity": "600",
    }  # fmt: skip
    assert (read["text"], read["needs"], read["market"]) == ("Buscamos sandalias.", ["samples"], "CL")
    assert CampaignDay.objects.get(campaign=campaign).enquiries == 2


def test_what_is_sent_twice_is_asked_once(buyer, products):
    sent = [buyer.post(ALL, asked(products), HTTP_IDEMPOTENCY_KEY="one") for _time in range(2)]
    assert sent[0].json() == sent[1].json() and Enquiry.objects.count() == 2
    assert buyer.post(ALL, asked(products[:1]), HTTP_IDEMPOTENCY_KEY="one").status_code == 422


@pytest.mark.parametrize(
    ("terms", "more", "wrong"),
    [
        ({"target_price": "6"}, {}, {"lines.0.currency"}),
        ({"quantity": "1.5"}, {}, {"lines.0.quantity"}),
        ({"quantity": "0"}, {}, {"lines.0.quantity"}),
        ({"incoterm": "XXX"}, {}, {"lines.0.incoterm"}),
        ({"certificates": ["moon"]}, {}, {"lines.0.certificates"}),
        ({"product": "no-such-product"}, {}, {"lines.0.product"}),
        ({"price": "6"}, {}, {"lines.0.price"}),
        ({}, {"destination_country": "ZZ"}, {"destination_country"}),
        ({}, {"wanted_on": "2020-01-01"}, {"wanted_on"}),
        ({}, {"campaign": "NONE"}, {"campaign"}),
        ({}, {"state": "accepted"}, {"state"}),
        ({}, {"lines": []}, {"lines"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_path_and_nothing_is_sent(buyer, products, terms, more, wrong):
    refused = buyer.post(ALL, asked(products, terms, **more))
    assert refused.status_code == 400 and set(refused.json()["fields"]) == wrong, refused.json()
    assert not Enquiry.objects.exists()


def test_a_product_is_asked_about_once(buyer, products):
    refused = buyer.post(ALL, asked([products[0], products[0]]))
    assert set(refused.json()["fields"]) == {"lines.1.product"}


def test_so_many_sendings_an_hour_and_what_is_refused_does_not_count(buyer, products, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "enquiry": (1, 3600)}
    assert buyer.post(ALL, asked([make.ProductFactory(retired=True)])).status_code == 400
    assert buyer.post(ALL, asked(products)).status_code == 201
    late = buyer.post(ALL, asked(products))
    assert late.status_code == 429 and int(late["Retry-After"]) > 0
    assert Enquiry.objects.count() == 2


def test_what_looks_like_spam_is_held_and_a_block_is_a_refusal(buyer, products):
    held = buyer.post(ALL, asked(products[:1], text=LINKS)).json()["enquiries"][0]
    assert held["state"] == "held"
    company = Enquiry.objects.get().importer
    SenderBlock.put(company, producer=None, by=make.UserFactory(ministry=True))
    refused = buyer.post(ALL, asked(products))
    assert refused.status_code == 409 and refused.json()["code"] == "blocked"


def test_only_importers_ask(client_of, products):
    for person in (make.MembershipFactory().user, make.UserFactory(ministry=True)):
        assert client_of(person).post(ALL, asked(products)).status_code == 403


# --- the importer's verbs ------------------------------------------------------------------------


def test_a_message_of_the_importer_makes_it_the_producers_turn(importer, enquiry):
    asking.answer(enquiry)
    told = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": " ¿Y en azul? ", "language": "es"})
    assert told.status_code == 201 and told.json()["turn"] == "producer"
    message = told.json()["messages"][-1]
    assert (message["side"], message["text"], message["language"]) == ("importer", "¿Y en azul?", "es")


def test_an_importer_cannot_write_to_one_side_alone(importer, enquiry):
    refused = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": "Hola", "to": "importer"})
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"to"}
    assert not enquiry.messages.exists()


def test_a_message_names_what_was_read_before_it(importer, enquiry):
    asking.answer(enquiry)
    moved = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": "Hola", "seen": 0})
    assert moved.status_code == 409 and moved.json()["code"] == "enquiry_moved"


def test_messages_by_program_are_counted_like_those_of_the_pages(importer, client_of, enquiry, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "message": (1, 3600)}
    sent = [importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": "Hola"}) for _time in range(2)]
    assert [one.status_code for one in sent] == [201, 429] and int(sent[1]["Retry-After"]) > 0
    desk = client_of(asking.member_of(enquiry.producer))
    mine = f"/api/v1/my/enquiries/{enquiry.pk}/"
    assert desk.post(f"{mine}messages/", {"kind": "ask_quantity"}).status_code == 201
    assert desk.post(f"{mine}refuse/", {"reason": "capacity"}).status_code == 429
    assert enquiry.messages.count() == 2


def test_an_enquiry_is_withdrawn_once(importer, enquiry):
    told = importer.post(f"{ALL}{enquiry.pk}/withdraw/", {"why": "Ya compramos."})
    assert told.json()["state"] == "withdrawn" and told.json()["closing_note"] == "Ya compramos."
    assert importer.post(f"{ALL}{enquiry.pk}/withdraw/").status_code == 409


def test_the_importer_reports_the_producer(importer, enquiry):
    assert importer.post(f"{ALL}{enquiry.pk}/report/", {"reason": "fraud", "note": "Pide efectivo."}).status_code == 200
    assert EnquiryReport.objects.get().side == "importer"


# --- the staff's verbs ---------------------------------------------------------------------------


def test_a_held_one_is_passed_on_once(santiago, held):
    [told] = santiago.get(ALL, {"state": "held"}).json()["results"]
    assert told["id"] == held.pk and santiago.get(f"{ALL}{held.pk}/").json()["held_reason"] == "links"
    passed = santiago.post(f"{ALL}{held.pk}/deliver/")
    assert passed.json()["state"] == "sent" and passed.json()["due_at"]
    assert santiago.post(f"{ALL}{held.pk}/deliver/").status_code == 409


def test_why_it_is_held_is_not_told_to_whoever_sent_it(client_of, held):
    assert client_of(held.importer.user).get(f"{ALL}{held.pk}/").json()["held_reason"] == ""


def test_a_discarded_one_may_block_its_importer(santiago, held):
    assert set(santiago.post(f"{ALL}{held.pk}/discard/").json()["fields"]) == {"why"}
    told = santiago.post(f"{ALL}{held.pk}/discard/", {"why": "Advertising", "block": True})
    assert told.json()["state"] == "discarded"
    assert SenderBlock.objects.in_force().get().importer == held.importer


def test_the_producer_is_reminded_once_a_day_while_it_is_its_turn(santiago, enquiry):
    for _time in range(2):
        assert santiago.post(f"{ALL}{enquiry.pk}/remind/").status_code == 200
    assert Letter.objects.filter(event__startswith="enquiry_reminder").count() == 1
    asking.answer(enquiry)
    assert santiago.post(f"{ALL}{enquiry.pk}/remind/").status_code == 409


def test_reports_are_decided_by_who_oversees_the_thread(santiago, importer, client_of, enquiry):
    report = EnquiryReport.file(enquiry, side="producer", reason="spam", by=asking.member_of(enquiry.producer))
    assert ids(santiago.get(REPORTS, {"state": "open"})) == [report.pk]
    assert santiago.post(f"{REPORTS}{report.pk}/uphold/").json()["state"] == "upheld"
    assert santiago.post(f"{REPORTS}{report.pk}/dismiss/").status_code == 409
    assert importer.get(REPORTS).status_code == 403
    elsewhere = client_of(make.MissionStaffFactory(mission=make.MissionFactory(code="KBRI-BSB")).user)
    assert ids(elsewhere.get(REPORTS)) == [] and elsewhere.post(f"{REPORTS}{report.pk}/uphold/").status_code == 404


# --- queries -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["importer", "santiago"])
def test_a_page_takes_the_same_queries_however_many_rows(who, request, enquiry, django_assert_num_queries):
    asker = request.getfixturevalue(who)
    asker.get(ALL)
    with CaptureQueriesContext(connection) as one:
        asker.get(ALL)
    for _number in range(11):
        asking.ask(enquiry.lines.get().product, importer=enquiry.importer)
    with django_assert_num_queries(len(one)):
        assert len(asker.get(ALL).json()["results"]) == 12


def test_a_thread_takes_the_same_queries_however_long(importer, enquiry, django_assert_num_queries):
    asking.answer(enquiry)
    importer.get(f"{ALL}{enquiry.pk}/")
    with CaptureQueriesContext(connection) as short:
        importer.get(f"{ALL}{enquiry.pk}/")
    for number in range(11):
        enquiry.write(Said(text=f"{number}"), side="importer", by=enquiry.importer.user)
    with django_assert_num_queries(len(short)):
        assert len(importer.get(f"{ALL}{enquiry.pk}/").json()["messages"]) == 12
