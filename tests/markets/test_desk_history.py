"""Who reads which part of the audit trail, and whom they read by name."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import audit
from accounts.models import AuditEntry
from accounts.naming import People
from catalog.models.request import Asked
from tests import factories as make
from tests.catalog.desk import at

pytestmark = pytest.mark.django_db
FOREIGN = ("other_producer", "officer_other", "mission_other", "importer")


@pytest.fixture
def told(world):
    """One entry about each kind of thing of the world's producer, by an outsider."""
    by = make.UserFactory(name="Pak Penulis")
    things = {
        name: getattr(world, name)
        for name in ("producer", "product", "draft", "submitted", "certificate", "listing", "ownership", "invitation")
    }
    return {name: audit.record("change", thing, by=by, why=f"about {name}") for name, thing in things.items()}


def read_by(user, told):
    seen = set(AuditEntry.objects.visible_to(user).filter(pk__in=[entry.pk for entry in told.values()]))
    return {name for name, entry in told.items() if entry in seen}


WORK = {"producer", "product", "draft", "submitted", "certificate", "listing"}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("own_producer", WORK | {"ownership", "invitation"}),
        ("own_editor", WORK | {"ownership", "invitation"}),
        ("officer_own", WORK),
        ("mission_own", WORK - {"draft"}),
        ("ministry", WORK | {"ownership", "invitation"}),
        ("superuser", WORK | {"ownership", "invitation"}),
        *((role, set()) for role in FOREIGN if role != "mission_other"),
        ("mission_other", set()),
    ],
)
def test_S1_each_role_reads_the_history_of_its_scope(world, told, role, seen):
    assert read_by(world.people[role], told) == seen


def test_a_visitor_reads_nothing(told):
    assert not AuditEntry.objects.visible_to(AnonymousUser()).exists()


def test_entries_about_other_kinds_with_the_same_number_stay_hidden(world):
    entry = audit.record("shut_out", make.UserFactory(pk=world.producer.pk + 900_000), by=None)
    AuditEntry.objects.create(verb="change", object_type="accounts.user", object_id=str(world.producer.pk))
    seen = AuditEntry.objects.visible_to(world.people["own_producer"])
    assert entry not in seen and not seen.filter(object_type="accounts.user").exists()


def test_the_work_between_reviewers_is_not_the_producers_to_read(world):
    audit.record("assign", world.submitted, by=None, why="user 7")
    audit.record("rank", world.listing, by=None, why="3")
    hidden = {"assign", "rank"}
    own, mission = (
        set(AuditEntry.objects.visible_to(world.people[role]).values_list("verb", flat=True))
        for role in ("own_producer", "mission_own")
    )
    assert not own & hidden and hidden <= mission


@pytest.fixture
def reviewed(client):
    """A product that an owner handed in, with the help of an officer, and a mission asked about."""
    post = make.MissionStaffFactory(user__name="Rina Santiago", mission__city="Santiago")
    make.AccreditationFactory(mission=post.mission)
    officer = make.OfficerScopeFactory(user__name="Joko Petugas").user
    revision = make.RevisionFactory(complete=True, target_markets=["CL"], title={"en": "Leather sandals"})
    owner = make.MembershipFactory(producer=revision.product.producer, user__name="Siti Pemilik").user
    audit.record("start", revision.product, by=officer)
    revision.submit(by=owner)
    revision.claim(by=post.user)
    revision.request_changes(by=post.user, seen_version=1, requests=[Asked("moq", "moq_missing", "Isi MOQ.")])
    audit.record("suspend", revision.product, by=make.UserFactory(ministry=True, name="Sari"), why="Foto palsu.")
    return {"revision": revision, "owner": owner, "mission": post.user, "officer": officer}


def page_of(client, user, **query):
    client.force_login(user)
    answer = client.get(at("desk_history"), query)
    assert answer.status_code == 200
    return answer.text


def test_a_member_reads_what_happened_with_offices_in_place_of_names(client, reviewed):
    page = page_of(client, reviewed["owner"])
    for part in ("Handed in", "draft → submitted", "Changes requested", "Leather sandals", "Foto palsu."):
        assert part in page
    assert "KBRI Santiago" in page and "the ministry" in page and "the local officer" in page and ">you" in page
    assert not [name for name in ("Rina", "Sari", "Joko") if name in page]


def test_reasons_that_are_codes_stand_there_in_words(client, reviewed):
    listing = make.MarketListingFactory(product=reviewed["revision"].product)
    audit.record("decline", listing, by=reviewed["mission"], why="no_demand")
    page = page_of(client, reviewed["owner"])
    assert "no demand now" in page and "no_demand" not in page
    assert "Minimum order quantity (MOQ): MOQ missing" in page and "moq_missing" not in page


def test_a_reason_is_read_in_words_and_a_code_stays_in_the_trail(client, reviewed):
    revision = reviewed["revision"]
    listing = make.MarketListingFactory(product=revision.product)
    audit.record("decline", listing, by=reviewed["mission"], why="no_demand")
    audit.record("write", revision, by=reviewed["owner"], why="importer")
    page = page_of(client, reviewed["owner"])
    assert "no_demand" not in page and "no demand now" in page and ">importer<" not in page


def test_members_of_one_producer_read_one_anothers_names(client, reviewed):
    producer = reviewed["revision"].product.producer
    assert "Siti Pemilik" in page_of(client, make.MembershipFactory(producer=producer, role="editor").user)


def test_an_officer_reads_colleagues_by_name_and_the_producers_side_without(client, reviewed):
    page = page_of(client, make.OfficerScopeFactory().user)
    assert "Joko Petugas" in page and "the producer&#x27;s side" in page and "Siti" not in page


def test_the_ministry_reads_every_name(reviewed):
    people = People.of(make.UserFactory(ministry=True), AuditEntry.objects.all())
    assert {"Rina Santiago", "Siti Pemilik", "Joko Petugas", "Sari"} <= set(people.names.values())


def test_it_is_narrowed_to_one_product_or_certificate(client, reviewed):
    producer = reviewed["revision"].product.producer
    certificate = make.CertificateFactory(producer=producer, number="ID-77")
    certificate.reject(by=reviewed["mission"], why="Tidak terbaca.")
    product = page_of(client, reviewed["owner"], product=str(reviewed["revision"].product_id))
    assert "Changes requested" in product and "Tidak terbaca." not in product
    one = page_of(client, reviewed["owner"], certificate=str(certificate.pk))
    assert "Tidak terbaca." in one and "ID-77" in one and "Changes requested" not in one


@pytest.mark.parametrize("asked", ["999999", "x", "²", "9" * 30, "-1"])
def test_what_is_not_theirs_or_no_number_is_said_to_be_ignored(client, reviewed, asked):
    page = page_of(client, reviewed["owner"], product=asked)
    assert "You see the whole history." in page and "Handed in" in page


def test_a_neighbours_product_looks_like_one_that_is_not_there(client, reviewed):
    foreign = make.ProductFactory(published=True, title={"en": "Secret batik"})
    audit.record("retire", foreign, by=None)
    page = page_of(client, reviewed["owner"], product=str(foreign.pk))
    assert "You see the whole history." in page and "Secret batik" not in page


def test_looks_at_private_data_stand_apart(client, reviewed):
    producer = reviewed["revision"].product.producer
    audit.record("read", producer, by=reviewed["mission"])
    assert "Private data read" not in page_of(client, reviewed["owner"])
    looks = page_of(client, reviewed["owner"], view="looks")
    assert "Private data read" in looks and "Handed in" not in looks


def test_it_is_paged_and_a_forged_position_is_said(client, reviewed):
    for _number in range(30):
        audit.record("edit", reviewed["revision"].product.producer, by=reviewed["owner"])
    client.force_login(reviewed["owner"])
    first = client.get(at("desk_history"))
    assert len(first.context["lines"]) == 24 and first.context["next_url"]
    second = client.get(at("desk_history") + first.context["next_url"])
    assert not {line.entry.pk for line in first.context["lines"]} & {line.entry.pk for line in second.context["lines"]}
    assert "That page does not exist." in client.get(at("desk_history"), {"after": "forged"}).text


def test_its_queries_do_not_grow(client, reviewed, django_assert_max_num_queries):
    producer = reviewed["revision"].product.producer
    client.force_login(reviewed["owner"])
    with django_assert_max_num_queries(40) as before:
        client.get(at("desk_history"))
    for _number in range(12):
        thing = make.RevisionFactory(product__producer=producer)
        audit.record("begin", thing, by=make.MembershipFactory(producer=producer).user)
        audit.record("start", thing.product, by=None)
    with django_assert_max_num_queries(len(before) + 2):
        client.get(at("desk_history"))


def test_what_is_gone_keeps_its_lines_without_a_link(client, reviewed):
    AuditEntry.objects.create(
        verb="list", object_type="exporters.producer", object_id=str(reviewed["revision"].product.producer_id)
    )
    page = page_of(client, reviewed["owner"])
    assert "the clock" in page


def test_a_mission_reads_it_on_its_own_desk_and_the_menu_leads_there(client, reviewed):
    client.force_login(reviewed["mission"])
    page = client.get("/admin/history/").text
    assert "Changes requested" in page and ">you" in page and "Siti" not in page and "the producer&#x27;s side" in page
    assert 'href="/admin/history/"' in client.get("/admin/").text
    client.force_login(make.UserFactory(ministry=True))
    assert 'href="/admin/history/"' not in client.get("/admin/").text  # they open the whole trail


def test_the_history_of_one_object_on_the_desk_is_that_of_the_readers_scope(client, reviewed):
    product = reviewed["revision"].product
    membership = product.producer.memberships.get()
    audit.record("change_role", membership, by=reviewed["owner"], why="between members")
    client.force_login(reviewed["mission"])
    address = f"/admin/exporters/producer/{product.producer_id}/history/"
    assert "between members" not in client.get(address).text
    client.force_login(make.UserFactory(ministry=True))
    assert "between members" in client.get(address).text
