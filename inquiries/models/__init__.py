"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.importer import Importer
from inquiries.models.importer_note import ImporterNote

__all__ = ["Importer", "ImporterNote"]
