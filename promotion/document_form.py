"""What a member of staff asks for when a document is to be made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from kit.languages import CONTENT_LANGUAGE_NAMES
from markets.models import Collection, Market
from markets.scope import markets_to_decide
from promotion.choices import offer
from promotion.document_content import product_ids_of
from promotion.models import Campaign, Document, DocumentKind
from promotion.models.document import PER_PAGE
from promotion.scope import campaigns_of, collections_to_print

CHOOSE = gettext_lazy("Choose …")


class DocumentForm(forms.Form):
    """Kind, market or collection, language, and how a catalogue looks. Knows only what `user` may choose."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind.choices)
    market = forms.ModelChoiceField(Market.objects.none(), label=gettext_lazy("Market"), empty_label=CHOOSE)
    collection = forms.ModelChoiceField(
        Collection.objects.none(),
        label=gettext_lazy("Collection"),
        empty_label=CHOOSE,
        help_text=gettext_lazy("For the catalogue of a collection, which needs no market."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(CONTENT_LANGUAGE_NAMES.items()))
    per_page = forms.TypedChoiceField(
        label=gettext_lazy("Products a page"),
        help_text=gettext_lazy("Of a catalogue; a price list has rows."),
        choices=[(one, str(one)) for one in PER_PAGE],
        coerce=int,
        initial=2,
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("Campaign"),
        empty_label="—",
        help_text=gettext_lazy(
            "Its code goes into the QR codes. Only campaigns of the whole market or of the collection."
        ),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "market", markets_to_decide(user), none=_("Choose a market"))
        offer(self, "collection", collections_to_print(user), none=_("Choose a collection"))
        offer(self, "campaign", campaigns_of(user).running().filter(product=None), none=_("No campaign"))
        kind = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        self.fields["collection"].required = kind == DocumentKind.COLLECTION
        self.fields["market"].required = kind != DocumentKind.COLLECTION

    def clean(self) -> dict[str, Any]:
        """Of market and collection only what the kind needs is kept; the campaign is one of it."""
        data = super().clean() or {}
        data["market" if data.get("kind") == DocumentKind.COLLECTION else "collection"] = None
        target, campaign = data.get("market") or data.get("collection"), data.get("campaign")
        if target and campaign and (message := _misfit(campaign, target)):
            self.add_error("campaign", ValidationError(message, code="campaign"))
        return data

    def ask(self) -> Document:
        """Queue the document. Raises Refused."""
        products = product_ids_of(self.cleaned_data["collection"] or self.cleaned_data["market"])
        return Document.objects.ask(by=self.user, product_ids=products, **self.cleaned_data)


def _misfit(campaign: Campaign, target: Market | Collection) -> str:
    """Why the campaign's code does not belong into a document about `target`; "" when it does."""
    is_collection = isinstance(target, Collection)
    if campaign.collection_id is not None:
        is_its_own = is_collection and campaign.collection_id == target.pk
        return "" if is_its_own else _("This campaign leads to a collection. Choose one of the whole market.")
    market = target.market_id if isinstance(target, Collection) else target.pk
    return "" if market in {None, campaign.market_id} else _("This campaign is of another market.")
