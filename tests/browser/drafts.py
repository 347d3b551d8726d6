"""A producer with a draft, to work on in a browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from catalog.models import ProductRevision
from tests import factories as make
from tests.browser.site import Site


def open_draft(page: Page, site: Site, step: str, *, language: str = "en", **fields: Any) -> ProductRevision:
    """A fresh producer's draft, whose owner is signed in and looks at one step of it."""
    owner = make.MembershipFactory(user__language=language)
    product = make.ProductFactory(producer=owner.producer)
    revision = make.RevisionFactory(**{"product": product, "number": 1, "complete": True, "parts": False} | fields)
    site.sign_in(page.context, owner.user)
    page.goto(site.address(f"revision_{step}", revision.pk, language=language))
    return revision
