"""Many rows for programs, as JSON lines: one object a line, written while it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils import translation
from rest_framework.utils.encoders import JSONEncoder

ROWS_AT_ONCE: Final = 200


def json_line(row: Mapping[str, Any]) -> str:
    """One row on its line: decimals as text, times in ISO 8601."""
    return json.dumps(row, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":")) + "\n"


def json_lines_response(name: str, rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A download `<name>.jsonl` in the language of now. `name` is ours, never a person's."""
    language, pending = translation.get_language(), iter(rows)

    def lines() -> Iterator[str]:
        while True:
            with translation.override(language):  # the request's own is over by now
                text = "".join(json_line(row) for row in islice(pending, ROWS_AT_ONCE))
            if not text:
                return
            yield text

    answer = StreamingHttpResponse(lines(), content_type="application/x-ndjson; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.jsonl"'
    answer["Cache-Control"] = "no-store"
    return answer
