"""Every changelist of the desk: its query count does not grow with its rows; objects out of scope are not there."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Bounce, Holiday, Letter, Token
from catalog.models import (
    AttributeTemplate,
    CannedComment,
    CertificateException,
    ChecklistItem,
    Container,
    ExchangeRate,
    ExportFigure,
    Reason,
)
from exporters.models import Invitation
from tests import factories as make

pytestmark = pytest.mark.django_db
NOT_OURS = {"account", "django_q"}
DAY = datetime.date(2026, 1, 1)


def add_listing(n: int) -> None:
    make.MarketListingFactory(listed=True, decided_by=make.UserFactory(), market__iso2=f"{chr(65 + n)}X")


def add_category(n: int) -> None:
    template = AttributeTemplate.objects.create(slug=f"t{n}", name={"en": "Template"})
    make.CategoryFactory(slug=f"c{n}", parent=make.CategoryFactory(slug=f"p{n}", parent=None), template=template)


def add_commodity(n: int) -> None:
    make.CommodityFactory(slug=f"c{n}", hs6__code=f"6403{n:02}", category__slug=f"c{n}")


def add_invitation(n: int) -> None:
    Invitation.objects.create(producer=make.ProducerFactory(), email=f"p{n}@x.test", expires_at=timezone.now())


def add_revision(n: int) -> None:
    make.RevisionFactory(in_review=True)


def add_token(n: int) -> None:
    Token.objects.create(user=make.UserFactory(), name=f"token {n}")


def add_letter(n: int) -> None:
    Letter.objects.create(event=f"e{n}", address="a@x.test", recipient=make.UserFactory(), subject="s", body="b")


def add_bounce(n: int) -> None:
    letter = Letter.objects.create(event=f"e{n}", address="a@x.test", subject="s", body="b")
    Bounce.objects.create(letter=letter, address="a@x.test", is_permanent=True, status="5.1.1")


def add_entry(n: int) -> None:
    AuditEntry.objects.create(by=make.UserFactory(), verb="claim", object_type="catalog.product", object_id=str(n))


ROWS: dict[str, Callable[[int], Any]] = {
    "accounts.AuditEntry": add_entry,
    "accounts.Bounce": add_bounce,
    "accounts.Holiday": lambda n: Holiday.objects.create(day=DAY + datetime.timedelta(days=n), name="x"),
    "accounts.Letter": add_letter,
    "accounts.Token": add_token,
    "accounts.User": lambda n: make.UserFactory(ministry=True),
    "catalog.AttributeTemplate": lambda n: AttributeTemplate.objects.create(slug=f"t{n}", name={"en": "x"}),
    "catalog.CannedComment": lambda n: CannedComment.objects.create(
        code=f"c{n}", reason=Reason.OTHER, name={"en": "x"}, text={"en": "x"}
    ),
    "catalog.Category": add_category,
    "catalog.CertificateException": lambda n: CertificateException.objects.create(
        revision=make.RevisionFactory(in_review=True), lacking=["HALAL"], why="x", by=make.UserFactory()
    ),
    "catalog.CertificateRequirement": lambda n: make.CertificateRequirementFactory(
        code=f"r{n}", category__slug=f"c{n}", types=[f"T{n}"]
    ),
    "catalog.ChecklistItem": lambda n: ChecklistItem.objects.create(
        code=f"c{n}", category=make.CategoryFactory(slug=f"c{n}"), text={"en": "x"}
    ),
    "catalog.Commodity": add_commodity,
    "catalog.Container": lambda n: Container.objects.create(code=f"c{n}", name="x", usable_cbm=1 + n, max_payload_kg=9),
    "catalog.ExchangeRate": lambda n: ExchangeRate.objects.create(
        currency="CLP", day=DAY + datetime.timedelta(days=n), usd=1, source="x"
    ),
    "catalog.ExportFigure": lambda n: ExportFigure.objects.create(
        place="x", year=2021, name_en=str(n), currency="IDR", value_as_published="x", commodity=make.CommodityFactory()
    ),
    "catalog.HSCode": lambda n: make.HSCodeFactory(code=f"6403{n:02}"),
    "catalog.Incoterm": lambda n: make.IncotermFactory(code=f"X{n}"),
    "catalog.Photo": lambda n: make.PhotoFactory(key=uuid.uuid4()),
    "catalog.Product": lambda n: make.ProductFactory(published=True, hs6__code=f"6403{n:02}", category__slug=f"c{n}"),
    "catalog.ProductRevision": add_revision,
    "catalog.Unit": lambda n: make.UnitFactory(code=f"U{n}"),
    "exporters.Certificate": lambda n: make.CertificateFactory(type__code=f"T{n}"),
    "exporters.CertificateType": lambda n: make.CertificateTypeFactory(code=f"T{n}"),
    "exporters.Invitation": add_invitation,
    "exporters.Membership": lambda n: make.MembershipFactory(),
    "exporters.OfficerScope": lambda n: make.OfficerScopeFactory(regency__code=f"35.{n:02}"),
    "exporters.Producer": lambda n: make.ProducerFactory(regency__code=f"35.{n:02}"),
    "exporters.Province": lambda n: make.ProvinceFactory(code=f"{n:02}"),
    "exporters.Regency": lambda n: make.RegencyFactory(code=f"{n:02}.01", province__code=f"{n:02}"),
    "inquiries.Importer": lambda n: make.ImporterFactory(),
    "markets.Collection": lambda n: make.CollectionFactory(
        market__iso2=f"{chr(65 + n)}X", mission=make.MissionFactory(code=f"M{n}"), changed_by=make.UserFactory()
    ),
    "markets.Market": lambda n: make.MarketFactory(iso2=f"{chr(65 + n)}X"),
    "markets.MarketListing": add_listing,
    "markets.MarketRule": lambda n: make.MarketRuleFactory(
        market__iso2=f"{chr(65 + n)}X",
        **({"product": make.ProductFactory()} if n % 2 else {"hs": make.HSCodeFactory()}),
    ),
    "markets.Mission": lambda n: make.MissionFactory(code=f"M{n}"),
    "webhooks.Delivery": lambda n: make.DeliveryFactory(failed=True),
    "webhooks.Webhook": lambda n: make.WebhookFactory(
        active=True, mission=make.MissionFactory(code=f"M{n}"), made_by=make.UserFactory()
    ),
}
OURS = [model for model in admin.site._registry if model._meta.app_label not in NOT_OURS]


@pytest.fixture
def boss(client):
    user = make.UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def changelist(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_queries_of_a_changelist_do_not_grow_with_its_rows(
    client, boss, model, django_assert_num_queries, django_assert_max_num_queries
):
    add = ROWS[model._meta.label]
    add(1)
    client.get(changelist(model))
    with django_assert_max_num_queries(20) as one:
        assert client.get(changelist(model)).status_code == 200
    for number in range(2, 13):
        add(number)
    with django_assert_num_queries(len(one.captured_queries)):
        response = client.get(changelist(model))
    assert response.context["cl"].result_count >= 12


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_changelist_can_be_searched(client, boss, model):
    ROWS[model._meta.label](1)
    assert client.get(changelist(model), {"q": "nothing like it"}).context["cl"].result_count == 0


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_form_of_the_desk_writes_a_state(client, boss, model, rf):
    request = rf.get("/")
    request.user = boss
    names = [field.name for field in model._meta.fields]
    desk = admin.site._registry[model]
    if "state" in names and desk.has_change_permission(request):
        assert "state" in desk.get_readonly_fields(request)


class TestScope:
    """What a mission may not see is a 404 on each of the stock addresses, and not in its lists."""

    FOREIGN = (
        lambda: make.ProductFactory(published=True, target_markets=["BR"]),
        lambda: make.ProducerFactory(listed=True),
        lambda: make.RevisionFactory(submitted=True, target_markets=["BR"]),
        lambda: make.CertificateFactory(),
        lambda: make.MarketListingFactory(listed=True, market__iso2="BR"),
        lambda: make.MarketRuleFactory(market__iso2="BR"),
        lambda: make.CollectionFactory(market__iso2="BR"),
        lambda: make.ImporterFactory(country="BR"),
        lambda: make.WebhookFactory(mission=make.MissionFactory(code="KBRI-BSB")),
        lambda: make.DeliveryFactory(webhook__mission=None),
    )

    @pytest.fixture
    def santiago(self, client):
        post = make.MissionStaffFactory()
        make.AccreditationFactory(mission=post.mission)
        client.force_login(post.user)
        return post.user

    @pytest.mark.parametrize("foreign", FOREIGN)
    @pytest.mark.parametrize("page", ["change", "history"])
    def test_its_pages_are_not_there(self, client, santiago, foreign, page):
        row = foreign()
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])
        assert client.get(address).status_code == 404
        missing = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk + 999])
        assert client.get(missing).status_code == 404

    @pytest.mark.parametrize("foreign", FOREIGN)
    def test_it_is_not_in_the_list(self, client, santiago, foreign):
        row = foreign()
        assert client.get(changelist(type(row))).context["cl"].result_count == 0

    @pytest.mark.parametrize("foreign", FOREIGN)
    def test_a_posted_action_does_not_reach_it(self, client, santiago, foreign):
        row = foreign()
        client.post(changelist(type(row)), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_mission_staff_do_not_choose_among_all_users(self, client, santiago):
        asked = {"app_label": "markets", "model_name": "missionstaff", "field_name": "user", "term": ""}
        assert client.get(reverse("admin:autocomplete"), asked).status_code == 403
