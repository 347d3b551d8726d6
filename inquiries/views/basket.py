"""The enquiry basket: put a product in, change what is asked, take it out, keep the draft, send it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.workflow import Refused
from catalog.models import Product
from inquiries import own_basket
from inquiries.models import Basket, Enquiry, EnquiryRound
from inquiries.views.basket_page import empty, forms_of, shown
from inquiries.views.basket_sending import pressed_send
from kit.own_addresses import page_before
from kit.own_pages import from_own_pages
from promotion.visits import CODE


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """One's own basket; what is wrong is said beside what was typed, and all of that is kept."""
    own = own_basket.basket_of(request)
    if own is None:
        return empty(request)
    if request.method != "POST":
        return shown(request, own, forms_of(request, own))
    if moved := _move(request, own):
        messages.success(request, moved)
    forms = forms_of(request, own)
    if request.POST.get("do") == "send":
        return pressed_send(request, own, forms)
    if not forms.is_valid():
        return shown(request, own, forms, status=422)
    forms.save()
    if request.POST.get("do") == "save":
        own.forget_removed()
        messages.success(request, _("The basket is saved."))
    return own_basket.keep(request, redirect("basket"))


@login_not_required
@from_own_pages
@require_POST
def basket_add(request: HttpRequest) -> HttpResponse:
    """Put a public product in, and back to the page that it was on; a script gets the new count as JSON."""
    product = get_object_or_404(Product.objects.published(), slug=request.POST.get("product", ""))
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        own = own_basket.basket_to_fill(request)
        own.add(product, campaign=_campaign(request))
    except Refused as refused:
        if not wants_json:
            raise
        return JsonResponse({"said": str(refused.message)}, status=refused.status)
    said = _("“%(product)s” is in your enquiry basket.") % {"product": product.title_text.text}
    if wants_json:
        return own_basket.keep(request, JsonResponse({"count": own.lines.in_it().count(), "said": said}))
    messages.success(request, said)
    return own_basket.keep(request, redirect(page_before(request) or "basket"))


@never_cache
@require_safe
def basket_sent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which enquiries went where, and who answers by when."""
    sent = get_object_or_404(EnquiryRound.objects.filter(importer__user=request.user), pk=pk)
    enquiries = Enquiry.objects.filter(round=sent).for_list().order_by("pk")
    return render(request, "inquiries/basket_sent.html", {"sent": sent, "enquiries": enquiries})


def _move(request: HttpRequest, own: Basket) -> str:
    """Take out or put back the line that a button names; "" when none did, or when the line is not there."""
    for name, verb in (("remove", own.remove), ("put_back", own.put_back)):
        number = request.POST.get(name, "")
        line = verb(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
        if line is not None and name == "put_back":
            return _("“%(product)s” is in the basket again.") % {"product": line.product.title_text.text}
    return ""


def _campaign(request: HttpRequest) -> str:
    """The code of the campaign whose link opened the page that the button was on; "" without one."""
    query = urlsplit(page_before(request)).query
    code = QueryDict(query).get("c", "").upper()
    return code if CODE.fullmatch(code) else ""
