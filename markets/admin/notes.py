"""The notes of a mission about a product: read by its people, changed by who keeps them."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from markets.admin.note_pages import change_page, notes_page
from markets.models import MissionNote
from markets.scope import products_seen_by


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def product_notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the reader's missions noted about a product, newest first, and a new note."""
    product = get_object_or_404(products_seen_by(request.user).select_related("producer"), pk=pk)
    context = {"title": _("Notes on %(product)s") % {"product": product}, "product": product}
    return notes_page(request, MissionNote, product, context, page_name="product_notes", change_name="note_change")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def note_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """A note that the reader keeps: say it anew, or remove it."""
    note = get_object_or_404(MissionNote.objects.kept_by(request.user).select_related("product"), pk=pk)
    title = _("Note on %(product)s") % {"product": note.product}
    return change_page(request, note, "note_change", title=title, back="product_notes")
