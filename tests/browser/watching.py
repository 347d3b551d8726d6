"""What a browser notices and a person may not: errors of scripts, broken rules of content security, foreign hosts."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

HERE = {"127.0.0.1", "localhost"}  # this machine: passkeys are for addresses with a name only
IGNORED = (
    "the server responded with a status of 4", "net::ERR_FAILED",  # what the tests assert anyway
    "was preloaded using link preload but not used within",  # a busy machine draws later than that
)  # fmt: skip


class Watch:
    """Collects the faults of all pages of a context, each as a sentence."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in IGNORED):
            self.faults.append(f"{message.type} in the console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"a script failed: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in HERE:
            self.faults.append(f"another host was asked: {request.url}")

    def _response(self, response: Response) -> None:
        missing_part = response.status >= 400 and response.request.resource_type not in {"document", "fetch", "xhr"}
        if response.status >= 500 or missing_part:
            self.faults.append(f"{response.status} for {response.request.resource_type} {response.url}")
