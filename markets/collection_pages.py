"""The public pages of collections: one collection, and its preview for who was sent the link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.list_page import ignored_notes
from catalog.photo_address import WIDTHS
from catalog.search import PAGE_SIZE, take
from kit.keyset import BadCursor, Keyset, Page
from kit.languages import pick
from markets.collection_showing import collection_data, faces, page_of, with_faces
from markets.models import Collection, CollectionItem
from markets.picture_files import CONTENT_TYPES, PRIVATE, file_of
from markets.preview_links import PreviewEnded, previewed

ALTERNATIVES = 4
OTHERS = 3


@login_not_required
@require_safe
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A public collection; 410 with alternatives when it is over, 404 when it never was or is not yet public."""
    collection = with_faces(Collection.objects.public()).filter(slug=slug).first()
    if collection is None:
        return _over(request, get_object_or_404(Collection.objects.over().select_related("market"), slug=slug))
    return render(request, "markets/collection_detail.html", collection_context(request, collection))


@login_not_required
@require_safe
def collection_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What a collection will look like, for who was sent the link; never kept, never found by search engines."""
    try:
        shared = previewed(token)
    except PreviewEnded:
        return _kept_by_nobody(render(request, "markets/preview_ended.html", status=410))
    if shared is None:
        raise Http404
    if shared.is_public:
        return redirect("collection_detail", shared.slug)
    return preview_of(request, shared, token=token)


@login_not_required
@require_safe
def collection_preview_cover(request: HttpRequest, token: str, size: str) -> HttpResponse | FileResponse:
    """The uploaded cover of what a preview link shows: nobody else sees it before it is public."""
    try:
        shared = previewed(token)
    except PreviewEnded:
        shared = None
    if shared is None or shared.own_cover_key is None or size not in CONTENT_TYPES:
        raise Http404
    response = file_of(shared.own_cover_key, size)
    response["Cache-Control"] = PRIVATE
    return response


def preview_of(request: HttpRequest, collection: Collection, *, token: str = "") -> HttpResponse:
    """The page of a collection that is not public; `token` is that of the link by which it is seen."""
    row = with_faces(Collection.objects.filter(pk=collection.pk)).get()
    context = collection_context(request, row) | {"is_preview": True}
    if token and collection.own_cover_key:
        context["page"] = replace(context["page"], cover=_cover_by(token))
    return _kept_by_nobody(render(request, "markets/collection_detail.html", context))


def _cover_by(token: str) -> dict[str, str]:
    """The uploaded cover under addresses of the preview link."""
    at = {width: reverse("collection_preview_cover", args=[token, width]) for width in WIDTHS}
    return {"src": at[640], "srcset": ", ".join(f"{url} {width}w" for width, url in at.items()), "share": ""}


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def collection_context(request: HttpRequest, collection: Any) -> dict[str, Any]:
    """What the template shows of a collection that `with_faces` read."""
    found, is_forged = _items(collection, request.GET.get("after", ""))
    notes = {item.product_id: item.note for item in found.items}
    products = take(list(notes))
    page = page_of(collection, products, notes)
    places = {item.product_id: item.position for item in found.items}
    return {
        "collection": collection,
        "page": page,
        "data": collection_data(collection, page, [places[product.pk] for product in products]),
        "notes": ignored_notes([], is_forged=is_forged),
        "next_url": f"{request.path}?after={found.next_after}" if found.next_after else "",
        "first_url": request.path if request.GET.get("after") and not is_forged else "",
    }


def _items(collection: Collection, after: str) -> tuple[Page[CollectionItem], bool]:
    """A page of shown products in their order, and whether its position was forged: then it is the first one."""
    order = Keyset(f"collection {collection.pk}", [("position", "asc"), ("pk", "asc")])
    rows = collection.items.shown()
    try:
        return order.page(rows, after or None, PAGE_SIZE), False
    except BadCursor:
        return order.page(rows, None, PAGE_SIZE), True


def _over(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Other collections of the market, and what was in this one as far as it is still public."""
    others: QuerySet[Collection] = Collection.objects.public()
    others = others.for_market(collection.market_id) if collection.market_id else others  # type: ignore[attr-defined]
    items = collection.items.shown().order_by("position").values_list("product", flat=True)
    context = {
        "title": pick(collection.title).text,
        "market": collection.market,
        "collections": faces(with_faces(others).order_by("-published_at", "-pk")[:OTHERS]),
        "cards": cards(take(list(items[:ALTERNATIVES]))),
    }
    return render(request, "markets/collection_gone.html", context, status=410)
