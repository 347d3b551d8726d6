"""The producer's answers to what missions propose."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from kit.text import clean_text
from markets.models import MarketListing
from markets.models.listing_state import LONGEST_NOTE


class RefusalForm(forms.Form):
    """Why the producer does not want it; may stay empty, too long a text is cut."""

    why = forms.CharField(required=False)

    def clean_why(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["why"])[:LONGEST_NOTE]


@require_POST
def listing_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The producer agrees to be offered in a market that a mission proposed."""
    listing = get_object_or_404(MarketListing.objects.answerable_by(request.user), pk=pk)
    listing.accept(by=request.user)
    messages.success(request, _("Your product is now offered in %(market)s.") % {"market": listing.market})
    return redirect("desk_product", pk=listing.product_id)


@require_POST
def listing_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """The producer does not want to be offered there."""
    listing = get_object_or_404(MarketListing.objects.answerable_by(request.user), pk=pk)
    form = RefusalForm(request.POST)
    listing.refuse(by=request.user, why=form.cleaned_data["why"] if form.is_valid() else "")
    messages.success(request, _("You refused to be offered in %(market)s.") % {"market": listing.market})
    return redirect("desk_product", pk=listing.product_id)
