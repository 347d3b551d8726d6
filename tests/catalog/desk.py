"""What the tests of the product desk share: a signed-in owner with a draft, and what a browser sends for a step."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from PIL import Image

from catalog.models import ProductRevision
from tests import factories as make


def signed_in(client: Client, **membership: Any) -> Any:
    """An owner of a producer, signed in; answers the membership."""
    owner = make.MembershipFactory(**membership)
    client.force_login(owner.user)
    return owner


def draft_of(producer: Any, **fields: Any) -> ProductRevision:
    """A complete draft of one of the producer's products."""
    return make.RevisionFactory(product__producer=producer, **({"complete": True} | fields))


def url(revision: ProductRevision, step: str) -> str:
    return at(f"revision_{step}", revision.pk)


def at(name: str, *args: Any) -> str:
    """The address in English, whatever language the last request left active."""
    with override("en"):
        return reverse(name, args=args)


def as_sent(client: Client, revision: ProductRevision, step: str, **changes: Any) -> dict[str, Any]:
    """What the browser would send for the page as it is now, with `changes`."""
    forms = client.get(url(revision, step)).context
    form = forms["form"]
    data: dict[str, Any] = {}
    for bound in form:
        _take(data, bound)
    if rows := getattr(form, "offers", None):
        for bound in rows.management_form:
            data[bound.html_name] = bound.value()
        for row in rows:
            for bound in row:
                _take(data, bound)
    return data | changes


def picture(name: str = "sandal.jpg", *, size: tuple[int, int] = (1000, 900), colour: str = "tan") -> Any:
    """A photo as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def words(response: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())


def _take(data: dict[str, Any], bound: Any) -> None:
    value = bound.value()
    if isinstance(value, dict):
        data.update({f"{bound.html_name}_{key}": value.get(key, "") for key in ("id", "en", "es", "pt")})
    elif isinstance(value, bool):
        data.update({bound.html_name: "on"} if value else {})
    elif value is not None:
        data[bound.html_name] = value
