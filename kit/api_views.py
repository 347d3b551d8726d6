"""What every view of the API does: the reader's language, known parameters only, pages by position, fresh or 304."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from kit.api_json import StrictMultiPartParser
from kit.keyset import Keyset
from kit.languages import INTERFACE_LANGUAGES

PAGE_SIZE: Final = 24
MOST_A_PAGE: Final = 100
LANG: Final = OpenApiParameter(
    "lang", str, enum=INTERFACE_LANGUAGES, description="Language of words for readers; else Accept-Language decides."
)
PAGING: Final = (
    OpenApiParameter("after", str, description="Position to go on from: taken from `next`, never made up."),
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": PAGE_SIZE}
    ),
)  # fmt: skip
Item = TypeVar("Item", bound=Model)


def with_files(plain: Any, files: Any) -> dict[str, Any]:
    """How the schema describes a body that is JSON, or a form with files."""
    return {"application/json": plain, "multipart/form-data": files}


def query(name: str, kind: Any = str, **more: Any) -> OpenApiParameter:
    """A parameter of the address."""
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, **more)


def in_path(name: str, kind: Any = str, description: str = "") -> OpenApiParameter:
    """A part of the path."""
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, required=True, description=description)


class ApiView(APIView):
    """The base of our views.

    `parameters`: action (or method in lower case) → what it takes beside `lang`. `max_age`: seconds for which a GET
    may be kept by caches; 0 for what is private.
    """

    parameters: ClassVar[Mapping[str, Sequence[OpenApiParameter]]] = {}
    path_parameters: ClassVar[Sequence[OpenApiParameter]] = ()
    max_age: ClassVar[int] = 0

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        translation.activate(wanted_language(request))
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self._refuse_unknown_parameters(request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.max_age and request.method in ("GET", "HEAD") and response.status_code == 200:
            is_public = getattr(request, "user", None) is not None and request.user.is_anonymous
            patch_cache_control(response, max_age=self.max_age, **{"public" if is_public else "private": True})
            plain = request._request
            response.add_post_render_callback(lambda rendered: _fresh_or_unchanged(plain, rendered))
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def parameters_of(self, action: str) -> list[OpenApiParameter]:
        """What the address may say to an action (or method), for the check and for the schema."""
        return [LANG, *self.parameters.get(action, ())]

    def _refuse_unknown_parameters(self, request: Request) -> None:
        known = {one.name for one in self.parameters_of(getattr(self, "action", None) or str(request.method).lower())}
        wrong = {name: [_("Unknown parameter.")] for name in request.query_params if name not in known}
        for name, values in request.query_params.lists():
            if any("\x00" in value for value in values):
                wrong[name] = [_("A text contains characters that cannot be stored.")]
        if "lang" not in wrong and request.query_params.get("lang", INTERFACE_LANGUAGES[0]) not in INTERFACE_LANGUAGES:
            wrong["lang"] = [_("Choose one of: %(values)s.") % {"values": ", ".join(INTERFACE_LANGUAGES)}]
        if wrong:
            raise ValidationError(wrong)


class ApiViewSet(ViewSetMixin, ApiView):
    """Several actions on one kind of thing. `takes_files`: those that read a form with files beside JSON."""

    takes_files: ClassVar[frozenset[str]] = frozenset()

    def get_parsers(self) -> list[BaseParser]:
        """As the class says, and for some actions forms. It is asked before the action is set."""
        asked = self.request.method if self.request is not None else None  # None: it is being described
        action = self.action_map.get(asked.lower()) if asked else getattr(self, "action", None)
        files = [StrictMultiPartParser()] if action in self.takes_files else []
        return [*super().get_parsers(), *files]


def wanted_language(request: HttpRequest) -> str:
    """The interface language that the address asks for, else the best of Accept-Language; cookies do not count."""
    asked = [request.GET.get("lang", "")]
    asked += [code for code, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))]
    for code in asked:
        for language in INTERFACE_LANGUAGES:
            if code and (code == language or code.split("-")[0] == language.split("-")[0]):
                return language
    return "en"


def page_size(request: Request) -> int:
    """How many a page: 1 to 100. Raises ValidationError."""
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST_A_PAGE:
        return int(text)
    raise ValidationError({"page_size": [_("A page has 1 to %(most)d rows.") % {"most": MOST_A_PAGE}]})


def one_of(request: Request, name: str, values: Iterable[str]) -> str:
    """The value of a parameter that must be one of `values`; "" when it is not given. Raises ValidationError."""
    value = request.query_params.get(name, "")
    if value and value not in (known := list(values)):
        raise ValidationError({name: [_("Choose one of: %(values)s.") % {"values": ", ".join(known)}]})
    return value


def whole_number(request: Request, name: str, *, most: int) -> int | None:
    """The value of a parameter from 0 to `most`; None when it is not given. Raises ValidationError."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most:
        return int(text)
    raise ValidationError({name: [_("Give a whole number from 0 to %(most)d.") % {"most": most}]})


def page_answer(
    request: Request, keyset: Keyset, rows: QuerySet[Item], write: Callable[[list[Item]], list[Any]]
) -> Response:
    """One page of rows as `write` tells them, and the address of the next. Raises BadCursor."""
    page = keyset.page(rows, request.query_params.get("after"), page_size(request))
    return Response({"results": write(page.items), "next": next_address(request, page.next_after)})


def next_address(request: Request, after: str | None) -> str | None:
    """This address at another position; None after the last page."""
    if after is None:
        return None
    asked = request._request.GET.copy()
    asked["after"] = after
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _fresh_or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """Name the content by its hash; answer 304 to whoever has it."""
    response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return None if found is response else found
