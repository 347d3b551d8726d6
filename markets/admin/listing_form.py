"""What a mission decides about one product in its market: the form of the page and the words that follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from kit.text import clean_text
from kit.translated_forms import TranslatedFormField
from markets.models import MISSIONS_REASONS, MarketListing
from markets.models.listing_state import LAST_RANK, LONGEST_NOTE

DONE = {
    "list": gettext_lazy("“%(product)s” is now offered in %(market)s."),
    "decline": gettext_lazy("“%(product)s” is not offered in %(market)s."),
    "withdraw": gettext_lazy("“%(product)s” is no longer offered in %(market)s."),
    "propose": gettext_lazy("The producer of “%(product)s” was asked about %(market)s."),
    "promote": gettext_lazy("The promotion of “%(product)s” in %(market)s was set."),
    "rank": gettext_lazy("“%(product)s” has its new rank in %(market)s."),
    "reword": gettext_lazy("The pitch of “%(product)s” in %(market)s was saved."),
}
STAYS = ("promote", "rank", "reword")  # it is offered after them as before: back to that tab


class ListingForm(forms.Form):
    """What a mission may say about a product in a market; which fields count depends on the button."""

    pitch = TranslatedFormField(
        label=gettext_lazy("Pitch: why buyers of this market want it"), max_length=400, rows=3, required=False
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Rank"),
        help_text=gettext_lazy("1 comes first. Empty: at the end."),
        min_value=1,
        max_value=LAST_RANK,
        required=False,
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note to the producer"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = forms.DateField(
        label=gettext_lazy("Promoted until"),
        help_text=gettext_lazy("Empty: no promotion. At most 180 days, at most 12 products a market."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, decision: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.fields["reason"].choices = [("", _("Choose a reason")), *MISSIONS_REASONS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.decision == "decline" and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        if self.decision == "rank" and not cleaned.get("rank") and "rank" not in self.errors:
            self.add_error("rank", _("Give a whole number from 1."))
        return cleaned

    def decide(self, listing: MarketListing, *, by: User) -> None:
        """Call the verb of the button. Raises what the verbs raise."""
        said = self.cleaned_data
        note = clean_text(said["note"])
        if self.decision == "list":
            listing.list(by=by, pitch=said["pitch"], rank=said["rank"])
        elif self.decision == "decline":
            listing.decline(by=by, reason=said["reason"], note=note)
        elif self.decision == "withdraw":
            listing.withdraw(by=by, why=note)
        elif self.decision == "propose":
            listing.propose(by=by, pitch=said["pitch"])
        elif self.decision == "promote":
            listing.promote(by=by, until=said["until"])
        elif self.decision == "rank":
            listing.rank_at(said["rank"], by=by)
        elif self.decision == "reword":
            listing.reword(by=by, pitch=said["pitch"])
