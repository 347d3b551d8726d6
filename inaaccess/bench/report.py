"""The figures of a run beside what is wanted of them: a table for people, one JSON object a line for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from inaaccess.bench.addresses import PAGES, Page
from inaaccess.bench.inspecting import Contents
from inaaccess.bench.running import Cell, percentile

MOST_GROWTH: Final = 2.0
MOST_HTML: Final = 12 * 1024
MOST_ASSETS: Final = 50 * 1024
MOST_WORKER_MEGABYTES: Final = 120.0
MOST_UPLOAD_SECONDS: Final = 2.0
MOST_UPLOAD_MEGABYTES: Final = 200.0


@dataclass(frozen=True)
class Figure:
    """A number and the largest that is wanted; None where nothing is promised."""

    name: str
    value: float
    most: float | None = None

    @property
    def is_kept(self) -> bool:
        """Is it within its limit?"""
        return self.most is None or self.value <= self.most

    @property
    def verdict(self) -> str:
        """A word for the table."""
        return "" if self.most is None else "ok" if self.is_kept else "TOO MUCH"


def lines(figures: Sequence[Figure], *, for_programs: bool) -> Iterator[str]:
    """Figures one a line: a JSON object, or columns with the limit and whether it is kept."""
    for figure in figures:
        if for_programs:
            yield json.dumps({"name": figure.name, "value": round(figure.value, 2)})
            continue
        limit = f"≤ {figure.most:g}" if figure.most is not None else ""
        yield f"{figure.name:<52}{figure.value:>10.2f}  {limit:<9}{figure.verdict}"


@dataclass(frozen=True)
class Report:
    """All that was measured: times in milliseconds by cell, contents by page and rows, and single figures."""

    times: Mapping[Cell, Sequence[float]]
    contents: Mapping[tuple[str, int], Contents]
    others: Sequence[Figure]

    def p50(self, cell: Cell) -> float:
        """The median time of a cell in milliseconds."""
        return percentile(self.times[cell], 0.5)

    def figures(self) -> list[Figure]:
        """Every figure that has a limit, and those of the machine."""
        return [*self._ratios(), *self._growths(), *self._contents(), *self.others]

    def lines_for_programs(self) -> Iterator[str]:
        """One JSON object a line: a cell's times and its page's contents, or a name and a value."""
        for cell in self._cells():
            contents = self.contents[cell.name, cell.rows]
            yield json.dumps(
                {
                    "name": cell.name,
                    "rows": cell.rows,
                    "concurrency": cell.concurrency,
                    "p50_ms": round(self.p50(cell), 2),
                    "p95_ms": round(percentile(self.times[cell], 0.95), 2),
                    "queries": contents.queries,
                    "bytes": contents.size,
                }
            )
        yield from lines(self.figures(), for_programs=True)

    def lines_for_people(self) -> Iterator[str]:
        """A table of the pages, then the figures with their limits."""
        yield f"{'page':<22}{'rows':>8}{'clients':>8}{'p50 ms':>9}{'p95 ms':>9}{'× bare':>8}{'queries':>9}{'bytes':>8}"
        for cell in self._cells():
            contents = self.contents[cell.name, cell.rows]
            ratio = self._ratio(_page(cell.name), cell)
            yield (
                f"{cell.name:<22}{cell.rows:>8}{cell.concurrency:>8}{self.p50(cell):>9.1f}"
                f"{percentile(self.times[cell], 0.95):>9.1f}{f'{ratio:.1f}' if ratio else '':>8}"
                f"{contents.queries:>9}{contents.size:>8}"
            )
        yield ""
        yield from lines(self.figures(), for_programs=False)

    def _cells(self) -> list[Cell]:
        order = [page.name for page in PAGES]
        return sorted(self.times, key=lambda cell: (cell.rows, cell.concurrency, order.index(cell.name)))

    def _ratio(self, page: Page, cell: Cell) -> float | None:
        return self.p50(cell) / self.p50(Cell(page.bare, cell.rows, cell.concurrency)) if page.bare else None

    def _ratios(self) -> Iterator[Figure]:
        for cell in self._cells():
            page = _page(cell.name)
            ratio = self._ratio(page, cell)
            if ratio is not None:
                yield Figure(f"ratio:{cell.name}:{cell.rows}:{cell.concurrency}", ratio, page.most_times)

    def _growths(self) -> Iterator[Figure]:
        """How many times slower a page is in the largest catalogue than in the smallest."""
        smallest, largest = (choose(cell.rows for cell in self.times) for choose in (min, max))
        for cell in self._cells():
            if cell.rows == largest > smallest:
                growth = self.p50(cell) / self.p50(Cell(cell.name, smallest, cell.concurrency))
                limit = MOST_GROWTH if _page(cell.name).bare else None
                yield Figure(f"growth:{cell.name}:{cell.concurrency}", growth, limit)

    def _contents(self) -> Iterator[Figure]:
        for page in (one for one in PAGES if one.bare):
            found = [contents for (name, _rows), contents in self.contents.items() if name == page.name]
            yield Figure(f"queries:{page.name}", max(one.queries for one in found), page.most_queries)
            yield Figure(f"repeated_queries:{page.name}", max(one.repeated for one in found), 0)
            if not page.name.startswith("api_"):
                yield Figure(f"html_bytes:{page.name}", max(one.size for one in found), MOST_HTML)
                yield Figure(f"css_js_bytes:{page.name}", max(one.asset_size for one in found), MOST_ASSETS)
                yield Figure(f"blocking_requests:{page.name}", max(one.blocking for one in found), 1)
                yield Figure(f"outside_requests:{page.name}", max(one.outside for one in found), 0)


def _page(name: str) -> Page:
    return next(page for page in PAGES if page.name == name)
