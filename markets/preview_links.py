"""Links that show a collection before it is public, to whoever has them: signed, for 14 days, ended by its curators."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from markets.models import Collection

LONGEST: Final = 300
_SIGNER: Final = signing.Signer(salt="markets.preview_links")


class PreviewEnded(Exception):
    """We gave this link out, but it has expired, or was ended."""


def preview_token(collection: Collection) -> str:
    """The token of the link that is valid now."""
    return _SIGNER.sign_object([collection.pk, collection.preview_nonce])


def preview_url(collection: Collection) -> str:
    """The whole address to give away, in the active language; "" while there is no valid link."""
    if not collection.is_shared:
        return ""
    return f"{settings.SITE_URL}{reverse('collection_preview', args=[preview_token(collection)])}"


def previewed(token: str) -> Collection | None:
    """The collection of a link; None for a token that we never gave out. Raises PreviewEnded."""
    try:
        said: Any = _SIGNER.unsign_object(token) if len(token) <= LONGEST else None
    except (signing.BadSignature, ValueError):
        return None
    if not isinstance(said, list) or len(said) != 2:
        return None
    pk, nonce = said
    collection = Collection.objects.filter(pk=pk).first()
    if collection is None or not collection.is_shared or collection.preview_nonce != nonce:
        raise PreviewEnded
    return collection
