import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Letter
from markets.models import MarketListing
from tests import factories as make

pytestmark = pytest.mark.django_db
CHILE, BULK = reverse("admin:market_listings", args=["CL"]), reverse("admin:listing_bulk", args=["CL"])


def asking(title="Sandals", **fields):
    return make.ProductFactory(**{"published": True, "target_markets": ["CL"], "title": {"en": title}, **fields})


def offer(client, *products, **pitches):
    return client.post(BULK, {"do": "list", "product": [product.pk for product in products], **pitches})


def told(response):
    return {str(one.product): (one.kind, one.message) for one in response.context["told"]}


def states():
    return {str(listing.product): listing.state for listing in MarketListing.objects.all()}


def test_the_listings_page_offers_ticks_for_what_waits_and_for_what_is_offered(client, curator):
    product = asking()
    page = client.get(CHILE).content.decode()
    assert f'value="{product.pk}"' in page and f'action="{BULK}"' in page and 'form="bulk"' in page
    make.MarketListingFactory(listed=True, product=product)
    assert 'value="withdraw"' in client.get(f"{CHILE}?view=listed").content.decode()
    make.MarketListingFactory(declined=True, product=asking())
    assert 'form="bulk"' not in client.get(f"{CHILE}?view=declined").content.decode()


def test_the_drafts_are_the_products_own_words_in_the_markets_language(client, curator):
    told_in_spanish = asking("A", summary={"es": "Sandalias de cuero.", "en": "Leather sandals."})
    described = asking("B", summary={}, description={"es": "Suela de goma.", "en": "Rubber sole."})
    silent = asking("C", summary={"en": "Slippers."})
    products = [told_in_spanish.pk, described.pk, silent.pk]
    rows = client.get(BULK, {"product": products}).context["form"].rows
    drafts = {str(row.row.product): [(field.name.split("-")[1], field.value()) for field in row.fields] for row in rows}
    assert drafts == {"A": [("es", "Sandalias de cuero.")], "B": [("es", "Suela de goma.")], "C": [("es", None)]}
    assert [bool(row.lacking) for row in rows] == [True, False, False]  # newest first


def test_a_market_without_one_of_our_languages_is_written_to_in_english(client, curator):
    make.AccreditationFactory(
        mission=curator.mission_posts.get().mission, market=make.MarketFactory(iso2="HT", languages=["fr", "ht"])
    )
    product = asking(target_markets=["HT"])
    page = client.get(reverse("admin:listing_bulk", args=["HT"]), {"product": product.pk})
    assert f"{product.pk}-en" in page.context["form"].fields


def test_all_that_wait_are_chosen_at_once_and_narrowed_by_the_search(client, curator):
    asking("Batik"), asking("Chips"), make.MarketListingFactory(declined=True, product=asking("Decided"))
    assert len(client.get(BULK, {"all": 1}).context["form"].products) == 2
    found = client.get(BULK, {"all": 1, "q": "chips"}).context["form"].products
    assert [str(product) for product in found] == ["Chips"]


def test_nothing_ticked_says_so(client, curator):
    asking()
    assert "None of them waits" in client.get(BULK).content.decode()
    response = client.post(BULK, {"do": "list"})
    assert response.status_code == 422 and "Tick at least one product first." in response.content.decode()
    assert client.post(BULK, {"do": "decline", "product": "1"}).status_code == 422


def test_each_is_offered_with_its_own_pitch_at_the_end_of_the_page(client, curator):
    make.MarketListingFactory(listed=True, product=asking("First"), rank=7)
    one, two = asking("One"), asking("Two")
    response = offer(client, one, two, **{f"{one.pk}-es": " Para el verano ", f"{two.pk}-es": ""})
    assert told(response) == {"One": ("ok", "offered"), "Two": ("ok", "offered")}
    rows = {str(row.product): (row.state, row.rank, row.pitch) for row in MarketListing.objects.exclude(rank=7)}
    assert rows == {"One": ("listed", 8, {"es": "Para el verano"}), "Two": ("listed", 9, {})}
    assert AuditEntry.objects.filter(verb="list", by=curator).count() == 2


def test_refusals_are_told_by_product_and_leave_no_trace(client, curator):
    own, declined, fine = asking("Own"), asking("Declined"), asking("Fine")
    make.MembershipFactory(user=curator, producer=own.producer)
    make.MarketListingFactory(declined=True, product=declined)
    answer = told(offer(client, own, declined, fine))
    assert answer["Own"][0] == "bad" and "You cannot review a product" in answer["Own"][1]
    assert answer["Declined"][0] == "bad" and "declined" in answer["Declined"][1]
    assert answer["Fine"] == ("ok", "offered")
    assert states() == {"Declined": "declined", "Fine": "listed"}


def test_pressing_twice_has_one_effect(client, curator):
    product = asking()
    make.MembershipFactory(producer=product.producer)
    offer(client, product, **{f"{product.pk}-es": "Uno"})
    response = offer(client, product, **{f"{product.pk}-es": "Dos"})
    assert told(response) == {"Sandals": ("info", "it was offered already")}
    assert MarketListing.objects.get().pitch == {"es": "Uno"}
    assert Letter.objects.count() == AuditEntry.objects.filter(verb="list").count() == 1


def test_a_pitch_too_long_stops_all_and_keeps_what_was_typed(client, curator):
    one, two = asking("One"), asking("Two")
    typed = {f"{one.pk}-es": "x" * 401, f"{two.pk}-es": "Muy buena", "shown": [one.pk, two.pk]}
    response = offer(client, one, two, **typed)
    page = response.content.decode()
    assert response.status_code == 422 and "Muy buena" in page and "Pitch in Spanish: One" in page
    assert not MarketListing.objects.exists()
    assert told(offer(client, two, **typed)) == {"Two": ("ok", "offered")}  # what is not ticked is not judged


def test_what_is_foreign_or_not_public_is_counted_and_left_alone(client, curator):
    make.MarketFactory(iso2="BR")
    foreign, private, fine = asking("Foreign", target_markets=["BR"]), asking("Private", suspended=True), asking("Fine")
    response = offer(client, foreign, private, fine)
    assert list(told(response)) == ["Fine"] and "2 were not there" in response.content.decode()
    assert states() == {"Fine": "listed"}
    address = reverse("admin:listing_bulk", args=["BR"])
    assert client.get(address).status_code == client.post(address, {"do": "list"}).status_code == 404


def test_many_are_withdrawn_each_by_itself(client, curator):
    one, two = (make.MarketListingFactory(listed=True, product=asking(title)) for title in ("One", "Two"))
    declined = make.MarketListingFactory(declined=True, product=asking("Declined"))
    make.MembershipFactory(producer=one.product.producer)
    said = {"do": "withdraw", "note": "Stok habis.", "product": [row.product_id for row in (one, two, declined)]}
    answer = told(client.post(BULK, said))
    assert answer["One"] == answer["Two"] == ("ok", "withdrawn") and answer["Declined"][0] == "bad"
    assert "Stok habis." in Letter.objects.get().body
    assert told(client.post(BULK, said))["One"] == ("info", "it was withdrawn already")
    assert states() == {"One": "withdrawn", "Two": "withdrawn", "Declined": "declined"}


def test_each_product_more_takes_a_bounded_number_of_queries(client, curator):
    def queries(number):
        products = [asking(str(turn)) for turn in range(number)]
        with CaptureQueriesContext(connection) as found:
            offer(client, *products)
        return len(found)

    queries(1)
    assert (queries(9) - queries(1)) / 8 <= 30


def test_the_page_of_drafts_does_not_query_by_product(client, curator):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(BULK, {"all": 1})
        return len(found)

    asking()
    client.get(BULK, {"all": 1})
    before = queries()
    for _turn in range(11):
        asking()
    assert queries() == before
