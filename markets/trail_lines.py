"""Entries of the audit trail in the words of who reads them: what was done to which thing, by whom, and why."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import AuditEntry, User
from accounts.naming import People
from accounts.verbs import OF_POWERS, change_label, kind_label, verb_label, why_label
from catalog.desk_rows import title_on_desk
from catalog.models import Product, ProductRevision
from exporters.models import Certificate, Invitation, Membership, Producer
from markets.models import MarketListing

WHY_IN_CODES: Final = {
    "accept", "assign", "download", "hand_over", "promote", "renew", "report", "write", "write_aside",
}  # fmt: skip
"""Verbs whose reason is a number or a code: it stays in the trail."""


class Kind(NamedTuple):
    """Things of an app above: the rows, and the page of one for its reader, on the staff's desk or on their own."""

    rows: QuerySet[Any]
    address: Callable[[Any, User, bool], str]


_kinds: dict[str, Kind] = {}


def tell_kind(kind: Kind) -> None:
    """Have the trail name such things and lead to them, too. Called by `AppConfig.ready`."""
    _kinds[kind.rows.model._meta.label_lower] = kind


@dataclass(frozen=True)
class TrailLine:
    """One entry; `thing` is empty when the object is gone, `url` when it has no page for the reader.

    `whose` is the producer's name, unless the thing is the producer itself.
    """

    at: datetime.datetime
    what: str
    kind: str
    thing: str
    whose: str
    url: str
    who: str
    change: str
    why: str
    as_superuser: bool
    entry: AuditEntry


def lines(entries: Iterable[AuditEntry], reader: User, *, on_staff_desk: bool = False) -> list[TrailLine]:
    """The entries as lines. The queries do not grow with them: one a kind of thing, and those for the names."""
    entries = list(entries)
    people, things = People.of(reader, entries), _things(entries)
    return [
        TrailLine(
            at=entry.at,
            what=capfirst(verb_label(entry.verb)),
            kind=kind_label(entry.object_type),
            thing=_title(thing) if (thing := things.get((entry.object_type, entry.object_id))) else "",
            whose=_whose(thing) if thing else "",
            url=_address(thing, reader, on_staff_desk=on_staff_desk) if thing else "",
            who=people.who(entry),
            change="" if entry.verb in OF_POWERS else change_label(entry),
            why="" if entry.verb in WHY_IN_CODES or entry.by_id is None else why_label(entry),
            as_superuser=entry.as_superuser,
            entry=entry,
        )
        for entry in entries
    ]


def _things(entries: list[AuditEntry]) -> dict[tuple[str, str], Model]:
    """The objects that are still there, by kind and number."""
    sources: tuple[QuerySet[Any], ...] = (
        Product.objects.for_desk(),
        ProductRevision.objects.select_related("product__producer"),
        Producer.objects.all(),
        Certificate.objects.select_related("type", "producer"),
        Membership.objects.select_related("user", "producer"),
        Invitation.objects.select_related("producer"),
        MarketListing.objects.select_related("product__producer", "market"),
        *(kind.rows.all() for kind in _kinds.values()),
    )
    found: dict[tuple[str, str], Model] = {}
    for rows in sources:
        kind = rows.model._meta.label_lower
        keys = {entry.object_id for entry in entries if entry.object_type == kind}
        if keys:
            found |= {(kind, str(row.pk)): row for row in rows.filter(pk__in=keys)}
    return found


def _title(thing: Model) -> str:
    if isinstance(thing, Product):
        return title_on_desk(thing)
    if isinstance(thing, Certificate):
        return f"{thing.type} · {thing.number}"
    return str(thing)


def _whose(thing: Model) -> str:
    product = getattr(thing, "product", None)
    producer = getattr(product or thing, "producer", None)
    return str(producer) if producer is not None else ""


def _address(thing: Model, reader: User, *, on_staff_desk: bool) -> str:
    """The page of the thing, on the desk of the reader."""
    if kind := _kinds.get(thing._meta.label_lower):
        return kind.address(thing, reader, on_staff_desk)
    product = thing if isinstance(thing, Product) else getattr(thing, "product", None)
    if on_staff_desk:
        if isinstance(thing, ProductRevision):
            return reverse("admin:review_revision", args=[thing.pk])
        if isinstance(thing, Certificate):
            return reverse("admin:certificate_review", args=[thing.pk])
        return reverse("admin:product_history", args=[product.pk]) if product is not None else ""
    if product is not None:
        return reverse("desk_product", args=[product.pk])
    if isinstance(thing, Certificate):
        return reverse("certificate_list")
    return reverse("producer_edit", args=[thing.pk]) if isinstance(thing, Producer) else ""
