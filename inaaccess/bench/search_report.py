"""The figures of search beside what is wanted of them: quality on the demo, times, growth, costs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from inaaccess.bench import judging, search_parts
from inaaccess.bench.judging import Verdict
from inaaccess.bench.report import Figure
from inaaccess.bench.running import percentile
from inaaccess.bench.search_load import Load
from inaaccess.bench.search_parts import Step
from inaaccess.bench.searching import Measured

A_MILLION: Final = 1_000_000
MOST_AT_A_MILLION: Final = {"p50": 30.0, "p95": 120.0, "worst": 400.0}
MOST_GROWTH: Final = 4.0
MOST_TIMES_DEEPER: Final = 3.0
MOST_SUGGESTION_MS: Final = 20.0
MOST_WRITE_MS: Final = 20.0
MOST_REBUILD_SECONDS: Final = 300.0
MOST_INDEX_MEGABYTES: Final = 450.0


@dataclass(frozen=True)
class Sized:
    """All that was measured of one catalogue; times in milliseconds."""

    rows: int
    measured: Measured
    suggestions: Sequence[float]
    first_pages: Sequence[float]
    deep_pages: Sequence[float]
    writes: Sequence[float]
    rebuild_seconds: float
    index_megabytes: float
    table_megabytes: float
    loads: Sequence[Load] = ()
    steps: Sequence[Step] = ()

    def times(self, kind: str = "") -> list[float]:
        """Of one class of searches, or of all."""
        return [one.ms for one in self.measured.searches if not kind or one.search.kind == kind]

    @property
    def kinds(self) -> list[str]:
        """The classes of searches."""
        return sorted({one.search.kind for one in self.measured.searches})

    @property
    def lookup(self) -> float:
        """The median time of one row by its primary key."""
        return median(self.measured.lookups)


@dataclass(frozen=True)
class SearchReport:
    """The quality and every size."""

    verdicts: Sequence[Verdict]
    sizes: Sequence[Sized]
    slowest: Mapping[int, str] = field(default_factory=dict)

    def figures(self) -> list[Figure]:
        """Every figure that has a limit, and a few that tell the size of things."""
        return [*self._quality(), *(one for size in self.sizes for one in _of_size(size)), *self._growth()]

    def lines_for_programs(self) -> Iterator[str]:
        """One JSON object a line: a class of searches, a load, or a name and a value."""
        for size in self.sizes:
            for kind in ["", *size.kinds]:
                yield json.dumps(_class(size, kind))
            for step in size.steps:
                yield json.dumps(_step(size, step))
            for load in size.loads:
                yield json.dumps({"name": "load", "rows": size.rows, "concurrency": load.clients,
                                  "per_second": round(load.per_second, 1), "p50_ms": round(load.p50_ms, 1),
                                  "p95_ms": round(load.p95_ms, 1)})  # fmt: skip
        for figure in self.figures():
            yield json.dumps({"name": figure.name, "value": round(figure.value, 3)})

    def lines_for_people(self) -> Iterator[str]:
        """Tables of classes and loads, then the figures with their limits; what was judged badly; the slowest."""
        yield f"{'searches':<16}{'rows':>9}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'× lookup':>10}{'pages':>9}"
        for size in self.sizes:
            for row in [_class(size, kind) for kind in ["", *size.kinds]]:
                yield _line(row, "")
            yield "  each step apart"
            limits = search_parts.limits(size.rows, size.steps)
            for step in size.steps:
                yield _line(_step(size, step), f"≤ {limits[step.name].p95:.0f} ms" if step.name in limits else "")
            for load in size.loads:
                yield (
                    f"{load.clients:>3} clients: {load.per_second:.1f} pages/s, "
                    f"p50 {load.p50_ms:.0f} ms, p95 {load.p95_ms:.0f} ms"
                )
        yield ""
        for figure in self.figures():
            limit = f"≤ {figure.most:g}" if figure.most is not None else ""
            yield f"{figure.name:<44}{figure.value:>12.3f}  {limit:<9}{figure.verdict}"
        for one in sorted(self.verdicts, key=lambda one: one.ndcg)[:10]:
            found = ", ".join(one.found[:4]) or "nothing"
            yield f"{one.ndcg:.2f}  {one.judged.query!r} ({one.judged.language}): {found}"
        for rows, text in self.slowest.items():
            yield f"\nThe slowest search among {rows:,} products\n{text}"

    def _quality(self) -> Iterator[Figure]:
        """What is missing to a perfect answer, so that smaller is better as with every figure."""
        for name, value in judging.means(self.verdicts).items():
            least = judging.LEAST_OVERALL if name == "overall" else judging.LEAST_IN_A_LANGUAGE
            limited = name == "overall" or name in judging.LANGUAGES
            yield Figure(f"1 - nDCG@10:{name}", 1 - value, round(1 - least, 2) if limited else None)
        missed = sum(1 for one in self.verdicts if one.judged.kind == "cross" and one.misses)
        if self.verdicts:
            yield Figure("cross_lingual_misses", missed, 0)

    def _growth(self) -> Iterator[Figure]:
        """How many times longer the mix takes among the most products than among a tenth of them."""
        by_rows = {size.rows: size for size in self.sizes}
        for rows, size in by_rows.items():
            if smaller := by_rows.get(rows // 10):
                for name, part in (("p50", 0.5), ("p95", 0.95)):
                    growth = percentile(size.times(), part) / percentile(smaller.times(), part)
                    yield Figure(f"growth:{name}:{smaller.rows}:{rows}", growth, MOST_GROWTH)


def _class(size: Sized, kind: str) -> dict[str, str | float | int]:
    times = size.times(kind)
    return {
        "name": f"search:{kind or 'all'}", "rows": size.rows, "searches": len(times),
        "p50_ms": round(percentile(times, 0.5), 1), "p95_ms": round(percentile(times, 0.95), 1),
        "worst_ms": round(max(times), 1), "times_lookup": round(percentile(times, 0.95) / size.lookup),
        "buffers": size.measured.buffers.get(kind, 0),
    }  # fmt: skip


def _step(size: Sized, step: Step) -> dict[str, str | float | int]:
    return {
        "name": f"step:{step.name}", "rows": size.rows, "calls": len(step.times),
        "p50_ms": round(percentile(step.times, 0.5), 1), "p95_ms": round(step.p95, 1),
        "worst_ms": round(max(step.times), 1), "times_lookup": round(step.p95 / size.lookup), "buffers": step.pages,
    }  # fmt: skip


def _line(row: Mapping[str, str | float | int], limit: str) -> str:
    name = str(row["name"]).partition(":")[2]
    return (
        f"{name:<16}{row['rows']:>9}{row['p50_ms']:>9}{row['p95_ms']:>9}{row['worst_ms']:>9}"
        f"{row['times_lookup']:>10}{row['buffers'] or '':>9}  {limit}"
    ).rstrip()


def _of_steps(size: Sized) -> Iterator[Figure]:
    """Each step with what is wanted of it: milliseconds, lookups, and deep pages against the first."""
    limits = search_parts.limits(size.rows, size.steps)
    for step in size.steps:
        limit = limits.get(step.name)
        yield Figure(f"step_ms:{step.name}:p95:{size.rows}", step.p95, limit.p95 if limit else None)
        if limit and limit.worst is not None:
            yield Figure(f"step_ms:{step.name}:worst:{size.rows}", max(step.times), limit.worst)
        if limit and limit.lookups is not None:
            yield Figure(f"step_lookups:{step.name}:{size.rows}", step.p95 / size.lookup, limit.lookups)
        if step.name.startswith("page_at_"):
            times_first = median(step.times) / median(size.first_pages)
            yield Figure(f"step_times_first:{step.name}:{size.rows}", times_first, MOST_TIMES_DEEPER)


def _of_size(size: Sized) -> Iterator[Figure]:
    times, is_large = size.times(), size.rows >= A_MILLION
    for name, value in (("p50", percentile(times, 0.5)), ("p95", percentile(times, 0.95)), ("worst", max(times))):
        yield Figure(f"search_ms:{name}:{size.rows}", value, MOST_AT_A_MILLION[name] if is_large else None)
    yield Figure(f"lookup_ms:{size.rows}", size.lookup)
    yield Figure(f"suggestion_ms:p95:{size.rows}", percentile(size.suggestions, 0.95), MOST_SUGGESTION_MS)
    deeper = median(size.deep_pages) / median(size.first_pages)
    yield Figure(f"deep_page_ratio:{size.rows}", deeper, MOST_TIMES_DEEPER)
    yield Figure(f"write_ms:p95:{size.rows}", percentile(size.writes, 0.95), MOST_WRITE_MS)
    yield Figure(f"rebuild_seconds:{size.rows}", size.rebuild_seconds, MOST_REBUILD_SECONDS)
    yield Figure(f"index_megabytes:{size.rows}", size.index_megabytes, MOST_INDEX_MEGABYTES if is_large else None)
    yield Figure(f"table_megabytes:{size.rows}", size.table_megabytes)
    yield from _of_steps(size)
