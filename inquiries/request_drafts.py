"""A buying request that was written before it is known who asks: kept in the basket, until it is handed in.

So it goes where the basket goes: with the visitor's cookie, into the account at the log-in, and to the first sign-in
from any browser after registering. A picture is not kept: it is asked for again.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, QueryDict

from inquiries.forms.buying_requests import BuyingRequestForm
from inquiries.own_basket import basket_of, basket_to_fill

NOT_KEPT: Final = ("submission_key", "seen_version")
LONGEST: Final = 100_000
GOES_ON: Final = "goes_on_asking"
"""In the session of who wrote one just now: the log-in leads back to it, by whatever way they go there."""


def keep(request: HttpRequest, form: BuyingRequestForm) -> None:
    """Keep what was typed into a valid form, in place of what was kept before; more than it can hold is not kept.

    Raises TooMany for a visitor's new basket.
    """
    typed = request.POST
    kept = {name: typed.getlist(name) for name in form.fields if name in typed and name not in NOT_KEPT}
    if sum(len(value) for values in kept.values() for value in values) <= LONGEST:
        basket_to_fill(request).keep_request(kept)
        request.session[GOES_ON] = True


def kept(request: HttpRequest) -> QueryDict | None:
    """What is kept of this person or visitor; None without a draft. One query, none for a visitor without a basket."""
    own = basket_of(request)
    if own is None or not own.request_draft:
        return None
    typed = QueryDict(mutable=True)
    for name, values in own.request_draft.items():
        typed.setlist(name, values)
    return typed


def goes_on(request: HttpRequest) -> bool:
    """Was one written just before signing in? Asked once: later sign-ins do not lead to it."""
    return bool(request.session.pop(GOES_ON, False)) and kept(request) is not None


def forget(request: HttpRequest) -> None:
    """It was handed in, or is not wanted."""
    request.session.pop(GOES_ON, None)
    own = basket_of(request)
    if own is not None and own.request_draft:
        own.keep_request({})
