"""Which entries of the audit trail are told to whom; none is skipped, however late it is committed."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection, transaction
from django_q.models import OrmQ

from accounts import audit
from accounts.models import AuditEntry
from markets.models import MarketListing
from tests import factories as make
from webhooks import reading
from webhooks.events import SOURCES, Source, Telling
from webhooks.models import Delivery, TrailCursor


def told() -> list[tuple[str, str, int]]:
    return sorted(Delivery.objects.values_list("event", "event_id", "webhook"))


def published(**fields):
    """A product, with the entry that its first approval writes."""
    product = make.ProductFactory(published=True, **fields)
    return product, tell_of(product)


def tell_of(product):
    return audit.record("publish", product, by=None, from_state="unpublished", to_state="published")


@pytest.fixture
def place(db) -> None:
    """The trail was read up to now; what this test's own transaction writes from here on is new.

    A transaction does not find itself among those that are open: without the second line its entries would count as
    read as soon as another process of the tests ends a later one.
    """
    reading.read_trail()
    with connection.cursor() as own:
        own.execute("UPDATE webhooks_trailcursor SET snapshot = format('%1$s:%1$s:', pg_current_xact_id())")


def test_what_was_before_the_first_reading_is_not_told(transactional_db):
    make.WebhookFactory(active=True)
    published()
    assert reading.read_trail() == 0 and not told()


def test_a_published_product_is_told_with_its_addresses(place):
    hook = make.WebhookFactory(active=True)
    _product, entry = published(slug="leather-sandals", target_markets=["CL"])

    reading.read_trail()

    delivery = Delivery.objects.get()
    assert (delivery.webhook, delivery.event_id) == (hook, f"event_{entry.pk}")
    body = json.loads(delivery.body)
    assert (body["id"], body["type"], body["timestamp"]) == (
        f"event_{entry.pk}", "product.published", entry.at.isoformat(),
    )  # fmt: skip
    assert body["data"]["product"]["page"].endswith("/en/products/leather-sandals/")
    assert body["data"]["product"]["api"].endswith("/api/v1/products/leather-sandals/")
    assert OrmQ.objects.exists()


def test_a_listing_is_told_whether_a_mission_lists_it_or_a_producer_accepts(place):
    make.WebhookFactory(active=True)
    market = make.MarketFactory()
    asked = make.ProductFactory(published=True, target_markets=["CL"])
    mission, producer = make.UserFactory(mission=True), make.UserFactory()
    MarketListing.of(asked, market).list(by=mission, pitch={"es": "Cuero"})
    proposed = MarketListing.of(make.ProductFactory(published=True), market)
    proposed.propose(by=mission)
    proposed.accept(by=producer)

    reading.read_trail()

    bodies = [json.loads(row.body) for row in Delivery.objects.order_by("pk")]
    assert [body["type"] for body in bodies] == ["listing.listed"] * 2
    assert [body["data"]["market"] for body in bodies] == ["CL", "CL"]
    assert bodies[0]["data"]["pitch"] == {"es": "Cuero"}


def test_nobody_is_told_what_is_not_public_any_more(place):
    make.WebhookFactory(active=True)
    product, _entry = published()
    product.suspend(by=None, why="A complaint.")
    reading.read_trail()
    assert not told()


def test_only_the_chosen_events_go_to_webhooks_that_are_on(place):
    make.WebhookFactory(active=True, events=["listing.listed"])
    make.WebhookFactory()
    published()
    reading.read_trail()
    assert not told()


def test_a_mission_is_told_of_the_markets_that_it_covers_today(place):
    covering = make.AccreditationFactory(mission=make.MissionFactory())
    make.AccreditationFactory(mission=covering.mission, market=make.MarketFactory(iso2="PE"), until=make.in_days(-1))
    own = make.WebhookFactory(active=True, mission=covering.mission)
    everything = make.WebhookFactory(active=True)
    published(target_markets=["CL", "BR"])
    published(target_markets=["PE"])

    reading.read_trail()

    assert sorted(hook for _event, _id, hook in told()) == [own.pk, everything.pk, everything.pk]


def test_reading_twice_tells_once(place):
    make.WebhookFactory(active=True)
    published()
    reading.read_trail()
    reading.read_trail()
    assert len(told()) == 1


def test_another_kind_of_event_is_one_more_row_of_the_table(place, monkeypatch):
    def tell(keys):
        return {key: Telling(frozenset(["CL"]), {"importer": int(key)}) for key in keys}

    monkeypatch.setitem(SOURCES, "importer.verified", Source("verified", "inquiries.importer", ("verify",), tell))
    make.WebhookFactory(active=True, events=["importer.verified"])
    importer = make.ImporterFactory()
    entry = audit.record("verify", importer, by=None)

    reading.read_trail()

    assert json.loads(Delivery.objects.get().body)["data"] == {"importer": importer.pk}
    assert told()[0][:2] == ("importer.verified", f"event_{entry.pk}")


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow_with_the_entries(place, number, django_assert_max_num_queries):
    make.WebhookFactory(active=True)
    for _one in range(number):
        published()
    with django_assert_max_num_queries(12 + number):  # one INSERT an entry
        reading.read_trail()


# --- transactions -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_told_although_a_later_number_was_read_before():
    make.WebhookFactory(active=True)
    first, second = make.ProductFactory(published=True), make.ProductFactory(published=True)
    reading.read_trail()
    written, may_commit = threading.Event(), threading.Event()
    numbers: dict[str, int] = {}

    def slow() -> None:
        try:
            with transaction.atomic():
                numbers["slow"] = tell_of(first).pk
                written.set()
                assert may_commit.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    numbers["quick"] = tell_of(second).pk
    assert numbers["slow"] < numbers["quick"]

    assert reading.read_trail() == 1
    assert [event_id for _event, event_id, _hook in told()] == [f"event_{numbers['quick']}"]

    may_commit.set()
    thread.join()
    assert reading.read_trail() == 1
    assert reading.read_trail() == 0
    assert {event_id for _event, event_id, _hook in told()} == {f"event_{number}" for number in numbers.values()}


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_rolled_back_is_never_told():
    make.WebhookFactory(active=True)
    reading.read_trail()
    with transaction.atomic():
        published()
        transaction.set_rollback(True)
    assert reading.read_trail() == 0 and not told()


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_dies_before_it_commits_has_read_nothing():
    make.WebhookFactory(active=True)
    reading.read_trail()
    published()
    with transaction.atomic():
        reading.read_trail()
        transaction.set_rollback(True)
    assert not told()
    assert reading.read_trail() == 1 and len(told()) == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_readers_leaves_it_to_the_first():
    make.WebhookFactory(active=True)
    reading.read_trail()
    published()
    read: list[int] = []

    def other() -> None:
        try:
            read.append(reading.read_trail())
        finally:
            connection.close()

    with transaction.atomic():
        TrailCursor.objects.select_for_update().get()
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(20)
    assert read == [0] and reading.read_trail() == 1


@pytest.mark.django_db(transaction=True)
def test_in_a_restored_copy_whose_transactions_begin_anew_nothing_is_skipped_or_told_again():
    """As if the trail came from a PostgreSQL that was at transaction 4 000 000 000."""
    make.WebhookFactory(active=True)
    reading.read_trail()
    _product, read_there = published()
    _product, unread_there = published()
    _move(read_there, 4_000_000_001)
    _move(unread_there, 4_000_000_005)
    TrailCursor.objects.update(snapshot="4000000003:4000000003:", read_id=read_there.pk)
    _product, since = published()

    assert reading.read_trail() == 1
    expected = {f"event_{unread_there.pk}", f"event_{since.pk}"}
    assert {event_id for _event, event_id, _hook in told()} == expected
    Delivery.objects.all().delete()
    assert reading.read_trail() == 0
    _product, later = published()
    assert reading.read_trail() == 1 and [one[1] for one in told()] == [f"event_{later.pk}"]


def _move(entry: AuditEntry, number: int) -> None:
    """Give an entry another transaction; the trail lets nobody do that but a restored copy."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE accounts_auditentry SET transaction = %s WHERE id = %s", [number, entry.pk])
        cursor.execute("SET session_replication_role = origin")
