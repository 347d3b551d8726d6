"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.attachments import EnquiryAttachmentViewSet
from inquiries.api.basket import OwnBasketLineViewSet, OwnBasketViewSet
from inquiries.api.buying_requests import BuyingRequestViewSet
from inquiries.api.enquiries import EnquiryViewSet
from inquiries.api.enquiry_reports import EnquiryReportViewSet
from inquiries.api.importers import ImporterViewSet, OwnImporterViewSet
from inquiries.api.own_enquiries import OwnEnquiryViewSet
from inquiries.api.own_requests import OwnRequestViewSet
from inquiries.api.quotations import QuotationViewSet
from inquiries.api.request_pictures import RequestPictureViewSet
from inquiries.api.saved_products import OwnSavedProductViewSet
from inquiries.api.saved_searches import OwnSavedSearchViewSet
from inquiries.api.staff_requests import StaffRequestViewSet

__all__ = [
    "BuyingRequestViewSet",
    "EnquiryAttachmentViewSet",
    "EnquiryReportViewSet",
    "EnquiryViewSet",
    "ImporterViewSet",
    "OwnBasketLineViewSet",
    "OwnBasketViewSet",
    "OwnEnquiryViewSet",
    "OwnImporterViewSet",
    "OwnRequestViewSet",
    "OwnSavedProductViewSet",
    "OwnSavedSearchViewSet",
    "QuotationViewSet",
    "RequestPictureViewSet",
    "StaffRequestViewSet",
]
