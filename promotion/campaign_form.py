"""What a mission says about a campaign that it starts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalog.models import Product
from kit.text import clean_name, validate_name
from markets.models import Collection, Market, Mission
from markets.scope import markets_to_decide, works_everywhere
from promotion.choices import offer
from promotion.models import Campaign
from promotion.scope import collections_to_share, listings_to_share, missions_for, missions_of


class CampaignForm(forms.Form):
    """The name, the market, in whose name, and where the link leads. Knows only what `user` may choose."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("For you and your colleagues, for example a fair or a mailing."),
        max_length=80,
    )
    market = forms.ModelChoiceField(Market.objects.none(), label=gettext_lazy("Market"))
    mission = forms.ModelChoiceField(
        Mission.objects.none(),
        label=gettext_lazy("Mission"),
        help_text=gettext_lazy("Its name stands on product sheets of this campaign."),
        required=False,
    )
    product = forms.CharField(
        label=gettext_lazy("Product"),
        help_text=gettext_lazy("The address of its page. Empty: the link leads to the market's page."),
        max_length=300,
        required=False,
    )
    collection = forms.ModelChoiceField(
        Collection.objects.none(),
        label=gettext_lazy("Collection"),
        help_text=gettext_lazy("Instead of a product: the link leads to the collection's page."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "market", markets_to_decide(user), none=_("Choose a market"))
        own = _("None: the ministry") if works_everywhere(user) else _("My mission")
        offer(self, "mission", missions_of(user), none=own)
        offer(self, "collection", collections_to_share(user), none=_("No collection"))

    def clean_name(self) -> str:
        """On one line, without hidden characters."""
        name = clean_name(self.cleaned_data["name"])
        validate_name(name)
        return name

    def clean_product(self) -> str:
        """The last part of the address: the product's slug."""
        return urlsplit(clean_name(self.cleaned_data["product"])).path.rstrip("/").rpartition("/")[2]

    def clean(self) -> dict[str, Any]:
        """The mission covers the market, and the product is offered, or the collection shown, there."""
        data = super().clean() or {}
        market, mission, slug = data.get("market"), data.get("mission"), data.get("product")
        if market is None:
            return data
        if mission and not missions_for(self.user, market).filter(pk=mission.pk).exists():
            self.add_error("mission", ValidationError(_("This mission does not cover the market."), code="mission"))
        if slug and data.get("collection"):
            self.add_error("collection", ValidationError(_("Choose a product or a collection, not both."), code="goal"))
        if data.get("collection") and data["collection"].market_id not in {None, market.pk}:
            message = _("This collection is for another market.")
            self.add_error("collection", ValidationError(message, code="collection"))
        if slug:
            data["product"] = self._offered(market, slug)
        return data

    def _offered(self, market: Market, slug: str) -> Product | None:
        listing = (
            listings_to_share(self.user).filter(market=market, product__slug=slug).select_related("product").first()
        )
        if listing is None:
            message = _("No product with this address is offered in the market.")
            self.add_error("product", ValidationError(message, code="product"))
        return listing.product if listing else None

    def start(self) -> Campaign:
        """Start it, in the name of the first of the person's missions when none was chosen. Raises Refused."""
        data = self.cleaned_data
        own = None if works_everywhere(self.user) else missions_for(self.user, data["market"]).first()
        return Campaign.objects.start(
            by=self.user,
            name=data["name"],
            market=data["market"],
            mission=data["mission"] or own,
            product=data["product"] or None,
            collection=data["collection"],
        )
