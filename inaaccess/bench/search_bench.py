"""`manage.py bench --search`: how good search is on the demo, and how quick among up to a million products."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings

from inaaccess.bench import databases, judging, search_costs, search_load, search_parts, searching, serving
from inaaccess.bench.search_load import CLIENTS, Load
from inaaccess.bench.search_mix import Mix
from inaaccess.bench.search_report import SearchReport, Sized
from inaaccess.bench.searching import Timed

PAGES_BY_CLIENTS: Final = 400  # pages that each number of clients shares
SUGGESTED: Final = 200
PAGED: Final = 40


@dataclass(frozen=True)
class Options:
    """What is measured: sizes, searches of each, whether databases are made anew or kept, whether there is load."""

    rows: Sequence[int]
    searches: int
    seed: int
    anew: bool
    with_load: bool
    any_kept: bool = False


def run(options: Options, tell: Callable[[str], None]) -> SearchReport:
    """Judge the demo, then measure each size in a database of its own."""
    tell("The judged queries on the demo …")
    with databases.using(databases.ensure(0, options.seed, anew=options.anew, kind="demo")):
        verdicts = judging.judge(judging.judged_queries())
    sizes: list[Sized] = []
    slowest: dict[int, str] = {}
    for rows in options.rows:
        tell(f"A catalogue of {rows:,} products …")
        name = databases.ensure(rows, options.seed, anew=options.anew, kind="search", any_kept=options.any_kept)
        with databases.using(name):
            tell(f"{options.searches} searches among {rows:,} products …")
            sized = _measure(rows, name, options, tell)
            slowest[rows] = "\n".join(_explained(max(sized.measured.searches, key=lambda timed: timed.ms)))
        sizes.append(sized)
    return SearchReport(verdicts, sizes, slowest)


def _measure(rows: int, name: str, options: Options, tell: Callable[[str], None]) -> Sized:
    draw = Random(options.seed)  # noqa: S311  an order of searches
    mix = Mix(draw)
    index_megabytes = search_costs.index_megabytes()  # before the writes, which are taken back and leave their room
    measured = searching.measure(mix.searches(options.searches), draw)
    first, deep = searching.time_pages(PAGED)
    tell("Each step of a search apart …")
    steps = search_parts.measure(mix, draw)
    tell("Suggestions, writes, the load, a rebuild of all rows …")
    return Sized(
        rows=rows,
        measured=measured,
        suggestions=searching.time_suggestions(mix.beginnings(SUGGESTED)),
        first_pages=first,
        deep_pages=deep,
        writes=search_costs.writes(draw),
        index_megabytes=index_megabytes,
        table_megabytes=search_costs.table_megabytes(),
        loads=_load(name, mix, draw, tell) if options.with_load else (),
        rebuild_seconds=search_costs.rebuild_seconds(),  # last: it leaves another table
        steps=steps,
    )


def _load(name: str, mix: Mix, draw: Random, tell: Callable[[str], None]) -> list[Load]:
    key, folder, url = secrets.token_urlsafe(64), Path(settings.DATA_DIR) / "bench", databases.url_of(name)
    serving.collect_static(url, key, folder)
    with serving.serving(url, key, folder) as server:
        tell("Mixed pages through the production server …")
        search_load.load(server.port, search_load.addresses(mix, draw, PAGES_BY_CLIENTS // 8), max(CLIENTS))
        return [
            search_load.load(server.port, search_load.addresses(mix, draw, PAGES_BY_CLIENTS), clients)
            for clients in CLIENTS
        ]


def _explained(timed: Timed) -> Iterator[str]:
    yield f"{timed.search.kind}: {timed.search.query!r} {timed.search.filters.codes() or ''} {timed.ms:.0f} ms"
    worst = max(timed.statements, key=lambda one: one.ms)
    yield f"its longest statement, {worst.ms:.0f} ms: {' '.join(worst.sql.split())[:300]} …"
    yield searching.explain(worst)
