"""What a member of staff asks for when a document is to be made."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from kit.languages import CONTENT_LANGUAGE_NAMES
from markets.models import Market
from markets.scope import markets_to_decide
from promotion.document_content import product_ids_of
from promotion.models import Campaign, Document, DocumentKind
from promotion.models.document import PER_PAGE
from promotion.scope import campaigns_of


class DocumentForm(forms.Form):
    """Kind, market, language, and how a catalogue looks. Knows only what `user` may choose."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind.choices)
    market = forms.ModelChoiceField(Market.objects.none(), label=gettext_lazy("Market"))
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
        help_text=gettext_lazy("Its code goes into the QR codes. Only campaigns of the whole market."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cast(forms.ModelChoiceField[Market], self.fields["market"]).queryset = markets_to_decide(user)
        of_markets = campaigns_of(user).filter(product=None)
        cast(forms.ModelChoiceField[Campaign], self.fields["campaign"]).queryset = of_markets

    def clean(self) -> dict[str, Any]:
        """The campaign is one of the market."""
        data = super().clean() or {}
        market, campaign = data.get("market"), data.get("campaign")
        if market and campaign and campaign.market_id != market.pk:
            self.add_error("campaign", ValidationError(_("This campaign is of another market."), code="campaign"))
        return data

    def ask(self) -> Document:
        """Queue the document. Raises Refused."""
        products = product_ids_of(self.cleaned_data["market"])
        return Document.objects.ask(by=self.user, product_ids=products, **self.cleaned_data)
