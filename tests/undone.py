"""Requests and changes that leave nothing behind."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from copy import deepcopy

from django.db import transaction
from django.test import Client


@contextmanager
def undone(client: Client | None = None) -> Generator[None]:
    """Roll back what the block writes, and give `client` the cookies that it had before."""
    cookies = deepcopy(client.cookies) if client else None
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        if client and cookies is not None:
            client.cookies = cookies
