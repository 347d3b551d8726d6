"""The files of messages in the API."""

from __future__ import annotations

from typing import ClassVar

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasScope
from exporters.api import FILE
from inquiries import attachments
from kit.api_views import ApiViewSet, in_path


class EnquiryAttachmentViewSet(ApiViewSet):
    """Files of the messages that one may read."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int),)

    @extend_schema(summary="A file of a message", responses=FILE)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The private file; what staff download is in the audit trail."""
        files = attachments.readable_by(request.user).select_related("message__enquiry__importer")
        return attachments.download(get_object_or_404(files, pk=int(pk)), by=signed_in(request.user))
