"""The letters of the catalogue, one function each; called inside the verbs' transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import letters
from accounts.models import User
from accounts.naming import People
from catalog.models.request import Asked, Reason
from kit.languages import CONTENT_LANGUAGE_NAMES

if TYPE_CHECKING:
    from catalog.models import Product, ProductRevision

REASONS = dict(Reason.choices)
PART_LABELS = {"offers": _("prices"), "photos": _("photos"), "certificates": _("certificates")}


def producer_side(product: Product) -> list[User]:
    """Who is told about a product: the active members of its producer."""
    return list(product.producer.members.filter(is_active=True))


def _write(kind: str, revision: ProductRevision, **more: Any) -> None:
    letters.write(
        kind,
        event=f"{kind}:{revision.pk}:v{revision.version}",
        to=producer_side(revision.product),
        context={"revision": revision, "product": revision.product, **more},
    )


def _label(revision: ProductRevision, field: str) -> str | Promise:
    """The field in words, in the language of whoever reads it."""
    if field in PART_LABELS:
        return PART_LABELS[field]
    label: str | Promise = revision._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return label


def revision_submitted(revision: ProductRevision) -> None:
    """The content is with the reviewers; the answer comes within 5 working days."""
    _write("revision_submitted", revision)


def review_assigned(revision: ProductRevision, *, to: User, by: User, number: int) -> None:
    """A colleague, named as `to` may know them, asks `to` to review it; `number` tells one asking from the next."""
    if not to.is_active:
        return
    with override(to.language):
        who = People.read(to, [by.pk]).name(by.pk)
    letters.write(
        "review_assigned",
        event=f"review_assigned:{revision.pk}:{number}",
        to=[to],
        context={"revision": revision, "producer": revision.product.producer, "who": who},
    )


def revision_approved(revision: ProductRevision) -> None:
    """The content is public now."""
    _write("revision_approved", revision)


def changes_requested(revision: ProductRevision, requests: Sequence[Asked]) -> None:
    """What the reviewers ask to change, field by field."""
    worded = [
        {"field": _label(revision, asked.field), "reason": REASONS.get(asked.reason, ""), "comment": asked.comment}
        for asked in requests
    ]
    _write("changes_requested", revision, requests=worded)


def revision_rejected(revision: ProductRevision) -> None:
    """The proposal was refused, and why."""
    _write("revision_rejected", revision)


def translation_written(revision: ProductRevision, fields: Sequence[str]) -> None:
    """A reviewer wrote missing translations."""
    texts = (name.partition(".") for name in fields)
    worded = [{"field": _label(revision, field), "language": CONTENT_LANGUAGE_NAMES[key]} for field, _dot, key in texts]
    _write("translation_written", revision, fields=worded)


def product_suspended(product: Product, *, why: str) -> None:
    """Staff took the product from the public, and why."""
    letters.write(
        "product_suspended",
        event=f"product_suspended:{product.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        to=producer_side(product),
        context={"product": product, "why": why},
    )
