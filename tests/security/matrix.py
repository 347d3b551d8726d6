"""The readable half of the access matrix: whose things are whose, and who is a stranger to them.

tests/access_table.py says what each role gets from each address about the things of "Sandal Asli" (Kota Mojokerto,
asking for Chile). Here stand the same things of "Batik Lain" (Kota Surabaya, asking for Brazil): whoever works for the
one is a stranger to the other, and gets from each private address what somebody gets who asks for nothing at all.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from tests import asking
from tests import factories as make
from tests.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STRANGERS = ("visitor", "importer", "own_producer", "own_editor", "officer_own", "mission_own")
THEIRS = {  # thing of "Sandal Asli" → the same of "Batik Lain"
    "producer": "other",
    "product": "their_product",
    "asking": "their_product",
    "retired": "their_retired",
    "suspended": "their_suspended",
    "draft": "their_draft",
    "submitted": "their_submitted",
    "in_review": "their_in_review",
    "changes_requested": "their_changes_requested",
    "certificate": "their_certificate",
    "verified": "their_certificate",
    "draft_photo": "their_draft_photo",
    "editorship": "their_editorship",
    "invitation": "their_invitation",
    "proposed": "their_proposed",
    "listing": "their_listing",
    "collection": "their_collection",
    "archived": "their_archived",
    "shared": "their_collection",
    "noted_importer": "their_noted_importer",
    "importer_note": "their_importer_note",
    "campaign": "their_campaign",
    "document": "their_document",
    "passkey": "their_passkey",
    "webhook": "their_webhook",
    "paused": "their_webhook",
    "given_up": "their_given_up",
    "company": "their_company",
    "saved_search": "their_saved_search",
    "sent": "their_sent",
    "basket_line": "their_basket_line",
}


def add_their_things(world: World) -> None:
    """What belongs to "Batik Lain"."""
    brazil = {"producer": world.other, "target_markets": ["BR"]}
    world.their_product = make.ProductFactory(published=True, slug="their-batik", **brazil)
    world.their_retired = make.ProductFactory(retired=True, slug="their-retired", **brazil)
    world.their_suspended = make.ProductFactory(suspended=True, slug="their-suspended", **brazil)

    def revision(**fields: Any) -> Any:
        product = make.ProductFactory(**brazil)
        return make.RevisionFactory(product=product, target_markets=["BR"], number=1, **fields)

    world.their_draft = revision(complete=True)
    world.their_submitted = revision(submitted=True)
    world.their_in_review = revision(in_review=True, claimed_by=world.people["mission_other"])
    world.their_changes_requested = revision(changes_requested=True)
    world.their_draft_photo = world.their_draft.placements.get().photo
    world.their_certificate = make.CertificateFactory(
        producer=world.other, submitted_by=world.people["other_producer"], number="ID-999"
    )
    world.their_editorship = make.MembershipFactory(producer=world.other, role="editor")
    world.their_invitation = world.other.invite(
        "elsewhere@example.test", role="editor", by=world.people["other_producer"], language="en"
    )
    brazilian = make.MarketFactory(iso2="BR")
    world.their_listing = make.MarketListingFactory(listed=True, product=world.their_product, market=brazilian)
    there = {"market": brazilian, "products": [world.their_product]}
    world.their_collection = make.CollectionFactory(slug="their-sandals", **there)
    world.their_archived = make.CollectionFactory(archived=True, slug="their-old-sandals", **there)
    brasilia = world.people["mission_other"].mission_posts.get().mission
    world.their_noted_importer = make.ImporterFactory(country="BR")
    world.their_importer_note = make.ImporterNoteFactory(
        importer=world.their_noted_importer, mission=brasilia, author=world.people["mission_other"]
    )
    world.their_campaign = make.CampaignFactory(product=world.their_product, market=brazilian)
    world.their_document = make.DocumentFactory(ready=True, market=brazilian, product_ids=[world.their_product.pk])
    proposed = make.ProductFactory(published=True, slug="their-proposed", producer=world.other)
    world.their_proposed = make.MarketListingFactory(proposed=True, product=proposed, market=brazilian)
    world.their_webhook = make.WebhookFactory(active=True, mission=brasilia)
    world.their_given_up = make.DeliveryFactory(failed=True, webhook=world.their_webhook)
    world.their_company = make.ImporterFactory(country="BR", company="Calçados do Norte")
    world.their_saved_search = make.SavedSearchFactory(importer=world.their_company)
    peruvian = make.ImporterFactory(country="PE")
    world.their_sent = asking.ask(world.their_product, importer=peruvian)
    world.their_basket_line = make.BasketLineFactory(basket__user=peruvian.user, product=world.their_product)
    world.their_passkey = Authenticator.objects.create(
        user=make.UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )


def theirs_as_they_are(world: World) -> list[Any]:
    """Every value of every thing of "Batik Lain"."""
    rows = [getattr(world, name) for name in dict.fromkeys(THEIRS.values())]
    return [list(type(row)._default_manager.filter(pk=row.pk).values()) for row in rows]
