"""What waits for a person of the staff: the first page of the desk."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.models.audit import among
from accounts.naming import People
from catalog.models import ProductRevision
from catalog.promise import WorkingDays
from exporters.models import Certificate
from markets.admin import glance
from markets.admin.glance import Glance
from markets.admin.queue import OLDEST_FIRST, QueueRow, claim_left, for_queue, in_view, rows_of
from markets.models import Market
from markets.requests import waiting_by_market
from markets.scope import certificates_to_verify, markets_to_decide, revisions_to_review, works_everywhere
from markets.service_figures import Figures, kept_figures_for

ROWS = 6
SERVICE_ROWS = 3


@dataclass(frozen=True)
class Claim:
    """A revision that the person has in hand, and what is left of the claim."""

    revision: ProductRevision
    left: datetime.timedelta | None


@dataclass(frozen=True)
class Assigned:
    """A revision that somebody asked the person to review; nobody has it in hand yet."""

    revision: ProductRevision
    who: str


class Figure(NamedTuple):
    """A number, what it counts, and the list that it leads to."""

    number: int
    label: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """The parts of the page; a part without the power for it is None. `glance` is of mission staff."""

    figures: list[Figure]
    claims: list[Claim] | None
    assigned: list[Assigned] | None
    queue: list[QueueRow] | None
    markets: list[tuple[Market, int]] | None
    certificates: list[Certificate] | None
    service: list[Figures] | None
    glance: Glance | None


def of(user: User) -> Waiting:
    """What waits for `user`, by their powers and in their scope."""
    figures: list[Figure] = []
    claims, queue = _reviews(user, figures) if user.has_perm("catalog.review_revision") else (None, None)
    markets = _listings(user, figures) if user.has_perm("markets.decide_listing") else None
    certificates = _certificates(user, figures) if user.has_perm("exporters.verify_certificate") else None
    assigned, service = (_assigned(user), _service(user)) if claims is not None else (None, None)
    own = glance.of(user, markets) if markets and not works_everywhere(user) else None
    busy = markets and ([row for row in markets[:ROWS] if row[1]] or markets[:1])
    return Waiting(figures, claims, assigned, queue, busy, certificates, service, own)


def _service(user: User) -> list[Figures]:
    """The promise in short, as the clock counted it last: the whole or one's own first, then the longest waits."""
    rows, _at = kept_figures_for(user)
    first, others = rows[:1], [row for row in rows[1:] if row.waiting or row.decided]
    others.sort(key=lambda row: row.oldest or datetime.timedelta(0), reverse=True)
    return [*first, *others][:SERVICE_ROWS]


def _reviews(user: User, figures: list[Figure]) -> tuple[list[Claim], list[QueueRow]]:
    days = WorkingDays.read()
    labels = {
        "all": _("waiting for a decision"),
        "overdue": _("past the five working days"),
        "decided": _("decided in the last 30 days"),
    }
    page = reverse("admin:review_queue")
    figures += [
        Figure(in_view(view, user, days).count(), label, f"{page}?view={view}") for view, label in labels.items()
    ]
    mine = in_view("mine", user, days).select_related("product__producer").order_by("claimed_at", "pk")
    oldest = OLDEST_FIRST.page(for_queue(in_view("unclaimed", user, days)), None, ROWS)
    return [Claim(revision, claim_left(revision)) for revision in mine[:ROWS]], rows_of(oldest.items, user, days)


def _assigned(user: User) -> list[Assigned]:
    """Those that were assigned to `user`, the oldest hand-in first, with who asked as `user` may know them."""
    waiting = revisions_to_review(user).assigned_to(user).filter(claimed_by__isnull=True)
    rows = list(waiting.select_related("product__producer").order_by("submitted_at", "pk")[:ROWS])
    if not rows:
        return []
    about = among(ProductRevision.objects.filter(pk__in=[row.pk for row in rows]))
    asked = AuditEntry.objects.filter(about, verb="assign", why=f"user {user.pk}").order_by("pk")
    by = {entry.object_id: entry.by_id for entry in asked}
    people = People.read(user, by.values())
    return [Assigned(row, people.name(by.get(str(row.pk)))) for row in rows]


def _listings(user: User, figures: list[Figure]) -> list[tuple[Market, int]]:
    waiting = waiting_by_market()
    rows = [(market, waiting.get(market.pk, 0)) for market in markets_to_decide(user)]
    total = sum(number for _market, number in rows)
    figures.append(Figure(total, _("listings waiting in your markets"), reverse("admin:listing_markets")))
    return sorted(rows, key=lambda row: -row[1])


def _certificates(user: User, figures: list[Figure]) -> list[Certificate]:
    rows = certificates_to_verify(user).filter(state="submitted")
    figures.append(Figure(rows.count(), _("certificates to verify"), reverse("admin:certificates")))
    return list(rows.select_related("producer", "type").order_by("submitted_at", "pk")[:ROWS])
