"""The header Idempotency-Key: an API call that arrives twice has one effect and one answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import submissions
from accounts.http import signed_in

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 64
Verb = TypeVar("Verb", bound=Callable[..., Response])
KEY_PARAMETER: Final = OpenApiParameter(
    HEADER,
    {"type": "string", "maxLength": LONGEST},
    OpenApiParameter.HEADER,
    description="A key of your own for this call: sent again with the same body, it has no second effect.",
)


def answer_once(request: Request, work: Callable[[], Any], *, status: int = 201) -> Response:
    """Do `work`, which returns what is answered, unless this person sent this key to this address before.

    Raises submissions.OtherContent (422) for another body under the same key.
    """
    return _answer(request, lambda: Response(work(), status=status))


def done_once(verb: Verb) -> Verb:
    """Make an action of a viewset take the header: sent again with the same key, it gives its first answer again."""

    @wraps(verb)
    def answered(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _answer(request, lambda: verb(self, request, *args, **kwargs))

    answered.takes_key = True  # type: ignore[attr-defined]  # read by inaaccess.api_schema
    return answered  # type: ignore[return-value]


def _answer(request: Request, work: Callable[[], Response]) -> Response:
    key = request.headers.get(HEADER, "")
    if len(key) > LONGEST or not key.isprintable():
        raise ValidationError({HEADER: [_("At most %(limit)d printable characters.") % {"limit": LONGEST}]})
    match = request._request.resolver_match
    action = match.view_name if match else request.path

    def answer() -> submissions.Answer:
        done = work()
        return submissions.Answer(done.status_code, json.loads(JSONRenderer().render(done.data)))

    told = submissions.once(signed_in(request.user), action[:80], key, _body(request), answer)
    return Response(told.data, status=told.status)


def _body(request: Request) -> bytes:
    """The address and what was sent to it, files by their content."""
    told = {"path": request.path, "data": _plain(request.data)}
    return json.dumps(told, sort_keys=True, default=str).encode()


def _plain(data: Any) -> Any:
    if not hasattr(data, "lists"):
        return data
    return {name: [_file_or_text(value) for value in values] for name, values in data.lists()}


def _file_or_text(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.file_digest(value, "sha256").hexdigest()
    value.seek(0)
    return digest
