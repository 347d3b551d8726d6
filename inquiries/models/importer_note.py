"""What a mission writes down about an importer for itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from inquiries.models.importer import Importer
from markets.models.note import Note


class ImporterNote(Note):
    """A note about an importer, by the rules of all notes of missions (markets/models/note.py)."""

    ABOUT = "importer"

    importer = models.ForeignKey(
        Importer, on_delete=models.CASCADE, related_name="mission_notes", verbose_name=_("importer")
    )

    class Meta(Note.Meta):
        verbose_name = _("note on an importer")
        verbose_name_plural = _("notes on importers")
        indexes = [models.Index(fields=["mission", "importer"], name="inquiries_importernote_page")]
