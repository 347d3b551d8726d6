"""The button that sends a basket: judged, counted and done once, however often it is pressed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import ratelimit, submissions
from accounts.models import User
from accounts.roles import is_official
from accounts.workflow import Refused
from inquiries import own_basket, sending
from inquiries.access import company_first, own_importer
from inquiries.forms.basket import BasketForms
from inquiries.models import Basket
from inquiries.views.basket_page import AGREED, shown


class NotReady(Exception):
    """Something is missing or wrong: nothing was done."""


def pressed_send(request: HttpRequest, own: Basket, forms: BasketForms) -> HttpResponse:
    """Send it. Who has no company yet is led to one, an unready basket is shown again; in each case it is kept."""
    if not isinstance(request.user, User) or own_importer(request.user) is None:
        return _no_importer(request, own, forms)
    by = request.user

    def work() -> submissions.Answer:
        if not forms.may_be_sent():
            raise NotReady
        forms.save()
        sent = sending.send(own, by=by, address=ratelimit.client_address(request))
        return submissions.Answer(302, {"pk": sent.pk})

    key = request.POST.get("submission_key", "")[:64]
    try:
        answer = submissions.once(by, "basket", key, submissions.body_of(request), work)
    except NotReady:
        return shown(request, own, forms, status=422)
    except ratelimit.TooMany as too_many:
        forms.save()
        return shown(request, own, forms, status=429, too_many=too_many)
    except Refused as refused:
        if refused.status == 409 and forms.terms.is_valid():
            forms.save()
        raise
    request.session.pop(AGREED, None)
    return redirect("basket_sent", answer.data["pk"])


def _no_importer(request: HttpRequest, own: Basket, forms: BasketForms) -> HttpResponse:
    """The draft is kept, a visitor's under their key; one more press sends it when it is known who asks."""
    if not forms.may_be_sent():
        return shown(request, own, forms, status=422)
    forms.save()
    request.session[AGREED] = True
    words = ""
    if not isinstance(request.user, User):
        words = _("Your enquiry is kept. Tell producers who asks: register or sign in, then press “Send” once more.")
    elif not is_official(request.user):
        words = _("Your enquiry is kept. Tell producers who asks: add your company, then press “Send” once more.")
    if words:
        messages.info(request, words)
    return own_basket.keep(request, company_first(request, reverse("basket")))
