"""How the basket's page is filled and shown, whichever button was pressed."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.ratelimit import TooMany
from accounts.roles import is_official
from inquiries import readers
from inquiries.basket_page import page_of
from inquiries.forms.basket import BasketForms
from inquiries.models import Basket
from inquiries.sending import AskedOften

AGREED: Final = "basket_agreed"
"""In the session of who pressed “send” before it was known who asks: they need not tick it once more."""


def forms_of(request: HttpRequest, own: Basket) -> BasketForms:
    """The forms of the page, with what was typed if it was sent. Reads the lines."""
    country = "" if own.destination_country else readers.own_country(request)
    said = request.POST if request.method == "POST" else None
    has_agreed = AGREED in request.session
    return BasketForms(own, own.lines.in_it().for_page(), said, country=country, has_agreed=has_agreed)


def empty(request: HttpRequest) -> HttpResponse:
    """The page of who put nothing in yet."""
    return render(request, "inquiries/basket.html", {"page": None, "may_ask": _may_ask(request)})


def shown(
    request: HttpRequest, own: Basket, forms: BasketForms, *, status: int = 200, too_many: TooMany | None = None
) -> HttpResponse:
    """The page. `too_many`: nothing was sent because of a limit; the basket is kept, and it says when to go on."""
    page = page_of(own, forms, list(own.lines.removed().select_related("product")))
    context = {"page": page, "forms": forms, "wait": _wait(too_many) if too_many else ""}
    context |= {"may_ask": _may_ask(request), "has_draft": bool(own.request_draft)}
    response = render(request, "inquiries/basket.html", context, status=status)
    if too_many:
        response["Retry-After"] = str(too_many.retry_after)
    return response


def _may_ask(request: HttpRequest) -> bool:
    """May the reader ask for what they did not find? Staff buy nothing."""
    return not isinstance(request.user, User) or not is_official(request.user)


def _wait(too_many: TooMany) -> str:
    if isinstance(too_many, AskedOften):
        return too_many.sentence()
    words = _("You sent several enquiries within an hour. Please send the next in %(minutes)d minutes.")
    return words % {"minutes": -(-too_many.retry_after // 60)}
