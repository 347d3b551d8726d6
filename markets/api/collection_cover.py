"""The cover of a collection in the API: uploaded by its curators, or taken out again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from catalog.photos import shown_name
from kit.api_json import StrictJSONParser, StrictMultiPartParser
from kit.api_views import ApiViewSet, in_path
from kit.uploads import UploadRefused
from markets.api.collection_fields import CollectionSerializer, collection_told
from markets.collection_covers import count_try, upload_cover
from markets.collection_showing import with_faces
from markets.models import Collection


class CoverSerializer(serializers.Serializer[Any]):
    """A picture: JPEG, PNG or WebP, at most 15 MB and 52 megapixels."""

    file = serializers.FileField()


class CollectionCoverViewSet(ApiViewSet):
    """The uploaded cover of a collection that one curates."""

    permission_classes = [HasPower]
    power: ClassVar = "markets.curate_collection"
    scope: ClassVar[str | None] = Scope.MARKETS_WRITE
    parser_classes = [StrictMultiPartParser]
    path_parameters = (in_path("slug"),)
    parameters: ClassVar = {"create": (KEY_PARAMETER,), "destroy": (KEY_PARAMETER,)}

    def get_parsers(self) -> list[Any]:
        """Only the upload is a form."""
        is_upload = self.request is None or self.request.method == "POST"  # None: it is being described
        return super().get_parsers() if is_upload else [StrictJSONParser()]

    @extend_schema(summary="Upload a cover", request=CoverSerializer, responses={200: CollectionSerializer})
    def create(self, request: Request, slug: str) -> Response:
        """Checked, made anew in its sizes, and shown in place of the photo that was chosen; metadata are dropped."""
        collection, asked = self._get(request, slug), CoverSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        file: UploadedFile[bytes] = asked.validated_data["file"]
        count_try(signed_in(request.user))

        def upload() -> Told:
            try:
                upload_cover(collection, file, by=signed_in(request.user))
            except UploadRefused as refusal:
                raise ValidationError({"file": [refusal.sentence(shown_name(file.name))]}) from refusal
            return self._read(collection)

        return answer_once(request, upload, status=200)

    @extend_schema(summary="Take the uploaded cover out", request=None, responses={200: CollectionSerializer})
    def destroy(self, request: Request, slug: str) -> Response:
        """The photo that was chosen is shown again, else those of the first products."""

        def remove() -> Told:
            collection = self._get(request, slug)
            collection.change_cover(None, by=signed_in(request.user))
            return self._read(collection)

        return answer_once(request, remove, status=200)

    def _get(self, request: Request, slug: str) -> Collection:
        return get_object_or_404(Collection.objects.editable_by(request.user), slug=slug)

    def _read(self, collection: Collection) -> Told:
        return collection_told(with_faces(Collection.objects.filter(pk=collection.pk)).get(), is_curator=True)
