import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from catalog import indexing
from markets.models import MarketListing
from tests import factories as make

pytestmark = pytest.mark.django_db
CHILE = reverse("admin:market_listings", args=["CL"])


def asking(title="Sandals", **fields):
    return make.ProductFactory(**{"published": True, "target_markets": ["CL"], "title": {"en": title}, **fields})


def place(product, iso2="CL"):
    return reverse("admin:listing_decide", args=[iso2, product.pk])


def listed(title, rank):
    return make.MarketListingFactory(listed=True, product=asking(title), rank=rank)


def names(response):
    return [str(row.product) for row in response.context["rows"]]


def test_a_single_market_opens_at_once(client, curator):
    assert client.get(reverse("admin:listing_markets"))["Location"] == CHILE


def test_several_markets_show_what_waits_in_each(client, curator):
    make.AccreditationFactory(mission=curator.mission_posts.get().mission, market=make.MarketFactory(iso2="PE"))
    asking(), make.MarketListingFactory(declined=True, product=asking())
    response = client.get(reverse("admin:listing_markets"))
    assert [(market.pk, number) for market, number in response.context["rows"]] == [("CL", 1), ("PE", 0)]


def test_each_tab_shows_its_part(client, curator):
    asking("Waiting")
    make.ProductFactory(published=True, title={"en": "Unasked"})
    for state in ("listed", "declined", "withdrawn", "proposed"):
        make.MarketListingFactory(product=asking(state), **{state: True})
    found = {view: names(client.get(f"{CHILE}?view={view}")) for view in (
        "waiting", "listed", "declined", "withdrawn", "proposed", "propose",
    )}  # fmt: skip
    assert found == {
        "waiting": ["Waiting"],
        "listed": ["listed"],
        "declined": ["declined"],
        "withdrawn": ["withdrawn"],
        "proposed": ["proposed"],
        "propose": ["Unasked"],
    }


def test_text_finds_products_and_producers(client, curator):
    asking("Batik"), asking("Chips", producer=make.ProducerFactory(listed=True, trade_name="Dapur Magersari"))
    assert names(client.get(f"{CHILE}?q=batik")) == ["Batik"]
    assert names(client.get(f"{CHILE}?q=magersari")) == ["Chips"]


@pytest.mark.parametrize("view", ["waiting", "listed"])
def test_a_tab_is_downloaded_whole_and_as_it_was_narrowed(client, curator, view):
    for title in ("Batik", "=Batik", "Chips"):
        listed(title, 1) if view == "listed" else asking(title)
    response = client.get(CHILE, {"view": view, "q": "batik", "format": "csv"})
    lines = response.getvalue().decode().splitlines()
    assert len(lines) == 3 and {line.split(",")[0] for line in lines[1:]} == {'"Batik"', '"\'=Batik"'}
    assert f'href="?view={view}&amp;format=csv"' in client.get(f"{CHILE}?view={view}").content.decode()


def test_a_forged_page_shows_the_start(client, curator):
    asking("Batik")
    assert names(client.get(f"{CHILE}?after=forged")) == ["Batik"]


@pytest.mark.parametrize(("view", "number"), [("waiting", 7), ("listed", 8)])
def test_queries_do_not_grow_with_the_rows(client, curator, view, number, django_assert_num_queries):
    def add():
        return listed("x", 1) if view == "listed" else asking()

    add()
    client.get(f"{CHILE}?view={view}")
    with django_assert_num_queries(number) as one:
        client.get(f"{CHILE}?view={view}")
    for _turn in range(11):
        add()
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(f"{CHILE}?view={view}")


def test_the_first_pitch_begins_with_the_products_summary_in_the_markets_language(client, curator):
    product = asking(summary={"es": "Sandalias de cuero.", "en": "Leather sandals.", "pt": "Sandálias."})
    pitch = client.get(place(product)).context["form"].initial["pitch"]
    assert pitch == {"es": "Sandalias de cuero.", "en": "Leather sandals."}


def test_listing_with_pitch_and_rank(client, curator):
    product = asking()
    response = client.post(place(product), {"do": "list", "pitch_es": "Para el verano", "rank": 2})
    assert response["Location"] == CHILE
    listing = MarketListing.objects.get()
    assert (listing.state, listing.pitch, listing.rank, listing.decided_by) == (
        "listed", {"es": "Para el verano"}, 2, curator,
    )  # fmt: skip


def test_declining_needs_a_reason(client, curator):
    product = asking()
    response = client.post(place(product), {"do": "decline", "note": "Harga terlalu tinggi."})
    assert response.status_code == 422 and "Harga terlalu tinggi." in response.content.decode()
    client.post(place(product), {"do": "decline", "note": "Harga terlalu tinggi.", "reason": "price"})
    listing = MarketListing.objects.get()
    assert (listing.state, listing.decline_reason, listing.decline_note) == (
        "declined", "price", "Harga terlalu tinggi.",
    )  # fmt: skip


def test_the_producers_own_refusal_is_no_reason_of_a_mission(client, curator):
    assert client.post(place(asking()), {"do": "decline", "reason": "producer"}).status_code == 422


def test_withdrawing_and_listing_again(client, curator):
    listing = listed("Sandals", 3)
    client.post(place(listing.product), {"do": "withdraw", "note": "Stok habis."})
    listing.refresh_from_db()
    assert listing.state == "withdrawn"
    client.post(place(listing.product), {"do": "list"})
    listing.refresh_from_db()
    assert listing.state == "listed"


def test_proposing_what_did_not_ask(client, curator):
    product = make.ProductFactory(published=True)
    page = client.get(place(product)).content.decode()
    assert 'value="propose"' in page and 'value="list"' not in page
    client.post(place(product), {"do": "propose", "pitch_es": "Hay demanda."})
    assert MarketListing.objects.get().state == "proposed"


def test_promotion_and_rank_of_what_is_listed(client, curator):
    listing = listed("Sandals", 3)
    client.post(place(listing.product), {"do": "promote", "until": make.in_days(30).isoformat()})
    client.post(place(listing.product), {"do": "rank", "rank": 1})
    listing.refresh_from_db()
    assert (listing.promoted_until, listing.rank) == (make.in_days(30), 1)
    assert client.post(place(listing.product), {"do": "rank", "rank": ""}).status_code == 422
    assert client.post(place(listing.product), {"do": "rank", "rank": 0}).status_code == 422


def test_tobacco_is_not_promoted(client, curator):
    category = make.CategoryFactory(slug="kretek", parent=None, may_be_promoted=False)
    listing = make.MarketListingFactory(listed=True, product=asking(category=category))
    response = client.post(place(listing.product), {"do": "promote", "until": make.in_days(30).isoformat()})
    assert response.status_code == 409 and "not promoted" in response.content.decode()


def test_a_decision_that_came_too_late_is_refused_on_the_page(client, curator):
    listing = make.MarketListingFactory(declined=True, product=asking())
    assert client.post(place(listing.product), {"do": "list"}).status_code == 409
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("decision", ["list", "decline", "withdraw", "propose", "promote", "rank", "reword"])
def test_a_foreign_market_or_a_private_product_is_not_there(client, curator, decision):
    make.MarketFactory(iso2="BR")
    foreign, private = asking(target_markets=["BR"]), asking(suspended=True)
    said = {"do": decision, "reason": "price", "rank": 1}
    assert client.post(place(foreign, "BR"), said).status_code == 404
    assert client.post(place(private), said).status_code == 404
    assert not MarketListing.objects.exists()


def test_the_pitch_of_what_is_offered_is_corrected_on_its_page(client, curator):
    listing = make.MarketListingFactory(listed=True, product=asking(), pitch={"es": "Kuero", "id": "Kulit"})
    page = client.get(place(listing.product)).text
    assert "Kuero" in page and 'value="reword"' in page
    said = {"do": "reword", "pitch_es": "Cuero", "pitch_id": "Kulit"}
    response = client.post(place(listing.product), said, follow=True)
    listing.refresh_from_db()
    assert listing.pitch == {"es": "Cuero", "id": "Kulit"}
    assert response.context["view"] == "listed" and "The pitch of" in response.text
    too_long = client.post(place(listing.product), {"do": "reword", "pitch_es": "x" * 401})
    assert too_long.status_code == 422 and "x" * 401 in too_long.text
    listing.refresh_from_db()
    assert listing.pitch["es"] == "Cuero"


class TestMove:
    def move(self, client, listing, direction):
        address = reverse("admin:listing_move", args=["CL", listing.product_id])
        return client.post(address, {"direction": direction})

    def order(self):
        return [str(row.product) for row in MarketListing.objects.order_by("rank", "product_id")]

    def test_up_and_down_change_places(self, client, curator):
        listed("a", 10), listed("b", 20)
        third = listed("c", 30)
        self.move(client, third, "up")
        assert self.order() == ["a", "c", "b"]
        response = self.move(client, third, "down")
        assert self.order() == ["a", "b", "c"]
        assert response["Location"] == f"{CHILE}?view=listed#listing-{third.product_id}"

    def test_the_first_stays_first(self, client, curator):
        first = listed("a", 10)
        self.move(client, first, "up")
        first.refresh_from_db()
        assert first.rank == 10 and not AuditEntry.objects.exists()

    def test_equal_ranks_are_told_apart(self, client, curator):
        listed("a", 1000), listed("b", 1000)
        third = listed("c", 1000)
        self.move(client, third, "up")
        assert self.order() == ["a", "c", "b"]

    def test_equal_ranks_stand_as_the_public_page_shows_them(self, client, curator):
        older, newer = asking("older"), asking("newer")
        make.MarketListingFactory(listed=True, product=newer, rank=1)
        make.MarketListingFactory(listed=True, product=older, rank=1)
        assert names(client.get(CHILE, {"view": "listed"})) == ["older", "newer"]
        indexing.reindex([older.pk, newer.pk])
        public = client.get("/en/markets/CL/").content.decode()
        assert 0 < public.index(f"/products/{older.slug}/") < public.index(f"/products/{newer.slug}/")

    def test_to_the_top(self, client, curator):
        listed("a", 10), listed("b", 20)
        third = listed("c", 30)
        self.move(client, third, "top")
        self.move(client, third, "top")
        assert self.order() == ["c", "a", "b"] and AuditEntry.objects.filter(verb="rank").count() == 1

    def test_dropped_beside_another_it_takes_that_place(self, client, curator):
        one, two, three = listed("a", 1), listed("b", 2), listed("c", 3)
        listed("d", 4)
        for row, other, order in ((three, one, "cabd"), (three, two, "abcd"), (one, three, "bcad"), (one, one, "bcad")):
            address = reverse("admin:listing_move", args=["CL", row.product_id])
            assert client.post(address, {"beside": other.product_id}).status_code == 302
            assert "".join(self.order()) == order

    def test_dropped_among_equal_ranks(self, client, curator):
        one, _two, three = listed("a", 1000), listed("b", 1000), listed("c", 1000)
        client.post(reverse("admin:listing_move", args=["CL", one.product_id]), {"beside": three.product_id})
        assert self.order() == ["b", "c", "a"]

    def test_beside_what_is_not_there_nothing_moves(self, client, curator):
        one = listed("a", 1)
        gone = make.MarketListingFactory(withdrawn=True)
        foreign = make.MarketListingFactory(listed=True, market=make.MarketFactory(iso2="BR"))
        address = reverse("admin:listing_move", args=["CL", one.product_id])
        assert client.post(address, {"beside": gone.product_id}).status_code == 409
        assert client.post(address, {"beside": foreign.product_id}).status_code == 404
        assert client.post(address, {"beside": "x" * 40}).status_code == 404

    def test_it_comes_back_to_the_page_of_the_list(self, client, curator):
        row = listed("a", 1)
        response = client.post(reverse("admin:listing_move", args=["CL", row.product_id]) + "?q=a", {"direction": "up"})
        assert response["Location"] == f"{CHILE}?view=listed&q=a#listing-{row.product_id}"

    def test_what_is_not_listed_does_not_move(self, client, curator):
        assert self.move(client, make.MarketListingFactory(withdrawn=True), "up").status_code == 409

    def test_a_foreign_listing_does_not_move(self, client, curator):
        foreign = make.MarketListingFactory(listed=True, market=make.MarketFactory(iso2="BR"))
        address = reverse("admin:listing_move", args=["BR", foreign.product_id])
        assert client.post(address, {"direction": "up"}).status_code == 404


class TestPromoted:
    def promoted(self, client):
        return [str(row.product) for row in client.get(f"{CHILE}?view=listed").context["promoted"]]

    def test_what_is_promoted_stands_apart_and_in_the_order(self, client, curator):
        until = make.in_days(3)
        make.MarketListingFactory(listed=True, product=asking("Second"), rank=2, promoted_until=until)
        make.MarketListingFactory(listed=True, product=asking("First"), rank=1, promoted_until=until)
        make.MarketListingFactory(listed=True, product=asking("Past"), promoted_until=make.in_days(-1))
        kretek = make.CategoryFactory(slug="kretek", parent=None, may_be_promoted=False)
        make.MarketListingFactory(listed=True, product=asking("Kretek", category=kretek), promoted_until=until)
        assert self.promoted(client) == ["First", "Second"]
        page = client.get(f"{CHILE}?view=listed").content.decode()
        assert "2 of at most 12" in page and "End the promotion" in page
        assert client.get(CHILE).context["promoted"] is None

    def test_a_promotion_ends_by_its_button(self, client, curator):
        row = make.MarketListingFactory(listed=True, product=asking(), promoted_until=make.in_days(3))
        response = client.post(place(row.product), {"do": "promote", "until": ""})
        assert response["Location"] == f"{CHILE}?view=listed" and self.promoted(client) == []


def test_who_decided_at_another_mission_is_called_by_the_post(client, curator):
    elsewhere = make.MissionStaffFactory(
        mission=make.MissionFactory(code="KBRI-LIM", city="Lima"), user__name="Arif Nugroho"
    )
    row = listed("Batik", 1)
    row.decided_by, row.decided_at = elsewhere.user, timezone.now()
    row.save()
    page = client.get(f"{CHILE}?view=listed").content.decode()
    assert str(elsewhere.mission) in page and "Arif Nugroho" not in page
