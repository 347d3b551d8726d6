"""The one before and the one after in the queue, as the reviewer had narrowed it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from catalog.models import ProductRevision
from catalog.promise import WorkingDays
from markets.admin.queue import VIEWS, QueueFilter, in_view


@dataclass(frozen=True)
class Neighbours:
    """Where to go from here; `queue_url` is the queue as it was left."""

    queue_url: str
    previous: ProductRevision | None
    next: ProductRevision | None
    query: str

    @property
    def previous_url(self) -> str:
        """The one that has waited longer."""
        return self._url(self.previous)

    @property
    def next_url(self) -> str:
        """The one that has waited less."""
        return self._url(self.next)

    def _url(self, revision: ProductRevision | None) -> str:
        return reverse("admin:review_revision", args=[revision.pk]) + self.query if revision else ""


def of(revision: ProductRevision, user: User, query: QueryDict) -> Neighbours:
    """By the filters of the queue in `query`. Two queries beside the scope's."""
    view = query.get("view", "all") if query.get("view") in VIEWS else "all"
    rows = QueueFilter(query, user=user).narrow(in_view(str(view), user, WorkingDays.read()))
    at, pk = revision.submitted_at, revision.pk
    longer = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk)).order_by("-submitted_at", "-pk")
    shorter = rows.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk)).order_by("submitted_at", "pk")
    kept = kept_query(query)
    titles = ("pk", "title")
    return Neighbours(
        queue_url=reverse("admin:review_queue") + kept,
        previous=longer.only(*titles).first(),
        next=shorter.only(*titles).first(),
        query=kept,
    )


def kept_query(query: QueryDict) -> str:
    """The filters of the queue as they go on from page to page: "?view=…", or nothing."""
    kept = QueryDict(mutable=True)
    for name in ("view", *QueueFilter.base_fields):
        if value := query.get(name):
            kept[name] = value[:80]
    return f"?{kept.urlencode()}" if kept else ""
