"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.buying_request import BuyingRequest
from inquiries.models.importer import Importer
from inquiries.models.match import Match

__all__ = ["BuyingRequest", "Importer", "Match"]
