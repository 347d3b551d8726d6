"""The history of a product: each revision, who decided what, when and why. Read from the audit trail."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import AuditEntry, User
from accounts.naming import People
from accounts.verbs import why_label
from catalog.models import ChangeRequest, Product, ProductRevision
from catalog.wording import field_label
from kit.keyset import Keyset
from markets.admin.page import desk_page, page_links, page_of
from markets.admin.verbs import verb_label
from markets.scope import products_seen_by, revisions_to_review

NEWEST_FIRST = Keyset("product_history", [("number", "desc"), ("pk", "desc")])
MOST_EVENTS = 300
REVISION, PRODUCT = "catalog.productrevision", "catalog.product"
KEPT_APART = {"assign", "hand_over"}  # its reason is a person's number


@dataclass(frozen=True)
class Event:
    """Something that happened. `why` is a line a reason."""

    what: str
    at: datetime.datetime
    who: str
    why: Sequence[str] = ()


@dataclass(frozen=True)
class Round:
    """A revision and what happened to it, newest first."""

    revision: ProductRevision
    is_this: bool = False
    events: list[Event] = field(default_factory=list)


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def product_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every revision that was handed in, and what happened to the product itself."""
    product = get_object_or_404(products_seen_by(request.user).select_related("producer"), pk=pk)
    seen = revisions_to_review(request.user).filter(product=product)
    page = page_of(request, NEWEST_FIRST, seen)
    context = {
        "product": product,
        "title": _("History of %(product)s") % {"product": page.items[0] if page.items else product},
        "rounds": rounds(page.items, request.user),
        "events": product_events(product, request.user),
        **page_links(request, page),
    }
    return desk_page(request, "product_history", context)


def rounds(revisions: Iterable[ProductRevision], reader: User, *, this: int | None = None) -> list[Round]:
    """The revisions with their events; five queries, however many. `this` is the one that the page is about."""
    by_id = {str(revision.pk): Round(revision, revision.pk == this) for revision in revisions}
    entries = _entries(REVISION, by_id, reader)
    people = People.of(reader, entries)
    asked = _asked(by_id)
    for entry in entries:
        by_id[entry.object_id].events.append(_event(entry, people, asked))
    return list(by_id.values())


def product_events(product: Product, reader: User) -> list[Event]:
    """Published, suspended, retired and so on, newest first."""
    entries = _entries(PRODUCT, [str(product.pk)], reader)
    people = People.of(reader, entries)
    return [_event(entry, people, {}) for entry in entries]


def _entries(kind: str, ids: Iterable[str], reader: User) -> list[AuditEntry]:
    about = AuditEntry.objects.visible_to(reader).filter(object_type=kind, object_id__in=list(ids))
    return list(about.exclude(verb="begin").order_by("-pk")[:MOST_EVENTS])


def _asked(ids: Iterable[str]) -> dict[str, list[ChangeRequest]]:
    """The requests of each revision, oldest first."""
    found: dict[str, list[ChangeRequest]] = {}
    for request in ChangeRequest.objects.filter(revision__in=list(ids)).order_by("pk"):
        found.setdefault(str(request.revision_id), []).append(request)
    return found


def _event(entry: AuditEntry, people: People, asked: Mapping[str, list[ChangeRequest]]) -> Event:
    why = [] if entry.verb in KEPT_APART else [line for line in why_label(entry).splitlines() if line.strip()]
    if entry.verb == "request_changes":
        same_moment = datetime.timedelta(seconds=30)
        why = [
            f"{field_label(one.field)}: {one.get_reason_display()}. {one.comment}"
            for one in asked.get(entry.object_id, ())
            if one.by_id == entry.by_id and abs(one.asked_at - entry.at) < same_moment
        ] or why
    return Event(capfirst(verb_label(entry.verb)), entry.at, people.who(entry), why)
