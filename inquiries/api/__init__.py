"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.basket import OwnBasketLineViewSet, OwnBasketViewSet
from inquiries.api.enquiries import EnquiryViewSet
from inquiries.api.enquiry_reports import EnquiryReportViewSet
from inquiries.api.own_enquiries import OwnEnquiryViewSet
from inquiries.api.quotations import QuotationViewSet

__all__ = [
    "EnquiryReportViewSet",
    "EnquiryViewSet",
    "OwnBasketLineViewSet",
    "OwnBasketViewSet",
    "OwnEnquiryViewSet",
    "QuotationViewSet",
]
