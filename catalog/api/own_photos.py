"""Photos of one's products in the API: uploaded one by one; their order is part of the revision's content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import ratelimit
from accounts.http import signed_in
from accounts.models import User
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog import photos
from catalog.api.detail import PhotoSizeSerializer, photo_sizes
from catalog.api.listed import Told
from catalog.models import Photo, ProductRevision
from exporters.api import DeskViewSet
from kit.api_fields import page_of
from kit.api_json import StrictMultiPartParser
from kit.api_views import PAGING, page_answer
from kit.keyset import Keyset
from kit.uploads import UploadRefused

NEWEST_FIRST = Keyset("my photos", [("pk", "desc")])


class PhotoUploadSerializer(serializers.Serializer[Any]):
    """A picture for a revision: JPEG, PNG or WebP, at most 15 MB and 52 megapixels."""

    revision = serializers.IntegerField(min_value=1, max_value=2**62)
    file = serializers.FileField()


class OwnPhotoSerializer(serializers.Serializer[Any]):
    """A photo as it was made anew; nothing that was sent is served."""

    photo = serializers.UUIDField(help_text="Its key, for `photos` of a revision")
    width = serializers.IntegerField(help_text="px, as uploaded, upright")
    height = serializers.IntegerField(help_text="px")
    producer = serializers.IntegerField()
    uploaded_at = serializers.DateTimeField()
    sizes = PhotoSizeSerializer(many=True)


class UploadedPhotoSerializer(OwnPhotoSerializer):
    """A photo and where it was placed: at the end of the revision."""

    revision = serializers.IntegerField()
    position = serializers.IntegerField()
    version = serializers.IntegerField(help_text="The revision's version now")


class OwnPhotoViewSet(DeskViewSet):
    """Photos of one's producers."""

    parser_classes = [StrictMultiPartParser]
    parameters: ClassVar = {"list": PAGING, "create": (KEY_PARAMETER,)}

    @extend_schema(summary="My photos", responses=page_of(OwnPhotoSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = Photo.objects.editable_by(request.user)
        return page_answer(request, NEWEST_FIRST, rows, lambda page: [_told(photo) for photo in page])

    @extend_schema(summary="Upload a photo", request=PhotoUploadSerializer, responses={201: UploadedPhotoSerializer})
    def create(self, request: Request) -> Response:
        """Checked, made anew in its sizes, and placed at the end of the revision; metadata are dropped."""
        asked = PhotoUploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user, file = signed_in(request.user), asked.validated_data["file"]
        rows = ProductRevision.objects.editable_by(user).select_related("product")
        revision = rows.filter(pk=asked.validated_data["revision"]).first()
        if revision is None:
            raise ValidationError({"revision": [_("There is nothing here, or it is not yours to see.")]})
        ratelimit.hit("upload", f"producer:{revision.product.producer_id}")
        return answer_once(request, lambda: _add(revision, file, user))


def _add(revision: ProductRevision, file: UploadedFile[bytes], user: User) -> Told:
    name = photos.shown_name(file.name)
    try:
        placed = photos.add_photo(revision, file, by=user)
    except UploadRefused as refusal:
        raise ValidationError({"file": [refusal.sentence(name)]}) from refusal
    except photos.PhotoRefused as refusal:
        raise ValidationError({"file": [str(refusal.message)]}) from refusal
    version = ProductRevision.objects.values_list("version", flat=True).get(pk=revision.pk)
    return _told(placed.photo) | {"revision": revision.pk, "position": placed.position, "version": version}


def _told(photo: Photo) -> Told:
    return {
        "photo": str(photo.key),
        "width": photo.width,
        "height": photo.height,
        "producer": photo.producer_id,
        "uploaded_at": photo.uploaded_at,
        "sizes": photo_sizes(photo),
    }
