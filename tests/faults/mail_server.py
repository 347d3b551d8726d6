"""A small SMTP server on a port of its own, that can be stopped and started, and can fail in the middle."""

from __future__ import annotations

import asyncio
import threading
from email import message_from_bytes
from email.message import Message
from typing import Self


class MailServer:
    """Takes mails like a real server. `dies_after_data`: takes the mail, and is gone before it says so."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.dies_after_data = False
        self.refuses = False
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def mails(self) -> list[Message]:
        """What came, in its order."""
        return [message_from_bytes(data) for data in self.taken]

    def start(self) -> None:
        """Listen; after a stop on the same port."""
        self._do(self._start())

    def stop(self) -> None:
        """Nobody listens any more."""
        if self._server is not None:
            self._do(self._stop(self._server))
            self._server = None

    def _do(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)  # type: ignore[arg-type]

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port, limit=1_000_000)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self, server: asyncio.Server) -> None:
        server.close()
        await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        sender = ""
        to: list[str] = []
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"MAIL":
                sender, to = line.decode().split(":", 1)[1].split(">")[0].strip(" <"), []
            elif word == b"RCPT":
                to.append(line.decode().split(":", 1)[1].strip(" <>\r\n"))
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                self.taken.append((await reader.readuntil(b"\r\n.\r\n"))[:-3])
                self.envelopes.append((sender, to))
                if self.dies_after_data:
                    break
            writer.write(_answer(word, refuses=self.refuses))
            await writer.drain()
            if word == b"QUIT":
                break
        writer.close()


def _answer(word: bytes, *, refuses: bool) -> bytes:
    if word == b"QUIT":
        return b"221 bye\r\n"
    return b"451 not now\r\n" if refuses and word == b"RCPT" else b"250 fine\r\n"
