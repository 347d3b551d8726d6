"""Other producers whose name a reader takes for this one's: does one pose as the other, or is it one business twice?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from exporters.lookalikes import lookalikes
from exporters.models import Producer, ProducerState
from markets.scope import producers_seen_by


@dataclass(frozen=True)
class Lookalike:
    """A producer with a name like that; its legal name only for who has it in scope.

    `url` is its record, else its public page; empty when the reader may open neither.
    """

    producer: Producer
    legal_name: str
    url: str


def lookalikes_of(producer: Producer, reader: User) -> list[Lookalike]:
    """The likest, as far as the reader may know of them: in scope, or public now or before. One query."""
    in_scope = Q(pk__in=producers_seen_by(reader).values("pk"))
    known = Producer.objects.filter(Q(slug__isnull=False) | in_scope).select_related("regency")
    rows = lookalikes(producer, known.annotate(is_in_scope=in_scope))
    can_open = reader.has_perm("exporters.view_producer")
    return [_told(row, is_in_scope=row.is_in_scope, can_open=can_open) for row in rows]  # type: ignore[attr-defined]


def _told(producer: Producer, *, is_in_scope: bool, can_open: bool) -> Lookalike:
    url = ""
    if is_in_scope and can_open:
        url = reverse("admin:exporters_producer_change", args=[producer.pk])
    elif producer.state == ProducerState.LISTED:
        url = reverse("producer_detail", args=[producer.slug])
    return Lookalike(producer, legal_name=producer.legal_name if is_in_scope else "", url=url)
