"""The staff's screens about importers and what they ask for, a file per subject."""

from inquiries.admin import enquiries, importers

__all__ = ["enquiries", "importers"]
