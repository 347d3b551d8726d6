"""Whose history members and local officers read: products and what was proposed for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from catalog.models import Product, ProductRevision


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """The products that `user` works on with their revisions."""
    yield Product.objects.editable_by(user)
    yield ProductRevision.objects.editable_by(user)
