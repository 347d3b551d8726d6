"""The page on which a collection is written: nothing that was typed is lost, nothing is saved before “Save”."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from markets.models import Chosen, Collection
from tests import factories as make
from tests.markets.collections import found, offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(curator):
    products = [offered(title) for title in ("Sandals", "Slippers", "Clogs")]
    return make.CollectionFactory(mission=curator.mission_posts.get().mission, products=products)


def address(collection):
    return reverse("admin:collection_edit", args=[collection.pk])


def opened(client, collection) -> dict[str, Any]:
    """What the browser would send back from the page as it is."""
    return sent_from(client.get(address(collection)))


def sent_from(response) -> dict[str, Any]:
    html = response.content.decode()
    main = found(r"(<form[^>]*data-sorting.*?</form>)", html)
    fields: dict[str, Any] = {"order": re.findall(r'name="order"\s+value="(\d+)"', main)}
    for name in ("version", "base", "asked"):
        fields[name] = found(rf'name="{name}"\s+value="([^"]*)"', main).replace("&quot;", '"')
    page = response.context["page"]
    for form in (page.form, *page.notes.values()):
        for bound in form:
            value = bound.value()
            if isinstance(value, dict):
                fields |= {f"{bound.html_name}_{key}": text for key, text in value.items()}
            elif bound.name != "cover":
                fields[bound.html_name] = value or ""
    fields["cover"] = page.form["cover"].value() or ""
    return fields


def titles(response) -> list[str]:
    return [str(row.product) for row in response.context["rows"]]


def saved_titles(collection) -> list[str]:
    return [str(item.product) for item in collection.items.order_by("position")]


def test_all_that_is_typed_is_saved_and_audited(client, curator, collection):
    first = collection.items.first().product
    typed = opened(client, collection) | {
        "title_pt": "Sandálias para o verão",
        "introduction_es": "Pedidos desde 200 pares.",
        "starts_on": "2026-12-01",
        "ends_on": "2027-02-28",
        f"item-{first.pk}-note_es": "Con tiras de batik",
        "cover": str(first.placements.get().photo_id),
        "do": "save",
    }

    response = client.post(address(collection), typed)

    assert response.status_code == 302 and response["Location"] == address(collection)
    collection.refresh_from_db()
    assert collection.title["pt"] == "Sandálias para o verão" and collection.introduction["en"]
    assert (collection.starts_on.isoformat(), collection.ends_on.isoformat()) == ("2026-12-01", "2027-02-28")
    assert collection.items.get(product=first).note == {"es": "Con tiras de batik"}
    assert collection.cover_id == first.placements.get().photo_id and collection.changed_by == curator
    assert saved_titles(collection) == ["Sandals", "Slippers", "Clogs"]
    assert AuditEntry.objects.get(object_type="markets.collection").verb == "rewrite"


@pytest.mark.parametrize(
    ("act", "which", "expected"),
    [
        ("up", 1, ["Slippers", "Sandals", "Clogs"]),
        ("down", 1, ["Sandals", "Clogs", "Slippers"]),
        ("up", 0, ["Sandals", "Slippers", "Clogs"]),
        ("down", 2, ["Sandals", "Slippers", "Clogs"]),
        ("remove", 1, ["Sandals", "Clogs"]),
    ],
)
def test_without_script_a_button_changes_the_page_and_saves_nothing(client, collection, act, which, expected):
    typed = opened(client, collection)
    typed |= {"title_en": "Half a title", act: typed["order"][which]}

    response = client.post(address(collection), typed)

    assert response.status_code == 200 and titles(response) == expected
    assert "Half a title" in response.content.decode()
    assert saved_titles(collection) == ["Sandals", "Slippers", "Clogs"] and not AuditEntry.objects.exists()
    client.post(address(collection), sent_from(response) | {"do": "save"})
    assert saved_titles(collection) == expected
    collection.refresh_from_db()
    assert collection.title["en"] == "Half a title"


def test_products_are_found_in_the_market_only_and_added_at_the_end(client, collection):
    wanted = offered("Teak clogs", producer__trade_name="Kayu Jaya")
    offered("Teak clogs of Brazil", "BR")
    make.ProductFactory(published=True, title={"en": "Teak clogs unlisted"}, target_markets=["CL"])
    for query in ("teak", "kayu"):
        answer = client.post(address(collection), opened(client, collection) | {"q": query, "find": "1"})
        assert [str(row.product) for row in answer.context["found"]] == ["Teak clogs"]

    added = client.post(address(collection), sent_from(answer) | {"q": "kayu", "add": str(wanted.pk)})
    assert titles(added)[-1] == "Teak clogs" and added.context["found"] == []
    client.post(address(collection), sent_from(added) | {"do": "save"})

    assert saved_titles(collection)[-1] == "Teak clogs"


def test_the_enter_key_in_the_search_searches_and_elsewhere_saves(client, collection):
    offered("Teak clogs")
    typed = opened(client, collection) | {"do": "enter", "q": "teak"}

    assert [str(row.product) for row in client.post(address(collection), typed).context["found"]] == ["Teak clogs"]
    assert client.post(address(collection), typed | {"asked": "teak"}).status_code == 302


def test_what_cannot_be_saved_keeps_what_was_typed(client, collection):
    first = collection.items.first().product
    typed = opened(client, collection) | {
        "title_en": "x" * 121,
        "introduction_id": "Pesanan kecil.",
        "starts_on": "2026-12-02",
        "ends_on": "2026-12-01",
        f"item-{first.pk}-note_en": "y" * 241,
        "do": "save",
    }

    response = client.post(address(collection), typed)

    assert response.status_code == 422
    html = response.content.decode()
    assert "x" * 121 in html and "y" * 241 in html and "Pesanan kecil." in html
    assert "The last day cannot be before the first." in html and not AuditEntry.objects.exists()


def test_a_public_one_needs_its_english(client, collection):
    published = client.post(address(collection), opened(client, collection) | {"introduction_en": "", "do": "publish"})
    assert published.status_code == 422 and "Write it in English too" in published.content.decode()
    collection.refresh_from_db()
    assert collection.state == "draft"

    done = client.post(address(collection), opened(client, collection) | {"do": "publish"})
    collection.refresh_from_db()
    assert done.status_code == 302 and collection.state == "published"
    assert client.get(reverse("collection_detail", args=[collection.slug])).status_code == 200
    stale = client.post(address(collection), opened(client, collection) | {"title_en": "", "do": "save"})
    assert stale.status_code == 422


def test_publishing_without_a_public_product_is_refused_and_saves_nothing(client, collection):
    collection.items.all().delete()
    response = client.post(address(collection), opened(client, collection) | {"title_en": "New", "do": "publish"})

    assert response.status_code == 409 and "None of its products is public" in response.content.decode()
    collection.refresh_from_db()
    assert collection.title["en"] == "Sandals for the summer" and not AuditEntry.objects.exists()


# --- two people at once ----------------------------------------------------------------------------


def test_changes_of_two_people_to_different_parts_are_both_kept(client, collection):
    mine = opened(client, collection)
    other = make.UserFactory(ministry=True)
    collection.rewrite(by=other, seen_version=1, introduction={"en": "Their introduction"})

    response = client.post(address(collection), mine | {"title_en": "My title", "do": "save"})

    assert response.status_code == 302
    collection.refresh_from_db()
    assert (collection.title["en"], collection.introduction) == ("My title", {"en": "Their introduction"})


def test_a_stale_save_of_the_same_part_is_told_and_loses_nothing(client, collection):
    mine = opened(client, collection)
    other = make.UserFactory(ministry=True, name="Sari")
    collection.rewrite(by=other, seen_version=1, title={"en": "Their title"}, introduction={"en": "Their text"})

    told = client.post(address(collection), mine | {"title_en": "My title", "do": "save"})

    html = told.content.decode()
    assert (
        told.status_code == 409
        and "Their title" in html
        and "My title" in html
        and "The ministry saved it" in html
        and "Sari" not in html
    )
    assert "Their text" in html
    collection.refresh_from_db()
    assert collection.title == {"en": "Their title"}
    again = client.post(address(collection), sent_from(told) | {"do": "save"})
    collection.refresh_from_db()
    assert again.status_code == 302
    assert (collection.title["en"], collection.introduction) == ("My title", {"en": "Their text"})


def test_a_stale_order_is_told_with_the_saved_one(client, collection):
    mine = opened(client, collection)
    collection.rewrite(by=make.UserFactory(), seen_version=1, items=[Chosen(int(pk), {}) for pk in mine["order"][::-1]])

    told = client.post(address(collection), mine | {"order": mine["order"][1:], "do": "save"})

    assert told.status_code == 409 and titles(told) == ["Slippers", "Clogs"]
    assert "1. Clogs" in told.content.decode() and saved_titles(collection) == ["Clogs", "Slippers", "Sandals"]


def test_a_page_sent_twice_saves_once(client, collection):
    typed = opened(client, collection) | {"title_en": "Twice", "do": "save"}

    assert [client.post(address(collection), typed).status_code for _time in range(2)] == [302, 302]

    collection.refresh_from_db()
    assert collection.title["en"] == "Twice" and saved_titles(collection) == ["Sandals", "Slippers", "Clogs"]


# --- whose it is -----------------------------------------------------------------------------------


def test_a_mission_cannot_touch_another_market(client, curator, collection):
    brazil = make.MarketFactory(iso2="BR", name={"en": "Brazil"})
    foreign, for_all = make.CollectionFactory(market=brazil), make.CollectionFactory(market=None)

    for one in (foreign, for_all):
        assert client.get(address(one)).status_code == 404
        assert client.post(address(one), {"do": "save", "title_en": "Mine"}).status_code == 404
        for verb in ("look", "archive", "reopen", "share", "unshare"):
            method = client.get if verb == "look" else client.post
            assert method(reverse(f"admin:collection_{verb}", args=[one.pk])).status_code == 404
    for market in ("BR", ""):
        moved = client.post(address(collection), opened(client, collection) | {"market": market, "do": "save"})
        assert moved.status_code == 422
    assert set(Collection.objects.values_list("market", "version")) == {("BR", 1), (None, 1), ("CL", 1)}


def test_another_missions_name_is_not_taken(client, collection):
    other = make.MissionFactory(code="KBRI-BSB", city="Brasília", country="BR")

    response = client.post(address(collection), opened(client, collection) | {"mission": str(other.pk), "do": "save"})

    assert response.status_code == 422


def test_without_the_power_there_is_no_page(client, collection):
    user = make.UserFactory(is_staff=True)
    client.force_login(user)

    assert client.get(address(collection)).status_code == 403
    assert client.get(reverse("admin:collections")).status_code == 403


@pytest.mark.parametrize("order", [["x"], ["0", "99999999999999999999"], ["-1"]])
def test_forged_products_are_left_out(client, collection, order):
    response = client.post(address(collection), opened(client, collection) | {"order": order, "do": "save"})

    assert response.status_code == 302 and not collection.items.exists()


def test_a_product_that_is_not_shown_any_more_says_so(client, collection):
    collection.items.first().product.retire(by=None)

    html = client.get(address(collection)).content.decode()

    assert html.count("hidden: not public") == 1


def test_twelve_products_cost_as_many_queries_as_one(client, curator):
    small = make.CollectionFactory(products=[offered()])
    large = make.CollectionFactory(products=[offered() for _number in range(12)])
    for one in (small, large):
        client.get(address(one))
    counts = []
    for one in (small, large):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(one))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 35, counts
