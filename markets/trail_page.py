"""The audit trail as members, local officers and missions read it: that of what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import AuditEntry, User
from accounts.models.audit import AuditQuerySet
from catalog.models import Product
from exporters.models import Certificate, Producer
from kit.keyset import Keyset
from markets import scope
from markets.admin.page import desk_page, page_links, page_of, with_query
from markets.histories import of_certificate, of_producer, of_product
from markets.trail_lines import lines

NEWEST_FIRST: Final = Keyset("history", [("pk", "desc")])
LOOKS: Final = ("read", "look", "download", "export")
VIEWS: Final = {"": gettext_lazy("What was done"), "looks": gettext_lazy("Who looked at private data")}


class Subject(NamedTuple):
    """One thing that the history is narrowed to."""

    label: str
    entries: Q


SUBJECTS: Final[dict[str, tuple[Callable[[User], QuerySet[Any]], Callable[[Any], Q]]]] = {
    "producer": (lambda user: Producer.objects.editable_by(user) | scope.producers_seen_by(user), of_producer),
    "product": (lambda user: Product.objects.editable_by(user) | scope.products_seen_by(user), of_product),
    "certificate": (
        lambda user: Certificate.objects.editable_by(user) | scope.certificates_to_verify(user),
        of_certificate,
    ),
}


@never_cache
@require_safe
def desk_history(request: SignedInRequest) -> HttpResponse:
    """What happened to the producers that the person works on, and to all that is theirs; newest first."""
    context = _context(request, on_staff_desk=False)
    return render(request, "markets/desk_history.html", context)


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def market_history(request: SignedInRequest) -> HttpResponse:
    """The same on the staff's desk: what happened in the markets of the reader's missions."""
    return desk_page(request, "market_history", _context(request, on_staff_desk=True))


def _context(request: SignedInRequest, *, on_staff_desk: bool) -> dict[str, Any]:
    view = request.GET.get("view", "") if request.GET.get("view") in VIEWS else ""
    entries = _viewed(AuditEntry.objects.visible_to(request.user), view)
    if subject := _subject(request):
        entries = entries.filter(subject.entries)
    page = page_of(request, NEWEST_FIRST, entries)
    return {
        "title": _("History"),
        "subject": subject,
        "lines": lines(page.items, request.user, on_staff_desk=on_staff_desk),
        "tabs": [(label, with_query(request, view=name), name == view) for name, label in VIEWS.items()],
        **page_links(request, page),
    }


def _viewed(entries: AuditQuerySet, view: str) -> AuditQuerySet:
    return entries.filter(verb__in=LOOKS) if view == "looks" else entries.exclude(verb__in=LOOKS)


def _subject(request: SignedInRequest) -> Subject | None:
    """What the address narrows the history to; a thing that is not the reader's is said to be unknown, like none."""
    for name, (rows_of, entries_of) in SUBJECTS.items():
        asked = request.GET.get(name, "")
        if not asked:
            continue
        found = _found(rows_of(request.user), asked)
        if found is not None:
            return Subject(_label(found), entries_of(found))
        _say_ignored(request)
    return None


def _found(rows: QuerySet[Any], asked: str) -> Model | None:
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    found: Model | None = rows.filter(pk=int(asked)).first()
    return found


def _label(thing: Model) -> str:
    if isinstance(thing, Product):
        return str(thing.open_revision() or thing)
    return f"{thing.type} · {thing.number}" if isinstance(thing, Certificate) else str(thing)


def _say_ignored(request: HttpRequest) -> None:
    messages.info(request, _("The address asked for something that is not there. You see the whole history."))
