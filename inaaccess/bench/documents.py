"""`manage.py bench --documents`: what a catalogue of 100 products, a price list and a sheet take, in time and memory.

Drawn in a process of its own that does nothing else, as the worker of the queue would; the photos are as large and as
full of detail as those of a camera.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Final

from inaaccess.bench import databases
from inaaccess.bench.drawing import measure
from inaaccess.bench.report import Figure
from inaaccess.supervision import CannotStart

ROWS: Final = 2_000
MOST_DOCUMENT_SECONDS, MOST_DOCUMENT_MEGABYTES, MOST_SHEET_SECONDS = 30.0, 400.0, 1.5
KINDS: Final = (
    ("catalogue_1_a_page", "market_catalogue", 1),
    ("catalogue_2_a_page", "market_catalogue", 2),
    ("catalogue_4_a_page", "market_catalogue", 4),
    ("price_list", "price_list", 2),
)


def run(seed: int, tell: Callable[[str], None]) -> list[Figure]:
    """Seconds and megabytes of each kind beside what is promised."""
    tell(f"A catalogue of {ROWS:,} products …")
    name = databases.ensure(ROWS, seed)
    found: list[Figure] = []
    for label, kind, per_page in (*KINDS, ("sheet", "sheet", 1)):
        tell(f"{label} …")
        found += _in_a_process(name, label, kind, per_page)
    return found


def _in_a_process(name: str, label: str, kind: str, per_page: int) -> list[Figure]:
    fresh = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[dict[str, float]] = fresh.Queue()
    child = fresh.Process(target=measure, args=(name, kind, per_page, answers))
    child.start()
    child.join()
    if child.exitcode:
        raise CannotStart(f"{label} could not be measured.")
    told = answers.get(timeout=10)
    most_seconds = MOST_SHEET_SECONDS if kind == "sheet" else MOST_DOCUMENT_SECONDS
    return [
        Figure(f"{label}_seconds", told["seconds"], most_seconds),
        Figure(f"{label}_processor_seconds", told["work"]),
        Figure(f"{label}_peak_megabytes", told["megabytes"], MOST_DOCUMENT_MEGABYTES),
        Figure(f"{label}_file_megabytes", told["file"]),
    ]
