"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.buying_requests import BuyingRequestViewSet
from inquiries.api.own_requests import OwnRequestViewSet
from inquiries.api.staff_requests import StaffRequestViewSet

__all__ = ["BuyingRequestViewSet", "OwnRequestViewSet", "StaffRequestViewSet"]
