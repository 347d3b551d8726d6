"""JSON that people send to the API: bounded in size, depth and numbers, and nothing that PostgreSQL cannot keep.

The stock parser takes NaN, lone surrogates and NUL, and fails on deep nesting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any, Final, NoReturn

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser

from kit.text import composed, has_hidden

MAX_BYTES: Final = 2_621_440
MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 30
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS: Final = re.compile(r"[\[\]{}]")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class TooLarge(APIException):
    """A body above the limit."""

    status_code = 413
    default_code = "too_large"
    default_detail = gettext_lazy("The body is too large.")


class StrictJSONParser(JSONParser):
    """Reads JSON with decimal numbers as Decimal. Raises ParseError, TooLarge."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise TooLarge(_("The body is larger than %(limit)d bytes.") % {"limit": MAX_BYTES})
        return read_json(body)


class StrictMultiPartParser(MultiPartParser):
    """Reads files with their fields, whose texts are held to what JSON's are. Raises ParseError."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        parsed = super().parse(stream, media_type, parser_context)
        said = QueryDict(mutable=True, encoding=parsed.data.encoding)
        for name, texts in parsed.data.lists():
            _refuse_unstorable([name, *texts])
            said.setlist(name, _normal(texts))
        return DataAndFiles(said, parsed.files)


def read_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises ParseError."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not UTF-8.")) from error
    _refuse_depth(text)
    try:
        value = json.loads(text, parse_int=_integer, parse_float=_decimal, parse_constant=_refuse_constant)
    except ValueError as error:
        raise ParseError(_("The body is not JSON.")) from error
    _refuse_unstorable(value)
    return _normal(value)


def _refuse_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise ParseError(_("The body is nested deeper than %(limit)d levels.") % {"limit": MAX_DEPTH})


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ParseError(_("A number has more than %(limit)d digits.") % {"limit": MAX_DIGITS})
    return int(digits)


def _decimal(digits: str) -> Decimal:
    number = Decimal(digits) if len(digits) <= MAX_DIGITS else None
    if number is None or abs(number.adjusted()) > MAX_DIGITS:
        raise ParseError(_("A number has more than %(limit)d digits.") % {"limit": MAX_DIGITS})
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(_("“%(name)s” is not a number.") % {"name": name})


def _normal(value: Any) -> Any:
    """Every text in Unicode's NFC, as forms do it, so that equal words are equal."""
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, dict):
        return {_normal(key): _normal(inner) for key, inner in value.items()}
    return [_normal(inner) for inner in value] if isinstance(value, list) else value


def _refuse_unstorable(value: Any) -> None:
    """Refuse NUL, lone surrogates and what cannot be seen, in keys too."""
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise ParseError(_("A text contains characters that cannot be stored."))
        if has_hidden(value):
            raise ParseError(_("This text contains invisible characters. Please type it anew."))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _refuse_unstorable(key)
            _refuse_unstorable(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_unstorable(inner)
