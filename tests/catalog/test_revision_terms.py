"""The step of trade terms: numbers as people type them, prices as rows, two tabs at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from tests import factories as make
from tests.catalog.desk import as_sent, draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer)


def test_the_step_is_saved_on_its_own(client, draft):
    sent = as_sent(client, draft, "terms", moq="450", save="1")
    answer = client.post(url(draft, "terms"), sent)
    draft.refresh_from_db()
    assert answer.status_code == 302 and answer.url == url(draft, "terms")
    assert draft.moq == 450 and draft.version == 2 and draft.saved_by is not None
    assert draft.title["en"] == "Leather sandals with batik strap"


def test_save_and_go_on_opens_the_next_step(client, draft):
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", go_on="1"))
    assert answer.status_code == 302 and answer.url == url(draft, "packing")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "1,250", 1250),
        ("id", "1.250", 1250),
        ("es", "1250,5", Decimal("1250.5")),
        ("id", "1.234,5", Decimal("1234.5")),
    ],
)
def test_numbers_are_read_as_the_reader_writes_them(client, draft, language, typed, meant):
    kilogram = make.UnitFactory(code="KGM", symbol="kg", name={"en": "kilogram"}, kind="mass")
    address = url(draft, "terms").replace("/en/", f"/{language}/")
    client.post(address, as_sent(client, draft, "terms", unit=kilogram.pk, moq=typed))
    draft.refresh_from_db()
    assert draft.moq == meant


@pytest.mark.parametrize("name", ["moq", "offers-0-from_quantity"])
def test_what_is_counted_is_ordered_in_whole_numbers(client, draft, name):
    address = url(draft, "terms").replace("/en/", "/id/")
    answer = client.post(address, as_sent(client, draft, "terms", **{name: "1.234,5", "lead_time_days": "40"}))
    draft.refresh_from_db()
    assert answer.status_code == 422 and 'value="1.234,5"' in answer.content.decode() and "“pasang”" in words(answer)
    assert draft.lead_time_days == 40 and draft.moq == draft.offers.get().from_quantity == 300
    assert 'value="1.234,5"' in client.get(address).content.decode()
    whole = as_sent(client, draft, "terms", **{name: "1.234,0", "capacity_per_month": "6.000"})
    assert client.post(address, whole).status_code == 302


def test_a_whole_number_is_asked_for_when_the_unit_becomes_one_that_is_counted(client):
    kilogram = make.UnitFactory(code="KGM", symbol="kg", name={"en": "kilogram"}, kind="mass")
    draft = draft_of(signed_in(client).producer, unit=kilogram, moq=Decimal("2.5"))
    assert client.post(url(draft, "terms"), as_sent(client, draft, "terms", lead_time_days="9")).status_code == 302
    pair = make.UnitFactory()
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", unit=pair.pk))
    assert answer.status_code == 422 and "Enter a whole number: the unit “pair” is counted." in words(answer)


def test_a_wrong_value_is_kept_as_typed_and_the_others_are_saved(client, draft):
    sent = as_sent(client, draft, "terms", moq="a thousand", lead_time_days="40")
    answer = client.post(url(draft, "terms"), sent)
    draft.refresh_from_db()
    assert answer.status_code == 422 and "a thousand" in answer.content.decode()
    assert draft.lead_time_days == 40 and draft.moq == 300
    later = client.get(url(draft, "terms"))
    assert later.status_code == 200 and "a thousand" in later.content.decode() and "Enter a number" in words(later)


def test_what_was_not_taken_is_gone_once_the_step_is_right(client, draft):
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="many"))
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="500"))
    draft.refresh_from_db()
    assert draft.unfinished == {} and draft.moq == 500


def test_the_page_told_after_a_wrong_value_can_be_saved_again_at_once(client, draft):
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="many"))
    form = answer.context["form"]
    again = as_sent(client, draft, "terms", version=form["version"].value(), base=form["base"].value(), moq="500")
    assert client.post(url(draft, "terms"), again).status_code == 302


def test_saving_while_typing_answers_with_the_new_version(client, draft):
    sent = as_sent(client, draft, "terms", moq="700")
    answer = client.post(url(draft, "terms"), sent, headers={"accept": "application/json"})
    draft.refresh_from_db()
    assert answer.status_code == 200 and answer.json()["version"] == draft.version == 2 and draft.moq == 700


def test_saving_while_typing_says_what_is_not_taken_yet(client, draft):
    sent = as_sent(client, draft, "terms", moq="x", lead_time_days="50")
    answer = client.post(url(draft, "terms"), sent, headers={"accept": "application/json"})
    draft.refresh_from_db()
    assert "Minimum order" in answer.json()["detail"] and draft.lead_time_days == 50


def test_two_tabs_that_change_the_same_field_are_shown_both_values(client, draft):
    mine = as_sent(client, draft, "terms", moq="111")
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="222"))
    answer = client.post(url(draft, "terms"), mine)
    draft.refresh_from_db()
    assert answer.status_code == 409 and draft.moq == 222
    [difference] = answer.context["differences"]
    assert (difference.name, difference.mine, difference.saved) == ("moq", "111", "222")
    assert draft.saved_by.name in words(answer)


@pytest.mark.parametrize(("choice", "kept"), [("mine", 111), ("saved", 222)])
def test_the_person_chooses_between_both_values(client, draft, choice, kept):
    mine = as_sent(client, draft, "terms", moq="111", lead_time_days="77")
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="222"))
    asked = client.post(url(draft, "terms"), mine)
    chosen = dict(asked.context["typed"]) | {
        "version": asked.context["revision"].version, "base": asked.context["base"], "keep-moq": choice,
    }  # fmt: skip
    assert client.post(url(draft, "terms"), chosen).status_code == 302
    draft.refresh_from_db()
    assert draft.moq == kept and draft.lead_time_days == 77


def test_two_tabs_that_change_different_fields_keep_both(client, draft):
    mine = as_sent(client, draft, "terms", moq="111")
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", lead_time_days="99"))
    assert client.post(url(draft, "terms"), mine).status_code == 302
    draft.refresh_from_db()
    assert draft.moq == 111 and draft.lead_time_days == 99


def test_a_stale_save_without_the_marks_of_its_page_is_asked_about_every_difference(client, draft):
    mine = as_sent(client, draft, "terms", moq="111", base="")
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", lead_time_days="99"))
    answer = client.post(url(draft, "terms"), mine)
    assert answer.status_code == 409
    assert {one.name for one in answer.context["differences"]} == {"moq", "lead_time_days"}


def test_a_stale_save_while_typing_stops_with_a_sentence(client, draft):
    mine = as_sent(client, draft, "terms", moq="111")
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="222"))
    answer = client.post(url(draft, "terms"), mine, headers={"accept": "application/json"})
    assert answer.status_code == 409 and answer.json()["detail"]


def test_prices_are_added_changed_and_removed_as_rows(client, draft):
    row = {"offers-1-incoterm": "FOB", "offers-1-place": " Tanjung  Perak, Surabaya ", "offers-1-from_quantity": "1000",
           "offers-1-unit_price": "6.50", "offers-1-currency": "USD",
           "offers-1-valid_until": make.in_days(90).isoformat()}  # fmt: skip
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", **row))
    assert list(draft.offers.values_list("from_quantity", "unit_price")) == [
        (300, Decimal("6.8")),
        (1000, Decimal("6.5")),
    ]
    assert draft.offers.last().place == "Tanjung Perak, Surabaya"
    client.post(url(draft, "terms"), as_sent(client, draft, "terms", **{"offers-0-DELETE": "on"}))
    assert draft.offers.get().from_quantity == 1000


def test_a_row_can_be_asked_for_without_javascript_and_nothing_typed_is_lost(client, draft):
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", moq="x", add_row="1"), follow=True)
    page = answer.content.decode()
    assert 'name="offers-2-place"' in page and 'value="x"' in page


def test_a_larger_quantity_cannot_cost_more(client, draft):
    dearer = {"offers-1-incoterm": "FOB", "offers-1-place": "Tanjung Perak, Surabaya", "offers-1-from_quantity": "900",
              "offers-1-unit_price": "9", "offers-1-currency": "USD",
              "offers-1-valid_until": make.in_days(90).isoformat()}  # fmt: skip
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", **dearer))
    assert answer.status_code == 422 and "cannot cost more" in words(answer)
    assert draft.offers.count() == 1


def test_a_price_holds_for_180_days_at_most(client, draft):
    for days, status in ((180, 302), (181, 422)):
        changed = {"offers-0-valid_until": make.in_days(days).isoformat()}
        answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", **changed))
        assert answer.status_code == status, days


def test_a_price_without_its_place_is_refused_beside_the_row(client, draft):
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", **{"offers-0-place": ""}))
    assert answer.status_code == 422 and "without its place" in words(answer)


def test_the_price_of_a_sample_needs_its_currency(client, draft):
    answer = client.post(url(draft, "terms"), as_sent(client, draft, "terms", sample_price="5"))
    draft.refresh_from_db()
    assert answer.status_code == 422 and draft.sample_price is None


def test_a_revision_in_review_cannot_be_edited(client):
    revision = make.RevisionFactory(in_review=True, product__producer=signed_in(client).producer)
    assert client.get(url(revision, "terms")).url == url(revision, "preview")
    assert client.post(url(revision, "terms"), {"version": revision.version, "moq": "1"}).status_code == 409
    revision.refresh_from_db()
    assert revision.moq == 300 and not AuditEntry.objects.exists()


def test_what_the_reviewers_ask_stands_beside_its_field(client):
    revision = make.RevisionFactory(changes_requested=True, product__producer=signed_in(client).producer)
    revision.change_requests.create(version=1, field="moq", reason="moq_missing", comment="Per colour, please.")
    page = words(client.get(url(revision, "terms")))
    assert page.count("Per colour, please.") == 2  # in the summary and beside the field
    assert "MOQ missing" in page


def test_a_neighbours_revision_does_not_exist(client):
    signed_in(client)
    assert client.get(url(draft_of(make.ProducerFactory()), "terms")).status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(client, draft, django_assert_max_num_queries):
    for quantity in range(400, 1600, 100):
        make.PriceOfferFactory(revision=draft, from_quantity=quantity)
    with django_assert_max_num_queries(20):
        client.get(url(draft, "terms"))


def test_what_was_not_sent_at_all_stays_as_it_is(client, draft):
    assert client.post(url(draft, "terms"), {"version": 1, "moq": "900"}).status_code == 302
    draft.refresh_from_db()
    assert draft.moq == 900 and draft.lead_time_days == 35 and draft.offers.count() == 1


def test_a_new_price_stays_when_it_is_saved_again_from_the_same_page(client, draft):
    row = {"offers-1-incoterm": "FOB", "offers-1-place": "Tanjung Perak, Surabaya", "offers-1-from_quantity": "1000",
           "offers-1-unit_price": "6.50", "offers-1-currency": "USD",
           "offers-1-valid_until": make.in_days(90).isoformat()}  # fmt: skip
    sent = as_sent(client, draft, "terms", **row)
    for _save in range(3):
        told = client.post(url(draft, "terms"), sent, headers={"accept": "application/json"}).json()
        sent |= {"version": told["version"], "base": told["base"]}
        assert draft.offers.count() == 2
