"""The people and things that the access table speaks about.

`own` is about the producer "Sandal Asli" of Kota Mojokerto, whose products ask for Chile; `other` is everybody who is
of the same kind but has nothing to do with it.
"""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import User
from accounts.roles import ensure_roles
from inquiries.models import Attached, EnquiryReport, Said, Side
from inquiries.stop_links import stop_one
from kit.uploads import StoredDocument, picture_path
from markets.preview_links import preview_token
from tests import asking
from tests import factories as make

ROLES = (
    "visitor",
    "importer",
    "other_producer",
    "own_producer",
    "own_editor",
    "officer_own",
    "officer_other",
    "mission_own",
    "mission_other",
    "ministry",
    "superuser",
)
World = SimpleNamespace
OTHER_REGENCY = "35.78"
NOWHERE = {
    "pk": 987_654_321,
    "slug": "nowhere",
    "key": uuid.uuid4(),
    "invitation_token": "nowhere",
    "preview_token": "nowhere",
    "code": "NWHERE",
    "stop_token": "nowhere",
}


def make_roles() -> None:
    """The roles, without the entries that the database writes about each permission given: tests begin with none."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        ensure_roles()
        cursor.execute("SET session_replication_role = origin")


def build_people() -> dict[str, Any]:
    """A user per role but the visitor, without what they work on."""
    make.RegencyFactory()
    elsewhere = make.RegencyFactory(code=OTHER_REGENCY, name="Kota Surabaya")
    importer = make.ImporterFactory(user__email="importer@example.test").user
    chile, brazil = make.MarketFactory(), make.MarketFactory(iso2="BR", name={"en": "Brazil"}, currency="BRL")
    santiago, brasilia = make.MissionFactory(), make.MissionFactory(code="KBRI-BSB", city="Brasília", country="BR")
    make.AccreditationFactory(mission=santiago, market=chile)
    make.AccreditationFactory(mission=brasilia, market=brazil)
    return {
        "importer": importer,
        "other_producer": make.UserFactory(email="other-producer@example.test"),
        "own_producer": make.UserFactory(email="own-producer@example.test"),
        "own_editor": make.UserFactory(email="own-editor@example.test"),
        "officer_own": make.OfficerScopeFactory(user__email="officer-own@example.test").user,
        "officer_other": make.OfficerScopeFactory(user__email="officer-other@example.test", regency=elsewhere).user,
        "mission_own": make.MissionStaffFactory(user__email="mission-own@example.test", mission=santiago).user,
        "mission_other": make.MissionStaffFactory(user__email="mission-other@example.test", mission=brasilia).user,
        "ministry": make.UserFactory(email="ministry@example.test", ministry=True),
        "superuser": make.UserFactory(email="superuser@example.test", is_staff=True, is_superuser=True),
    }


def build_world(people: dict[str, User]) -> World:
    """The things; each attribute is a row that the table's kwargs may name ("draft.pk", "product.slug")."""
    world = World(people=people, nowhere=SimpleNamespace(**NOWHERE))
    world.importer = people["importer"]
    world.passkey = Authenticator.objects.create(
        user=make.UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "Telepon", "credential": {}}
    )
    world.producer = make.ProducerFactory(
        trade_name="Sandal Asli", state="listed", slug="sandal-asli", created_by=people["own_producer"]
    )
    world.other = make.ProducerFactory(
        trade_name="Batik Lain", state="listed", slug="batik-lain", regency__code=OTHER_REGENCY
    )
    world.ownership = make.MembershipFactory(user=people["own_producer"], producer=world.producer)
    world.editorship = make.MembershipFactory(user=people["own_editor"], producer=world.producer, role="editor")
    make.MembershipFactory(user=people["other_producer"], producer=world.other)
    world.invitation = world.producer.invite(
        "invited@example.test", role="editor", by=people["own_producer"], language="en"
    )
    world.invitation_token = world.invitation.token()
    _add_products(world)
    _add_revisions(world)
    _add_certificates(world)
    _add_enquiries(world)
    chilean = world.people["mission_own"].mission_posts.get().mission
    world.webhook = make.WebhookFactory(active=True, mission=chilean, name="Buletin")
    world.paused = make.WebhookFactory(mission=chilean, sealed_secret=world.webhook.sealed_secret)
    world.given_up = make.DeliveryFactory(failed=True, webhook=world.webhook)
    world.company = people["importer"].importer
    world.saved_product = make.SavedProductFactory(importer=world.company, product=world.product)
    world.saved_search = make.SavedSearchFactory(importer=world.company, query="q=sandal")
    world.stop_token = stop_one(world.saved_search).split("/")[-2]
    return world


def _add_enquiries(world: World) -> None:
    """`enquiry` waits for an answer, `quoted` has a quotation, `held` waits for the mission, `refused` is over."""
    importer = world.importer.importer
    world.enquiry = asking.ask(world.product, importer=importer).enquiries.get()
    world.quoted = asking.ask(world.product, importer=importer).enquiries.get()
    world.quotation = asking.quote(world.quoted)
    world.report = EnquiryReport.file(world.quoted, side="producer", reason="spam", by=world.people["own_producer"])
    links = "See www.a.com and www.b.com and www.c.com"
    world.held = asking.ask(world.product, importer=importer, text=links).enquiries.get()
    world.sent = world.enquiry.round
    world.basket_line = make.BasketLineFactory(basket__user=world.importer, product=world.asking)
    _attach(world)
    world.refused = asking.ask(world.asking, importer=importer, text="").enquiries.get()
    world.refused.refuse(Said(kind="cannot_supply", reason="capacity"), by=world.people["own_producer"])


def _attach(world: World) -> None:
    """The importer sends a file to `enquiry`, which still waits for its first answer."""
    path = f"attachments/{uuid.uuid4()}.pdf"
    drawing = Attached(StoredDocument(path, "pdf", 27), "drawing.pdf")
    said = Said(text="Con nuestra marca, por favor.", language="es", files=[drawing])
    world.attachment = world.enquiry.write(said, side=Side.IMPORTER, by=world.importer).attachments.get()
    default_storage.save(path, ContentFile(b"%PDF-1.4 of the tests"))


def _add_products(world: World) -> None:
    chile = {"producer": world.producer, "target_markets": ["CL"]}
    world.product = make.ProductFactory(published=True, slug="leather-sandals", **chile)
    world.retired = make.ProductFactory(retired=True, slug="retired-sandals", **chile)
    world.suspended = make.ProductFactory(suspended=True, slug="suspended-sandals", **chile)
    world.asking = make.ProductFactory(published=True, slug="asking-sandals", **chile)
    world.other_product = make.ProductFactory(published=True, slug="other-batik", producer=world.other)
    world.photo = world.product.placements.get().photo
    world.category, world.commodity, world.hs6 = world.product.category, world.product.commodity, world.product.hs6
    world.market = make.MarketFactory()
    world.listing = make.MarketListingFactory(listed=True, product=world.product, market=world.market)
    world.rule = make.MarketRuleFactory(market=world.market, hs=world.hs6)
    world.collection = make.CollectionFactory(published=True, slug="sandals-for-chile", products=[world.product])
    world.archived = make.CollectionFactory(archived=True, slug="old-sandals", products=[world.product])
    world.shared = make.CollectionFactory(slug="coming-sandals", products=[world.product])
    world.shared.share(by=world.people["mission_own"])
    world.preview_token = preview_token(world.shared)
    world.note = make.MissionNoteFactory(product=world.product, author=world.people["mission_own"])
    _add_buying_requests(world)
    world.noted_importer = make.ImporterFactory(country="CL")
    world.importer_note = make.ImporterNoteFactory(importer=world.noted_importer, author=world.people["mission_own"])
    world.campaign = make.CampaignFactory(product=world.product, market=world.market)
    world.document = make.DocumentFactory(ready=True, market=world.market, product_ids=[world.product.pk])
    world.proposed = make.MarketListingFactory(
        proposed=True, product=make.ProductFactory(published=True, slug="proposed-sandals", producer=world.producer)
    )


def _add_buying_requests(world: World) -> None:
    asking = world.people["importer"].importer
    world.buying_request = make.BuyingRequestFactory(importer=asking, commodity=world.commodity)
    world.open_request = make.BuyingRequestFactory(importer=asking, commodity=world.commodity, opened=True)
    world.match = make.MatchFactory(invited=True, request=world.open_request, product=world.product)
    world.fitting = make.MatchFactory(request=world.open_request, product=world.asking)


def _add_revisions(world: World) -> None:
    def revision(**fields: Any) -> Any:
        product = make.ProductFactory(producer=world.producer, target_markets=["CL"])
        return make.RevisionFactory(product=product, target_markets=["CL"], number=1, **fields)

    world.draft = revision(complete=True)
    world.submitted = revision(submitted=True)
    world.in_review = revision(in_review=True, claimed_by=world.people["mission_own"])
    world.changes_requested = revision(changes_requested=True)
    world.draft_photo = world.draft.placements.get().photo
    for photo in (world.photo, world.draft_photo):
        default_storage.save(picture_path(photo.key, "640"), ContentFile(b"RIFF a picture of the tests"))


def _add_certificates(world: World) -> None:
    world.certificate = make.CertificateFactory(producer=world.producer, submitted_by=world.people["own_producer"])
    world.verified = make.CertificateFactory(producer=world.producer, verified=True)
    world.verified.first_page_path = "certificates/first-page-of-the-tests.jpg"
    world.verified.save()
    default_storage.save(world.verified.first_page_path, ContentFile(b"\xff\xd8\xff a picture of the tests"))
    for certificate in (world.certificate, world.verified):
        default_storage.save(certificate.file_path, ContentFile(b"%PDF-1.4 of the tests"))
