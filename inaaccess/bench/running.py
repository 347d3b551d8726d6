"""One measurement: every page of every server, asked by one client and by eight, all in the same stretch of time.

A machine has slow and quick moments. So a run is many short passes, each of which asks for all pages of all servers:
by one client in a shuffled order; by eight clients one kind of page at a time (a quick page must not wait for the slow
ones of others), the kinds shuffled. What slows one page slows them all, and ratios between them stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from random import Random
from statistics import median
from typing import Final

from inaaccess.bench.addresses import Page
from inaaccess.bench.clients import Client

CONCURRENCIES: Final = (1, 8)
A_PASS: Final = 16  # requests of each page in a pass, for each number of clients


@dataclass(frozen=True)
class Cell:
    """What one time belongs to."""

    name: str
    rows: int
    concurrency: int


@dataclass(frozen=True)
class Asked:
    """A server and the pages that are asked of it."""

    rows: int
    port: int
    pages: Sequence[Page]


class Run:
    """Collects times, in milliseconds, by cell."""

    def __init__(self, servers: Sequence[Asked], draw: Random) -> None:
        self.servers = servers
        self.draw = draw
        self.times: dict[Cell, list[float]] = defaultdict(list)

    def measure(self, requests: int) -> Mapping[Cell, list[float]]:
        """At least so many requests for each page, server and number of clients, after a few that are not counted."""
        passes = max(1, round(requests / A_PASS))
        share = ceil(requests / passes)
        self._ask_by_eight(2 * max(CONCURRENCIES))
        self.times.clear()
        for _number in range(passes):
            self._ask_by_one(share)
            self._ask_by_eight(share)
        return self.times

    def _ask_by_one(self, share: int) -> None:
        todo = [(server, page) for server in self.servers for page in server.pages for _number in range(share)]
        self.draw.shuffle(todo)
        with ExitStack() as stack:
            clients = {server.rows: stack.enter_context(Client(server.port)) for server in self.servers}
            for server, page in todo:
                answer = clients[server.rows].get(self.draw.choice(page.addresses))
                self.times[Cell(page.name, server.rows, 1)].append(answer.seconds * 1000)

    def _ask_by_eight(self, share: int) -> None:
        count = max(CONCURRENCIES)
        todo = [(server, page) for server in self.servers for page in server.pages]
        self.draw.shuffle(todo)
        with ThreadPoolExecutor(count) as threads:
            for server, page in todo:
                each = ceil(share / count)
                asked = [self.draw.choices(page.addresses, k=each) for _client in range(count)]
                times = threads.map(_times, [server.port] * count, asked)
                self.times[Cell(page.name, server.rows, count)] += [one * 1000 for some in times for one in some]


def _times(port: int, addresses: list[str]) -> list[float]:
    """Seconds of each request of one client."""
    with Client(port) as client:
        return [client.get(address).seconds for address in addresses]


def percentile(times: Sequence[float], part: float) -> float:
    """The time under which this part of the requests stayed; the median for 0.5."""
    if part == 0.5:
        return median(times)
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, ceil(part * len(ordered)) - 1)]
