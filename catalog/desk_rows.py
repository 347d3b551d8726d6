"""Products as their producer sees them on the desk: the public one beside the revision that is worked on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from catalog import completeness
from catalog.models import Product, ProductRevision, ProductState
from catalog.photo_address import photo_url

PRODUCT_BADGES = {"published": "ok", "suspended": "bad", "retired": "", "unpublished": ""}
REVISION_BADGES = {"draft": "", "submitted": "info", "in_review": "info", "changes_requested": "warn"}


@dataclass(frozen=True)
class DeskRow:
    """A product read by `Product.objects.for_desk()`; `percent` is of what is worked on, else of what is public."""

    product: Product
    revision: ProductRevision | None
    percent: int

    @property
    def title(self) -> str:
        """Of the revision that is worked on, else of the public product."""
        return str(self.revision or self.product)

    @property
    def url(self) -> str:
        """The product's page on the desk."""
        return reverse("desk_product", args=[self.product.pk])

    @property
    def thumb_url(self) -> str:
        """The cover, small; "" without a photo."""
        placements = list((self.revision or self.product).placements.all())
        return photo_url(placements[0].photo.key, 320) if placements else ""

    @property
    def states(self) -> list[tuple[str, str]]:
        """(words, kind of badge): what the public has, then what is being worked on."""
        states = []
        if self.product.state != ProductState.UNPUBLISHED or self.revision is None:
            states.append((self.product.get_state_display(), PRODUCT_BADGES[self.product.state]))
        if self.revision is not None:
            states.append((self.revision.get_state_display(), REVISION_BADGES[self.revision.state]))
        return states


def row_of(product: Product) -> DeskRow:
    """The row of a product read by `for_desk()`."""
    revision = open_revision_of(product)
    return DeskRow(product, revision, completeness.of(revision or product).percent)


def open_revision_of(product: Product) -> ProductRevision | None:
    """The open revision of a product read by `for_desk()`."""
    revisions: list[ProductRevision] = product.open_revisions  # type: ignore[attr-defined]
    return revisions[0] if revisions else None


def title_on_desk(product: Product) -> str:
    """What its producer calls it now."""
    return str(open_revision_of(product) or product)
