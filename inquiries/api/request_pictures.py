"""The pictures of buying requests in the API."""

from __future__ import annotations

from typing import ClassVar, Final

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.models import Scope
from accounts.permissions import HasScope
from inquiries.request_pictures import SIZES, picture_file
from inquiries.scope import requests_read_by
from kit.api_views import ApiViewSet, in_path, one_of, query

WEBP: Final = {(200, "image/webp"): OpenApiTypes.BINARY}


class RequestPictureViewSet(ApiViewSet):
    """Pictures of the buying requests that one may read."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int, "Of the buying request"),)
    parameters: ClassVar = {
        "file": (query("size", str, enum=SIZES, description="Its longer side in px; else the largest"),)
    }

    @extend_schema(summary="The picture of a buying request", responses=WEBP)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """For its importer, the producers that are invited, and the staff who decide; made anew from what was sent."""
        size = one_of(request, "size", SIZES) or SIZES[-1]
        return picture_file(get_object_or_404(requests_read_by(request.user), pk=int(pk)), size)
