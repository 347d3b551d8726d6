import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Letter
from catalog.models import ProductSearch
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(client):
    user = make.UserFactory(ministry=True)
    client.force_login(user)
    return user


def ask(client, kind, verb, row, **said):
    return client.post(reverse(f"admin:{kind}_{verb}", args=[row.pk]), said)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("product", lambda: make.ProductFactory(published=True)),
        ("producer", lambda: make.ProducerFactory(listed=True)),
    ],
)
def test_suspending_needs_a_reason_and_restoring_undoes_it(client, ministry, kind, row):
    row = row()
    was = row.state
    assert ask(client, kind, "suspend", row, why="").status_code == 422
    assert ask(client, kind, "suspend", row, why="Foto palsu.").status_code == 302
    row.refresh_from_db()
    assert row.state == "suspended" and AuditEntry.objects.get(verb="suspend").why == "Foto palsu."
    page = client.get(reverse(f"admin:{row._meta.app_label}_{kind}_change", args=[row.pk])).content.decode()
    assert reverse(f"admin:{kind}_restore", args=[row.pk]) in page
    assert ask(client, kind, "restore", row).status_code == 302
    row.refresh_from_db()
    assert row.state == was


def test_the_products_of_a_suspended_producer_leave_the_search(client, ministry):
    product = make.ProductFactory(published=True)
    ask(client, "producer", "suspend", product.producer, why="Alasan.")
    assert not ProductSearch.objects.filter(product=product).exists()
    ask(client, "producer", "restore", product.producer)
    assert ProductSearch.objects.filter(product=product).exists()


def test_what_its_producer_retired_is_not_the_staffs_to_restore(client, ministry):
    product = make.ProductFactory(retired=True)
    assert ask(client, "product", "restore", product).status_code == 409
    product.refresh_from_db()
    assert product.state == "retired"


@pytest.mark.parametrize("verb", ["suspend", "restore"])
def test_mission_staff_do_not_suspend(client, verb):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    product = make.ProductFactory(published=True, target_markets=["CL"])
    assert ask(client, "product", verb, product, why="x").status_code == 403
    assert ask(client, "producer", verb, product.producer, why="x").status_code == 403


def test_the_members_of_a_suspended_producer_are_told_why(client, ministry):
    member = make.MembershipFactory(producer__state="listed", producer__slug="sandal", user__language="id")
    ask(client, "producer", "suspend", member.producer, why="Foto palsu.")
    letter = Letter.objects.get(recipient=member.user)
    assert letter.language == "id" and "Foto palsu." in letter.body and member.producer.trade_name in letter.subject


def test_S1_who_reads_the_numbers_of_a_producer_is_written_down(client, ministry):
    producer = make.ProducerFactory(listed=True, nib="1234567890123")
    page = client.get(reverse("admin:exporters_producer_change", args=[producer.pk]))
    assert "1234567890123" in page.content.decode()
    assert AuditEntry.objects.get(verb="read", object_id=str(producer.pk)).by == ministry
