"""Log lines as JSON, one a line, with the request's id, and without what nobody may read there."""

from __future__ import annotations

import json
import logging
import re
from typing import Final

from kit.tracing import current_request

HIDDEN: Final = "[hidden]"
_SECRETS: Final = re.compile(
    r"""(?ix)
    (?P<kept>
        (?:authorization["']?\s*[=:]\s*["']?)?\b(?:bearer|basic)\s+         # headers
        | (?:password|passwd|secret|otp|token|session(?:id|_key)?|csrf\w*|cookie|authorization|api[_-]?key)
          ["']?\s*[=:]\s*["']?                                            # named values
        | /account/password/reset/(?=[^/\s]+-) | /account/confirm/(?=[-:\w]{8}) | /invitations/(?=[-:\w]{8})  # links
        | /collections/preview/(?=[-:\w]{8}) | /letters/stop/(?=[-:\w]{8})
        | \w+://[^\s:/@]+:(?=[^\s/@]+@)                                   # addresses of services
    )
    [^\s"',;&/]+
    """
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ID_NUMBER: Final = re.compile(r"(?<![\w.])\d{13,22}(?![\w.])")  # NIB, NPWP, NIK
_LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def without_secrets(text: str) -> str:
    """The text without passwords, tokens, links that sign in, e-mail addresses and ID numbers."""
    text = _SECRETS.sub(lambda found: found["kept"] + HIDDEN, text)
    return _ID_NUMBER.sub(HIDDEN, _MAIL.sub(HIDDEN, text))


class JsonFormatter(logging.Formatter):
    """{"at", "level", "logger", "message", "request_id"[, "error"]}; line breaks of every kind are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            "request_id": current_request.get().request_id,
        }
        if record.exc_info:
            line["error"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS)
