"""Which importers and enquiries staff work on. Scope is the second check: the page asks for the power first (403).

The sides' own words are on the queryset: `sent_by` (importer) and `addressed_to` (producer's members).
"""

from __future__ import annotations

from accounts.models import Viewer
from inquiries.models import BuyingRequest, Enquiry, Importer, Match, Quotation
from inquiries.models.buying_request_words import BuyingRequestQuerySet
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.models.importer_words import ImporterQuerySet
from inquiries.models.quotation import QuotationQuerySet
from markets.models import Market
from markets.scope import markets_to_decide, works_everywhere

POWER = "inquiries.oversee_enquiry"
DECIDES_REQUESTS = "inquiries.decide_request"


def enquiries_seen_by(user: Viewer) -> EnquiryQuerySet:
    """Enquiries from the markets of `user`; those from elsewhere are the ministry's."""
    if works_everywhere(user):
        return Enquiry.objects.all()
    return Enquiry.objects.filter(market__in=markets_to_decide(user))


def quotations_read_by(user: Viewer) -> QuotationQuerySet:
    """Quotations of the threads that `user` has a side in, or oversees."""
    threads = Enquiry.objects.sent_by(user) | Enquiry.objects.addressed_to(user)
    if user.has_perm(POWER):
        threads = threads | enquiries_seen_by(user)
    return Quotation.objects.filter(enquiry__in=threads.values("pk"))


def requests_read_by(user: Viewer) -> BuyingRequestQuerySet:
    """Buying requests of one's own company, those that one's producers were invited to answer, and for staff those
    that they decide about.
    """
    invited = Match.objects.answered_by(user).values("request")
    rows = BuyingRequest.objects.owned_by(user) | BuyingRequest.objects.filter(pk__in=invited)
    return rows | BuyingRequest.objects.decided_by_staff(user) if user.has_perm(DECIDES_REQUESTS) else rows


def importers_seen_by(user: Viewer) -> ImporterQuerySet:
    """Importers of the markets that a mission of `user` covers; the ministry sees all, those elsewhere too."""
    rows = Importer.objects.current()
    return rows if works_everywhere(user) else rows.filter(country__in=Market.objects.covered_by(user).values("pk"))
