"""Words about buying requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import Viewer
from inquiries.models.buying_request_state import STAFF_STATES, RequestState
from kit.database_clock import UtcToday
from markets.models import Market
from markets.scope import works_everywhere

if TYPE_CHECKING:
    from inquiries.models.buying_request import BuyingRequest  # noqa: F401  named in the text below


class BuyingRequestQuerySet(models.QuerySet["BuyingRequest"]):
    """Whose request it is, who decides about it, and how it stands."""

    def owned_by(self, user: Viewer) -> BuyingRequestQuerySet:
        """Those of the user's own company; none for a visitor."""
        return self.none() if user.is_anonymous else self.filter(importer__user=user)

    def decided_by_staff(self, user: Viewer) -> BuyingRequestQuerySet:
        """Those that `user` decides about: of the countries that their missions cover, for the ministry all.

        A country that is none of our markets is the ministry's alone. The power is asked elsewhere.
        """
        handed_in = self.filter(state__in=STAFF_STATES)
        if works_everywhere(user):
            return handed_in
        return handed_in.filter(country__in=Market.objects.covered_by(user).order_by().values("pk"))

    def waiting(self) -> BuyingRequestQuerySet:
        """Handed in, and nobody has decided yet."""
        return self.filter(state=RequestState.SUBMITTED)

    def open(self) -> BuyingRequestQuerySet:
        """Approved, and neither closed nor past the deadline as the clock last saw it."""
        return self.filter(state=RequestState.OPEN)

    def overdue(self) -> BuyingRequestQuerySet:
        """Past their deadline (UTC day of the database), and not ended yet."""
        return self.filter(state__in=(RequestState.SUBMITTED, RequestState.OPEN), deadline__lt=UtcToday())

    def for_list(self) -> BuyingRequestQuerySet:
        """With what a row shows."""
        return self.select_related("importer", "commodity", "unit")
