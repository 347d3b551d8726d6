"""What may be sent to a thread: messages, answers, reasons, cleaned as the forms of the pages clean them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from accounts.http import signed_in
from inquiries import attachments
from inquiries.models import Attached, DeclineReason, Enquiry, MessageKind, RefusalReason, ReportReason, Said, Side
from inquiries.models.ending import LONGEST_WHY
from inquiries.models.message import LONGEST_TEXT, MOST_ATTACHMENTS
from kit.api_fields import StrictSerializer
from kit.languages import CONTENT_LANGUAGES, content_key
from kit.money import CURRENCY_CHOICES
from kit.text import clean_text

ANSWERS: Final = [
    (kind.value, kind.label)
    for kind in (MessageKind.TEXT, MessageKind.ASK_QUANTITY, MessageKind.ASK_DETAILS, MessageKind.SAMPLE_TERMS)
]
FORM: Final = "multipart/form-data"
TWO_FILES: Final = ["@drawing.pdf", "@sandal.jpg"]
SAMPLE_TERMS: Final = ("sample_price", "sample_currency", "sample_days")


class WrittenField(serializers.CharField):
    """Some lines of text; hidden characters are taken out."""

    def to_internal_value(self, data: Any) -> str:
        text = clean_text(super().to_internal_value(data))
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class FilesField(serializers.ListField):
    """None to MOST_ATTACHMENTS files."""

    child = serializers.FileField()

    def to_internal_value(self, data: Any) -> list[UploadedFile[bytes]]:
        if isinstance(data, list) and len(data) > MOST_ATTACHMENTS:
            raise serializers.ValidationError(_("At most %(most)d files at a time.") % {"most": MOST_ATTACHMENTS})
        files: list[UploadedFile[bytes]] = super().to_internal_value(data)
        return files


class WithFilesSerializer(serializers.Serializer[Any]):
    """What comes as a form, with files."""

    attachments = FilesField(
        required=False, help_text="At most 5: PDF, or pictures (JPEG, PNG, WebP); 10 MB at most each"
    )


class SeenSerializer(StrictSerializer):
    """What its writer had before them."""

    seen = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**63 - 1,
        help_text="`newest_message` as you read it: refused as `enquiry_moved` when somebody wrote since",
    )


class WordsSerializer(SeenSerializer):
    """A text that may be left out, and its language."""

    text = WrittenField(max_length=LONGEST_TEXT, required=False, allow_blank=True, default="", help_text="As written")
    language = serializers.ChoiceField(
        choices=CONTENT_LANGUAGES, required=False, help_text="Of the text; else that of the request"
    )

    @property
    def files(self) -> list[UploadedFile[bytes]]:
        """What came with it."""
        return list(self.validated_data.get("attachments", []))

    def said(self, **coded: Any) -> Said:
        """What was written, with what it says in code."""
        told = self.validated_data
        return Said(text=told["text"], language=told.get("language") or content_key(), **coded)


@extend_schema_serializer(
    examples=[
        OpenApiExample("From the importer", {"text": "¿Y en talla 46?", "language": "es"}, request_only=True),
        OpenApiExample("From a mission", {"text": "Mohon dijawab.", "to": "producer"}, request_only=True),
    ]
)
class WriteMessageSerializer(WordsSerializer):
    """A further message."""

    text = WrittenField(max_length=LONGEST_TEXT, help_text="As written")
    to = serializers.ChoiceField(
        choices=[Side.PRODUCER.value, Side.IMPORTER.value],
        required=False,
        allow_blank=True,
        help_text="From a mission to one side alone; a question to the importer stops the producer's clock",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With two files", {"text": "Lo que buscamos.", "language": "es", "attachments": TWO_FILES},
            request_only=True, media_type=FORM,
        )
    ]
)  # fmt: skip
class WriteFilesSerializer(WriteMessageSerializer, WithFilesSerializer):
    """A further message with files."""


@extend_schema_serializer(
    examples=[
        OpenApiExample("Terms for samples", {
            "kind": "sample_terms", "sample_price": "25.00", "sample_currency": "USD", "sample_days": 7, "seen": 91,
        }, request_only=True),
        OpenApiExample("In words", {"kind": "text", "text": "Terima kasih.", "language": "id"}, request_only=True),
    ]
)  # fmt: skip
class AnswerSerializer(WordsSerializer):
    """The producer's answer: a kind that the importer reads in their own language, and words if there are any."""

    kind = serializers.ChoiceField(choices=ANSWERS)
    sample_price = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal(0), required=False, allow_null=True, help_text="0: free"
    )
    sample_currency = serializers.ChoiceField(choices=list(CURRENCY_CHOICES), required=False)
    sample_days = serializers.IntegerField(min_value=1, max_value=365, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        is_about_samples, wrong = attrs["kind"] == MessageKind.SAMPLE_TERMS, {}
        if attrs["kind"] == MessageKind.TEXT and not attrs["text"]:
            wrong["text"] = [_("Please write your message.")]
        for name in SAMPLE_TERMS:
            if is_about_samples and attrs.get(name) is None:
                wrong[name] = [_("Terms for samples need this.")]
            elif not is_about_samples and attrs.get(name) is not None:
                wrong[name] = [_("This belongs to the terms for samples.")]
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs

    def said(self, **coded: Any) -> Said:
        told = self.validated_data
        terms = {name: told[name] for name in SAMPLE_TERMS if told.get(name) is not None}
        return super().said(kind=told["kind"], **terms, **coded)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With two files", {"kind": "text", "text": "Ini gambarnya.", "language": "id", "attachments": TWO_FILES},
            request_only=True, media_type=FORM,
        )
    ]
)  # fmt: skip
class AnswerFilesSerializer(AnswerSerializer, WithFilesSerializer):
    """The producer's answer with files."""


@extend_schema_serializer(
    examples=[OpenApiExample("Too few", {"reason": "quantity", "text": "Minimal 300 pasang."}, request_only=True)]
)
class RefuseEnquirySerializer(WordsSerializer):
    """Why the producer cannot supply: the importer reads the reason in their own language."""

    reason = serializers.ChoiceField(choices=RefusalReason.choices)

    def said(self, **coded: Any) -> Said:
        return super().said(kind=MessageKind.CANNOT_SUPPLY, reason=self.validated_data["reason"], **coded)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With a file", {"reason": "quantity", "text": "Daftar minimal.", "attachments": TWO_FILES[:1]},
            request_only=True, media_type=FORM,
        )
    ]
)  # fmt: skip
class RefuseFilesSerializer(RefuseEnquirySerializer, WithFilesSerializer):
    """Why the producer cannot supply, with files."""


@extend_schema_serializer(
    examples=[OpenApiExample("Too dear", {"reason": "price", "note": "Buscamos 6.20 USD."}, request_only=True)]
)
class DeclineQuotationSerializer(StrictSerializer):
    """Why the importer does not take it: the producer reads the reason in their own language."""

    reason = serializers.ChoiceField(choices=DeclineReason.choices)
    note = WrittenField(max_length=LONGEST_WHY, required=False, allow_blank=True, default="", help_text="As written")


@extend_schema_serializer(examples=[OpenApiExample("Found elsewhere", {"why": "Ya compramos."}, request_only=True)])
class WithdrawEnquirySerializer(StrictSerializer):
    """Why not any more; may be left out."""

    why = WrittenField(max_length=LONGEST_WHY, required=False, allow_blank=True, default="")


@extend_schema_serializer(examples=[OpenApiExample("Spam", {"why": "Advertising", "block": True}, request_only=True)])
class DiscardEnquirySerializer(StrictSerializer):
    """Why it is not passed on."""

    why = WrittenField(max_length=LONGEST_WHY, help_text="Kept in the history")
    block = serializers.BooleanField(
        required=False, default=False, help_text="Take no more enquiries from this importer, for any producer"
    )


@extend_schema_serializer(examples=[OpenApiExample("Spam", {"reason": "spam", "note": ""}, request_only=True)])
class ReportEnquirySerializer(StrictSerializer):
    """What is wrong with what the other side writes."""

    reason = serializers.ChoiceField(choices=ReportReason.choices)
    note = WrittenField(max_length=LONGEST_WHY, required=False, allow_blank=True, default="")


@extend_schema_serializer(examples=[OpenApiExample("Spam", {"why": "Hanya iklan."}, request_only=True)])
class BlockImporterSerializer(StrictSerializer):
    """Why; may be left out, and is for the producer and the staff."""

    why = WrittenField(max_length=LONGEST_WHY, required=False, allow_blank=True, default="")


def written(
    request: Request, enquiry: Enquiry, side: str, told: WordsSerializer, work: Callable[[Sequence[Attached]], Any]
) -> Callable[[], None]:
    """A message as it is to be written once, counted now: `work` gets the files that were kept, and none outlives its
    failure. Counts and limits are those of the pages. Raises TooMany; when it is called, ValidationError.
    """
    attachments.count_message(enquiry, side, told.files, by=signed_in(request.user))

    def write() -> None:
        try:
            with attachments.taken_in(enquiry, side, told.files) as kept:
                work(kept)
        except attachments.FileRefused as refusal:
            raise serializers.ValidationError({"attachments": [refusal.sentence]}) from refusal

    return write


def asked(kind: type[Any], request: Request) -> Any:
    """The body, found right by a serializer of this kind. Raises ValidationError."""
    found = kind(data=request.data)
    found.is_valid(raise_exception=True)
    return found
