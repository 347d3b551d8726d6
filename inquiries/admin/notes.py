"""The notes of a mission about an importer: read by its people, changed by who keeps them."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from inquiries.models import ImporterNote
from inquiries.scope import importers_seen_by
from markets.admin.note_pages import change_page, notes_page


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def importer_notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the reader's missions noted about an importer, newest first, and a new note."""
    importer = get_object_or_404(importers_seen_by(request.user), pk=pk)
    context = {
        "title": _("Notes on %(importer)s") % {"importer": importer},
        "importer": importer,
        "may_open_record": request.user.has_perm("inquiries.view_importer"),
    }
    names = {"page_name": "importer_notes", "change_name": "importer_note_change"}
    return notes_page(request, ImporterNote, importer, context, **names)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def importer_note_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """A note that the reader keeps: say it anew, or remove it."""
    note = get_object_or_404(ImporterNote.objects.kept_by(request.user).select_related("importer"), pk=pk)
    title = _("Note on %(importer)s") % {"importer": note.importer}
    return change_page(request, note, "importer_note_change", title=title, back="importer_notes")
