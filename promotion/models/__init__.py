"""The tables about promotion; one file per entity."""

from promotion.models.campaign import Campaign, CampaignDay, CampaignState
from promotion.models.document import Document, DocumentKind, DocumentState
from promotion.models.share_text import ShareText
from promotion.models.sheet import KeptSheet

__all__ = [
    "Campaign",
    "CampaignDay",
    "CampaignState",
    "Document",
    "DocumentKind",
    "DocumentState",
    "KeptSheet",
    "ShareText",
]
