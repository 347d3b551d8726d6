"""The signed-in person of a request, for views whose access was already checked."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that passed the log-in check."""

    user: User


def signed_in(user: object) -> User:
    """The user as a User. Raises PermissionError for a visitor: the caller forgot the log-in check."""
    if isinstance(user, AnonymousUser) or not isinstance(user, User):
        raise PermissionError("This needs a signed-in user.")
    return user
