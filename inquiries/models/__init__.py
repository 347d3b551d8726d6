"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.importer import Importer
from inquiries.models.saved_product import SavedProduct
from inquiries.models.saved_search import Frequency, SavedSearch

__all__ = ["Frequency", "Importer", "SavedProduct", "SavedSearch"]
