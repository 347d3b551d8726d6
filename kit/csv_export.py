"""Tables for spreadsheets, as CSV: no cell that a person typed becomes a formula there.

UTF-8 with a byte order mark (or Excel guesses another encoding), commas, CRLF. Text that a spreadsheet could run gets
an apostrophe before it, also behind a semicolon or a tab, where a spreadsheet of another region would cut the line.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Final

from django.http import StreamingHttpResponse
from django.utils import timezone, translation

ROWS_AT_ONCE: Final = 200
_LINES: Final = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_FORMULA: Final = re.compile(r"(^|[;\t])(?=\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20])")


def cell(value: object) -> str:
    """A value as a spreadsheet may read it: numbers as they are, times in ISO 8601 and in the reader's zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return plain_text(str(value))


def plain_text(text: str) -> str:
    """The text on one line, with an apostrophe before whatever a spreadsheet would take for a formula."""
    guarded = _FORMULA.sub(r"\1'", _LINES.sub(" ", text))
    return f"'{guarded}" if guarded.startswith("\t") else guarded


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """These rows as lines of CSV, every cell quoted."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A download `<name>.csv`, written while it is read, in the language and the zone of now.

    `name` is ours, never a person's. Give an iterator of a queryset (`.iterator()`) when there are many rows.
    """
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def lines() -> Iterator[str]:
        yield "\ufeff"
        pending = chain([header], rows)
        while True:
            with translation.override(language), timezone.override(zone):  # the request's own are over by now
                text = csv_text(islice(pending, ROWS_AT_ONCE))
            if not text:
                return
            yield text

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
