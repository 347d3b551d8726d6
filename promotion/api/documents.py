"""Documents in the API: asking for a catalogue or a price list, watching it being made, fetching it."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope, User
from accounts.permissions import HasPower
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from kit.api_fields import StrictSerializer, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES
from markets.scope import markets_to_decide
from promotion import document_files
from promotion.api.sent import asked, key_of, refuse_wrong
from promotion.document_form import DocumentForm
from promotion.making import ask_for_making
from promotion.models import Document, DocumentKind, DocumentState
from promotion.models.document import PER_PAGE
from promotion.scope import campaigns_of, collections_to_print, documents_of

ORDERS: Final = {
    "newest": Keyset("documents", [("pk", "desc")]),
    "oldest": Keyset("documents", [("pk", "asc")]),
    "ending": Keyset("documents", [("expires_at", "asc"), ("pk", "asc")]),
}
CATALOGUE: Final = {"kind": "market_catalogue", "market": "CL", "language": "es", "per_page": 2}
PRICES: Final = {"kind": "price_list", "market": "CL", "language": "es"}
OF_COLLECTION: Final = {"kind": "collection", "collection": "sandals-for-the-summer", "language": "es", "per_page": 4}


class DocumentSerializer(serializers.Serializer[Any]):
    """A document, and how far it is."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    market = serializers.CharField(source="market_id", allow_null=True, help_text="null: of a collection")
    collection = serializers.CharField(source="collection.slug", default=None, allow_null=True)
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    per_page = serializers.IntegerField(help_text="Products a page of a catalogue")
    campaign = serializers.CharField(source="campaign.code", default=None, allow_null=True)
    state = serializers.ChoiceField(choices=DocumentState.choices)
    percent = serializers.IntegerField(help_text="How far it is")
    products = serializers.IntegerField(source="total")
    products_done = serializers.IntegerField(source="done")
    pages = serializers.IntegerField(help_text="0 until it is ready")
    bytes = serializers.IntegerField(source="file_bytes", help_text="0 until it is ready")
    as_of = serializers.DateField(allow_null=True, help_text="The day of its facts; null until it is begun")
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(help_text="Deleted then")
    download_url = serializers.SerializerMethodField(
        allow_null=True,
        help_text="For a browser in which you are logged in: yours, and good for an hour; null unless ready. Programs "
        "fetch `documents/<id>/file/` with their token",
    )

    def get_download_url(self, document: Document) -> str | None:
        if document.state != DocumentState.READY:
            return None
        reader: User = self.context["reader"]
        request: Request = self.context["request"]
        return request.build_absolute_uri(document_files.download_url(document, reader))


@extend_schema_serializer(
    examples=[
        OpenApiExample("Catalogue of a market", CATALOGUE, request_only=True),
        OpenApiExample("Price list", PRICES, request_only=True),
        OpenApiExample("Catalogue of a collection", OF_COLLECTION, request_only=True),
    ]
)
class AskDocumentSerializer(StrictSerializer):
    """Of a market, or with the kind `collection` of a collection."""

    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    market = serializers.CharField(
        max_length=2, required=False, allow_null=True, help_text="ISO 3166-1 alpha-2; one of your markets"
    )
    collection = serializers.CharField(
        max_length=200, required=False, allow_null=True, help_text="Slug of one that you may edit; drafts too"
    )
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    per_page = serializers.ChoiceField(choices=PER_PAGE, required=False, help_text="Of a catalogue; else 2")
    campaign = serializers.CharField(
        max_length=16,
        required=False,
        allow_null=True,
        help_text="Code of a running one of the whole market, or of the collection: goes into the QR codes",
    )


class DocumentViewSet(ApiViewSet):
    """Documents about one's own markets and collections."""

    permission_classes = [HasPower]
    power: ClassVar = "promotion.make_document"
    scope: ClassVar[str | None] = Scope.MARKETS_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("market", description="ISO 3166-1 alpha-2; one of your markets"),
            query("kind", str, enum=DocumentKind.values),
            query("state", str, enum=DocumentState.values),
            query("language", str, enum=list(CONTENT_LANGUAGES)),
            query("mine", str, enum=["true"], description="Only what you asked for yourself"),
            query("sort", str, enum=list(ORDERS), description="Else the newest first; `ending`: deleted soonest."),
            *PAGING,
        ),
        "create": (KEY_PARAMETER,),
        "again": (KEY_PARAMETER,),
    }

    @extend_schema(summary="Documents", responses=page_of(DocumentSerializer))
    def list(self, request: Request) -> Response:
        """Whoever asked for them; they are kept for seven days."""
        rows = self._in_scope(request)
        if market := one_of(request, "market", markets_to_decide(request.user).values_list("pk", flat=True)):
            rows = rows.filter(market=market)
        if kind := one_of(request, "kind", DocumentKind.values):
            rows = rows.filter(kind=kind)
        if state := one_of(request, "state", DocumentState.values):
            rows = rows.filter(state=state)
        if language := one_of(request, "language", CONTENT_LANGUAGES):
            rows = rows.filter(language=language)
        if one_of(request, "mine", ["true"]):
            rows = rows.filter(made_by=signed_in(request.user))
        order = ORDERS[one_of(request, "sort", ORDERS) or "newest"]
        return page_answer(request, order, rows, lambda page: [self._told(one) for one in page])

    @extend_schema(summary="One document", responses=DocumentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """How far it is; ask again every few seconds until `state` is `ready` or `failed`."""
        return Response(self._told(self._get(request, pk)))

    @extend_schema(summary="Ask for a document", request=AskDocumentSerializer, responses={201: DocumentSerializer})
    def create(self, request: Request) -> Response:
        """It is made in the background. The same again while it is being made is the same document. Refused as
        `nothing_offered`, `collection_empty` or `documents_waiting`."""
        user, said = signed_in(request.user), asked(AskDocumentSerializer, request)
        sent = {
            **said,
            "market": (said.get("market") or "").upper(),
            "collection": key_of(collections_to_print(user), "slug", said.get("collection")),
            "campaign": key_of(campaigns_of(user), "code", (said.get("campaign") or "").upper()),
            "per_page": said.get("per_page", 2),
        }

        def ask() -> Told:
            form = DocumentForm(sent, user=user)
            refuse_wrong(form)
            document = form.ask()
            ask_for_making()
            return self._told(document)

        return answer_once(request, ask)

    @extend_schema(summary="Make a failed document again", request=None, responses={200: DocumentSerializer})
    def again(self, request: Request, pk: str) -> Response:
        """From its beginning."""

        def ask_again() -> Told:
            document = self._get(request, pk)
            document.ask_again(by=signed_in(request.user))
            ask_for_making()
            return self._told(document)

        return answer_once(request, ask_again, status=200)

    @extend_schema(summary="The file of a document", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The PDF; 404 until it is ready. Each download is in the audit trail."""
        document = get_object_or_404(self._in_scope(request).filter(state=DocumentState.READY), pk=int(pk))
        return document_files.download(document, by=signed_in(request.user))

    def _in_scope(self, request: Request) -> QuerySet[Document]:
        return documents_of(request.user).select_related("collection", "campaign")

    def _get(self, request: Request, pk: str) -> Document:
        return get_object_or_404(self._in_scope(request), pk=int(pk))

    def _told(self, document: Document) -> Told:
        context = {"reader": signed_in(self.request.user), "request": self.request}
        return dict(DocumentSerializer(document, context=context).data)
