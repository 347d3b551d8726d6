"""Log lines as JSON, one a line, with the request's id."""

from __future__ import annotations

import json
import logging

from kit.tracing import current_request


class JsonFormatter(logging.Formatter):
    """{"at", "level", "logger", "message", "request_id"[, "error"]}; line breaks are escaped by JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": current_request.get().request_id,
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
