"""The tables about promotion; one file per entity."""

from promotion.models.campaign import Campaign, CampaignDay
from promotion.models.sheet import KeptSheet

__all__ = ["Campaign", "CampaignDay", "KeptSheet"]
