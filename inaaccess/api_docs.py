"""The API describes itself: the OpenAPI document, and a page to read and try it."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.permissions import Anybody
from kit.api_views import ApiView


class SchemaView(ApiView):
    """OpenAPI 3, as JSON or YAML."""

    permission_classes = [Anybody]
    scope: ClassVar[str | None] = None
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer]
    max_age = 3600

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The description in the reader's language."""
        return Response(description_of_api(translation.get_language()))


@cache
def description_of_api(language: str) -> dict[str, Any]:
    """The OpenAPI document; made once a process and language."""
    with translation.override(language):
        document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


class DocsView(SpectacularSwaggerSplitView):
    """The page to read and try the API; all its files are ours."""

    permission_classes = [Anybody]
    authentication_classes = []
    url_name = "api:schema"
