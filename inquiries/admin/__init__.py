"""The staff's screens about importers and what they ask for, a file per subject."""

from inquiries.admin import importers

__all__ = ["importers"]
