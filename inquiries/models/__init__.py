"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.importer import Importer

__all__ = ["Importer"]
