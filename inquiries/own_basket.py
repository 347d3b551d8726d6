"""Whose basket a request is about: the signed-in person's, or that of the visitor whose cookie holds its key.

The cookie is its own, not the session's, whose key changes at the log-in: signed, read by no script, 30 days from the
last change. It is what the person asked for by putting a product in, so nobody is asked for consent.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts import ratelimit
from accounts.models import User
from inquiries.models import Basket
from inquiries.models.basket import VISITORS_KEPT, BasketQuerySet
from inquiries.models.basket_line import BasketLine

SALT: Final = "inquiries.basket"
REMEMBERED: Final = "_basket_key"


def key_of(request: HttpRequest) -> str:
    """The key in the visitor's cookie; "" without one, or with one that is forged or too old."""
    if settings.BASKET_COOKIE_NAME not in request.COOKIES:
        return ""
    longest = int(VISITORS_KEPT.total_seconds())
    return str(request.get_signed_cookie(settings.BASKET_COOKIE_NAME, "", salt=SALT, max_age=longest) or "")


def rows_of(request: HttpRequest) -> BasketQuerySet | None:
    """The basket of the request as rows, unread; None when there can be none. No query."""
    if isinstance(request.user, User):
        return Basket.objects.of_user(request.user)
    key = key_of(request)
    return Basket.objects.of_key(key) if key else None


def basket_of(request: HttpRequest) -> Basket | None:
    """The basket of the request, if there is one. One query, none for a visitor without a cookie."""
    rows = rows_of(request)
    return rows.first() if rows is not None else None


def number_in(request: HttpRequest) -> int:
    """How many products are in the basket. One query, none for a visitor without a cookie."""
    rows = rows_of(request)
    return BasketLine.objects.in_it().filter(basket__in=rows).count() if rows is not None else 0


def basket_to_fill(request: HttpRequest) -> Basket:
    """The basket of the request, a new one when there is none. Raises TooMany: new ones of visitors are counted."""
    if isinstance(request.user, User):
        return Basket.objects.start_for(request.user)
    if found := basket_of(request):
        setattr(request, REMEMBERED, key_of(request))
        return found
    ratelimit.hit("basket", ratelimit.client_address(request))
    basket, key = Basket.objects.start()
    setattr(request, REMEMBERED, key)
    return basket


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, with a visitor's key in it for another 30 days."""
    if key := getattr(request, REMEMBERED, "") or ("" if request.user.is_authenticated else key_of(request)):
        response.set_signed_cookie(
            settings.BASKET_COOKIE_NAME,
            key,
            salt=SALT,
            max_age=VISITORS_KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def join_at_login(sender: object, request: HttpRequest | None, user: User, **_more: object) -> None:
    """Called by every log-in, whichever way it came: what was gathered before is in the person's basket."""
    Basket.objects.join(user, key_of(request) if request is not None else "")
