"""The audit trail on the desk: found by person, verb, object and period, and taken along as a table."""

from __future__ import annotations

import csv
import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST, CSV = "/admin/accounts/auditentry/", "/admin/audit.csv"


@pytest.fixture
def ministry(client: Client):
    user = make.UserFactory.create(ministry=True, email="boss@example.test", name="Bu Menteri")
    client.force_login(user)
    return user


@pytest.fixture
def entries(ministry):
    """Three entries: of the ministry about an account, of a reviewer about a product, of the clock long ago."""
    reviewer = make.UserFactory.create(mission=True, email="kurator@example.test", name="Pak Kurator")
    product = make.ProductFactory.create()
    one = audit.record("shut_out", reviewer, by=ministry, from_state="active", to_state="inactive")
    two = audit.record("approve", product, by=reviewer, why="=HYPERLINK(1)")
    old = AuditEntry(verb="release", object_type="catalog.productrevision", object_id="77")
    old.save()
    return {"account": one, "product": two, "clock": old}


def shown(client: Client, **query: str) -> list[AuditEntry]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return sorted(response.context["cl"].result_list, key=lambda entry: entry.pk)


def typed(client: Client, **query: str) -> dict[str, str]:
    """What stands in the fields of the form above the list."""
    return {field.name: value for field, value in client.get(LIST, query).context["fields"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["account", "product", "clock"]),
        ({"person": "kurator@example.test"}, ["account", "product"]),  # what they did and what was done to them
        ({"person": "kurator"}, ["account", "product"]),
        ({"person": "nobody@example.test"}, []),
        ({"verb": "approve"}, ["product"]),
        ({"kind": "catalog.product"}, ["product"]),
        ({"kind": "productrevision", "number": "77"}, ["clock"]),
        ({"number": "77"}, ["clock"]),
        ({"verb": "approve", "person": "boss@example.test"}, []),
        ({"from": "2999-01-01"}, []),
        ({"until": "2001-01-01"}, []),
        ({"from": "2001-01-01", "until": "9999-12-31"}, ["account", "product", "clock"]),
        ({"from": "yesterday", "until": "2026-02-31"}, ["account", "product", "clock"]),
        ({"q": "HYPERLINK"}, ["product"]),
    ],
)
def test_the_filters_find(client, entries, query, found):
    assert shown(client, **query) == [entries[name] for name in found]


def test_a_person_is_found_by_number_and_a_day_counts_to_its_end(client, entries, ministry):
    assert shown(client, person=str(ministry.pk)) == [entries["account"]]
    today = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=7)  # WIB, the reader's zone
    assert len(shown(client, **{"from": f"{today:%Y-%m-%d}", "until": f"{today:%Y-%m-%d}"})) == 3


def test_a_filter_keeps_the_others(client, entries):
    page = client.get(LIST, {"verb": "approve", "person": "kurator"}).text
    assert '<option value="approve" selected>approved</option>' in page and "<optgroup" in page
    assert {"verb": "approve", "person": "kurator"}.items() <= typed(client, verb="approve", person="kurator").items()


def test_the_kind_of_object_is_chosen_by_its_name(client, entries):
    page = client.get(LIST, {"kind": "catalog.product"}).text
    assert '<option value="catalog.product" selected>product</option>' in page
    assert '<option value="exporters.certificate">certificate</option>' in page


def test_only_what_a_superuser_did(client, entries):
    boss = make.UserFactory.create(is_staff=True, is_superuser=True)
    producer = make.ProducerFactory.create()
    entry = audit.record("read", producer, by=boss)
    assert shown(client, superuser="yes", number=str(producer.pk), verb="read") == [entry]


def test_the_queries_do_not_grow_with_the_entries(client, entries, django_assert_max_num_queries):
    producer = make.ProducerFactory.create()
    with django_assert_max_num_queries(14):
        client.get(LIST)
    for _number in range(12):
        audit.record("edit", producer, by=make.UserFactory.create())
    with django_assert_max_num_queries(14):
        client.get(LIST)


def test_the_list_speaks_in_words_and_links(client, entries):
    page = client.get(LIST).text
    assert "shut out" in page and "active → inactive" in page and "Bu Menteri" in page and "the clock" in page
    assert reverse("admin:catalog_product_history", args=[entries["product"].object_id]) in page


class TestCsv:
    def rows(self, client: Client, **query: str) -> list[dict[str, str]]:
        response = client.get(CSV, query)
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        return list(csv.DictReader(text.splitlines()))

    def test_holds_what_the_filters_leave(self, client, entries):
        (row,) = self.rows(client, verb="approve")
        assert row["object_type"] == "catalog.product" and row["by_id"] == str(entries["product"].by_id)

    def test_runs_no_formula(self, client, entries):
        assert self.rows(client, verb="approve")[0]["why"] == "'=HYPERLINK(1)"

    def test_names_nobody(self, client, entries):
        for row in self.rows(client):
            assert not {"Bu Menteri", "Pak Kurator", "boss@example.test", "kurator@example.test"} & set(row.values())

    def test_is_on_record_itself(self, client, entries, ministry):
        self.rows(client, verb="approve")
        entry = AuditEntry.objects.get(verb="export")
        assert entry.by == ministry and "verb=approve" in entry.to_state

    @pytest.mark.parametrize("name", ["person", "q", "number", "kind", "verb", "from", "superuser"])
    @pytest.mark.parametrize("value", ["kurator@example.test", "Pak Kurator"])
    def test_leaves_no_name_in_its_entry(self, client, entries, name, value):
        self.rows(client, **{name: value})
        assert AuditEntry.objects.get(verb="export").to_state == f"audit trail: {name}=*"

    def test_tells_what_was_chosen(self, client, entries, ministry):
        query = {"person": str(ministry.pk), "verb": "shut_out", "from": "2001-01-31", "kind": "accounts.user"}
        self.rows(client, **query)
        assert AuditEntry.objects.get(verb="export").to_state == f"audit trail: {urlencode(query)}"

    def test_is_linked_with_the_filters_of_now(self, client, entries):
        assert f"{CSV}?verb=approve" in client.get(LIST, {"verb": "approve"}).text

    def test_is_for_the_ministry(self, client, entries):
        client.force_login(make.UserFactory.create(mission=True))
        assert client.get(CSV).status_code == 403
        assert client.get(LIST).status_code == 403


def test_nobody_writes_or_deletes_an_entry_on_the_desk(client, entries):
    client.force_login(make.UserFactory.create(is_staff=True, is_superuser=True))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{entries['clock'].pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}{entries['clock'].pk}/change/", {"why": "x"}).status_code == 403
