"""The public pages of producers, and the preview of a profile for those who work on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from catalog.cards import cards
from catalog.filters import Ignored
from catalog.list_page import ignored_notes
from catalog.producer_face import face_of
from catalog.producers import producer_page, tiles
from catalog.search import of_producer
from catalog.showing import text_for_reader
from catalog.showing_facts import certificate_rows
from catalog.vocabulary import vocabulary
from exporters.models import Certificate, Producer
from kit.keyset import BadCursor
from kit.text import clean_name


@login_not_required
@require_safe
def producer_list(request: HttpRequest) -> HttpResponse:
    """Listed producers by name, of one province if asked."""
    asked, rows = request.GET.get("province", "").strip(), vocabulary()
    province = asked if asked in rows.provinces else ""
    ignored = [Ignored(_("Province"), clean_name(asked)[:40])] if asked != province else []
    after, is_forged = request.GET.get("after", ""), False
    try:
        page = producer_page(after or None, province)
    except BadCursor:
        page, after, is_forged = producer_page(None, province), "", True
    path = reverse("producer_list")
    context = {
        "tiles": tiles(page.items),
        "province": province,
        "provinces": [(code, name) for code, name in rows.provinces.items() if code in rows.busy_provinces],
        "notes": ignored_notes(ignored, is_forged=is_forged),
        "next_url": _address(path, province=province, after=page.next_after) if page.next_after else "",
        "first_url": _address(path, province=province) if after else "",
    }
    return render(request, "catalog/producer_list.html", context)


@login_not_required
@require_safe
def producer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A listed producer and its products."""
    producer = get_object_or_404(Producer.objects.listed(), slug=slug)
    return render(request, "catalog/producer_detail.html", _context(producer, request.GET))


@require_safe
def producer_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """A profile as the public sees it, or will, for those who work on it."""
    producer = get_object_or_404(Producer.objects.editable_by(request.user), pk=pk)
    return render(request, "catalog/producer_preview.html", _context(producer, request.GET))


def _context(producer: Producer, data: QueryDict) -> dict[str, Any]:
    after, is_forged = data.get("after", ""), False
    try:
        found = of_producer(producer.pk, after or None)
    except BadCursor:
        found, after, is_forged = of_producer(producer.pk, None), "", True
    certificates = Certificate.objects.valid().filter(producer=producer).select_related("type").order_by("type", "pk")
    face = face_of(producer)
    return {
        "producer": producer,
        "face": face,
        "story": text_for_reader(producer.story),
        "certificates": certificate_rows(certificates, timezone.now().date()),
        "cards": cards(found.products),
        "notes": ignored_notes([], is_forged=is_forged),
        "next_url": _address(face.url, after=found.next_after) if found.next_after and face.url else "",
        "first_url": face.url if after else "",
    }


def _address(path: str, **values: str | None) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"{path}?{query.urlencode()}" if query else path
