"""Signed links in letters by which saved searches write no more: of one search, or of all of an importer."""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.urls import reverse

from inquiries.models import Importer, SavedSearch
from inquiries.models.saved_search import SavedSearchQuerySet

_signer: Final = signing.Signer(salt="inquiries.stop_links")
ONE, ALL = "one", "all"


class BadLink(ValueError):
    """Not a link that we wrote."""


def stop_one(search: SavedSearch) -> str:
    """The path of the page that stops one search; it works as long as the search is there."""
    return _path(ONE, search.pk)


def stop_all(importer: Importer) -> str:
    """The path of the page that stops all searches of an importer."""
    return _path(ALL, importer.pk)


def searches_of(token: str) -> SavedSearchQuerySet:
    """What a link is about; none when it was deleted since. Raises BadLink."""
    try:
        kind, pk = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink("not signed by us") from error
    searches = SavedSearch.objects.order_by("-pk")
    return searches.filter(pk=pk) if kind == ONE else searches.filter(importer=pk)


def _path(kind: str, pk: int) -> str:
    return reverse("search_stop", args=[_signer.sign_object([kind, pk])])
