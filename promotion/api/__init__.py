"""The API of promotion: campaigns, documents and what missions share; all of it for staff."""

from promotion.api.campaigns import CampaignViewSet
from promotion.api.documents import DocumentViewSet
from promotion.api.share import ShareKitViewSet

__all__ = ["CampaignViewSet", "DocumentViewSet", "ShareKitViewSet"]
