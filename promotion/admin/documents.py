"""Catalogues and price lists on the desk: asking for one, watching it being made, downloading it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.naming import People
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from kit.keyset import Keyset
from markets.admin.page import page_links, page_of
from promotion import document_files
from promotion.document_form import DocumentForm
from promotion.making import ask_for_making
from promotion.models import Document, DocumentKind, DocumentState
from promotion.scope import documents_of

NEWEST: Final = Keyset("documents", [("pk", "desc")])
POWER: Final = "promotion.make_document"
LOOK_AGAIN: Final = "3"  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def document_list(request: SignedInRequest) -> HttpResponse:
    """The documents of one's own markets and collections, and the form that asks for another."""
    asked = {name: request.GET.get(name, "") for name in ("market", "collection")}
    if asked["collection"]:
        asked["kind"] = DocumentKind.COLLECTION
    form = DocumentForm(request.POST if request.method == "POST" else None, initial=asked, user=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                document = form.ask()
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = refusal.status
            else:
                ask_for_making()
                return redirect("admin:document_detail", pk=document.pk)
    rows = documents_of(request.user)
    page = page_of(request, NEWEST, rows.select_related("market", "collection"))
    context: dict[str, Any] = {"title": _("Documents"), "form": form, "rows": page.items, "total": rows.count()}
    context["people"] = People.read(request.user, (row.made_by_id for row in page.items))
    return desk_page(request, "document_list", {**context, **page_links(request, page)}, status=status)


@require_safe
@permission_required(POWER, raise_exception=True)
def document_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a document is; looks again by itself, without a script, until it is ready."""
    document = get_object_or_404(documents_of(request.user).select_related("market", "collection", "campaign"), pk=pk)
    is_ready = document.state == DocumentState.READY
    context = {
        "title": str(document),
        "document": document,
        "facts": _facts(document),
        "download_url": document_files.download_url(document, request.user) if is_ready else "",
        "has_failed": document.state == DocumentState.FAILED,
    }
    response = desk_page(request, "document_detail", context)
    if document.is_under_way:
        response["Refresh"] = LOOK_AGAIN
    return response


@require_POST
@permission_required(POWER, raise_exception=True)
def document_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make one again that failed."""
    document = get_object_or_404(documents_of(request.user), pk=pk)
    document.ask_again(by=request.user)
    ask_for_making()
    return redirect("admin:document_detail", pk=pk)


@require_safe
@permission_required(POWER, raise_exception=True)
def document_file(request: SignedInRequest, pk: int, key: str) -> HttpResponseBase:
    """The file, by a link that was made for this person within the hour."""
    document = get_object_or_404(documents_of(request.user), pk=pk)
    if document.state != DocumentState.READY:
        raise Http404
    if not document_files.is_good(key, document, request.user):
        messages.warning(request, _("That link is over. Here is a new one."))
        return redirect("admin:document_detail", pk=pk)
    return document_files.download(document, by=request.user)


def _facts(document: Document) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Collection") if document.collection else _("Market"), document.target),
        (_("Language"), document.get_language_display()),
        (_("Products"), document.total),
    ]
    if document.kind != DocumentKind.PRICE_LIST:
        facts.append((_("Products a page"), document.per_page))
    if document.campaign:
        facts.append((_("Campaign"), document.campaign))
    if document.pages:
        facts.append((_("Pages"), document.pages))
    return [*facts, (_("Kept until"), date_format(document.expires_at))]
