"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.attachments import EnquiryAttachmentViewSet
from inquiries.api.basket import OwnBasketLineViewSet, OwnBasketViewSet
from inquiries.api.enquiries import EnquiryViewSet
from inquiries.api.enquiry_reports import EnquiryReportViewSet
from inquiries.api.importers import ImporterViewSet, OwnImporterViewSet
from inquiries.api.own_enquiries import OwnEnquiryViewSet
from inquiries.api.quotations import QuotationViewSet
from inquiries.api.saved_products import OwnSavedProductViewSet
from inquiries.api.saved_searches import OwnSavedSearchViewSet

__all__ = [
    "EnquiryAttachmentViewSet",
    "EnquiryReportViewSet",
    "EnquiryViewSet",
    "ImporterViewSet",
    "OwnBasketLineViewSet",
    "OwnBasketViewSet",
    "OwnEnquiryViewSet",
    "OwnImporterViewSet",
    "OwnSavedProductViewSet",
    "OwnSavedSearchViewSet",
    "QuotationViewSet",
]
