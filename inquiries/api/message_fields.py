"""How a message of a thread is told in the API, with its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from catalog.api.listed import Told
from inquiries.models import EnquiryAttachment, EnquiryMessage, MessageKind, RefusalReason, Side
from kit.languages import CONTENT_LANGUAGES

A_MESSAGE: Final = {
    "id": 91, "side": "producer", "reader": "", "kind": "sample_terms", "kind_text": "Terms for samples",
    "text": "Dua pasang per model.", "language": "id", "reason": "", "reason_text": "", "sample_price": "25.00",
    "sample_currency": "USD", "sample_days": 7, "quotation": None, "written_at": "2026-11-27T02:10:00Z",
    "attachments": [],
}  # fmt: skip


class AttachmentSerializer(serializers.Serializer[Any]):
    """A file of a message."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    kind = serializers.CharField(source="file_kind", help_text="pdf or picture")
    bytes = serializers.IntegerField(source="file_bytes")
    url = serializers.SerializerMethodField(help_text="To be fetched with the same token")

    def get_url(self, attachment: EnquiryAttachment) -> str:
        return f"{settings.SITE_URL}{reverse('api:enquiry-attachment-detail', kwargs={'pk': attachment.pk})}"


@extend_schema_serializer(examples=[OpenApiExample("Terms for samples", A_MESSAGE, response_only=True)])
class EnquiryMessageSerializer(serializers.Serializer[Any]):
    """What somebody wrote: codes to be read in one's own language, and the text as written, with its language."""

    id = serializers.IntegerField(source="pk")
    side = serializers.ChoiceField(choices=Side.choices, help_text="Who wrote it")
    reader = serializers.CharField(allow_blank=True, help_text="The only side that reads it, beside a mission")
    kind = serializers.ChoiceField(choices=MessageKind.choices)
    kind_text = serializers.CharField(source="get_kind_display", help_text="In the reader's language")
    text = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES, help_text="Of the text")
    reason = serializers.ChoiceField(choices=RefusalReason.choices, allow_blank=True)
    reason_text = serializers.CharField(
        source="get_reason_display", allow_blank=True, help_text="In the reader's language"
    )
    sample_price = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    sample_currency = serializers.CharField(allow_blank=True)
    sample_days = serializers.IntegerField(allow_null=True, help_text="Until they are sent")
    quotation = serializers.IntegerField(source="quotation_id", allow_null=True, help_text="Its id")
    written_at = serializers.DateTimeField()
    attachments = AttachmentSerializer(many=True)


def messages_told(messages: Iterable[EnquiryMessage]) -> list[Told]:
    """Messages as EnquiryMessageSerializer describes them."""
    return [dict(EnquiryMessageSerializer(one).data) for one in messages]
