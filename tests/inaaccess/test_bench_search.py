"""The bench of search: a small run of it, and the parts of it whose mistakes would flatter the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from inaaccess.bench.search_mix import SHARES, Search
from inaaccess.bench.search_parts import Step
from inaaccess.bench.search_report import SearchReport, Sized
from inaaccess.bench.searching import Measured, Statement, Timed


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker, tmp_path_factory) -> list[dict[str, object]]:
    """What `manage.py bench --search --json` says of a small catalogue, in databases that are gone afterwards."""
    url = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(tmp_path_factory.mktemp("bench"))}
    command = [sys.executable, "manage.py", "bench", "--search", "--rows", "300", "--queries", "100", "--seed", "3"]
    ran = subprocess.run(
        [*command, "--json", "--drop", "--no-load"],
        env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.slow
def test_every_class_of_searches_is_measured_with_its_share(figures):
    classes = {
        line["name"].removeprefix("search:"): line for line in figures if str(line["name"]).startswith("search:")
    }

    assert set(classes) == {"all", *SHARES}
    assert {name: line["searches"] for name, line in classes.items() if name != "all"} == SHARES
    assert all(0 < line["p50_ms"] <= line["p95_ms"] <= line["worst_ms"] for line in classes.values())
    assert all(line["buffers"] > 0 for name, line in classes.items() if name != "all")


@pytest.mark.slow
def test_quality_sizes_and_costs_are_told(figures):
    values = {line["name"]: line["value"] for line in figures if "value" in line}

    assert values["1 - nDCG@10:overall"] <= 0.1 and values["cross_lingual_misses"] == 0
    for name in ("index_megabytes", "table_megabytes", "rebuild_seconds", "suggestion_ms:p95", "write_ms:p95"):
        assert values[f"{name}:300"] > 0


@pytest.mark.slow
def test_the_bench_of_search_leaves_no_database_behind(figures, db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname ~ '_(search_300|demo_0)_3$'")
        assert cursor.fetchone() == (0,)


def sized(rows: int, ms: float) -> Sized:
    """A catalogue in which each search took so long."""
    timed = [Timed(Search("phrase", "sandal"), [Statement("SELECT 1", (), ms / 2)] * 2)] * 20
    return Sized(rows, Measured(timed, [0.04], {}), [5.0], [2.0], [2.0], [9.0], 100.0, 300.0, 900.0)


def with_steps(rows: int, *steps: Step) -> Sized:
    """A quick catalogue in which these steps were measured."""
    return replace(sized(rows, 5.0), steps=steps)


def above(*sizes: Sized) -> list[str]:
    return [figure.name for figure in SearchReport([], sizes).figures() if not figure.is_kept]


def test_the_time_of_a_search_is_that_of_all_its_statements():
    assert sized(1000, 30.0).times() == [30.0] * 20


def test_searches_that_are_too_slow_at_a_million_are_told():
    assert above(sized(1_000_000, 29.0)) == []
    assert above(sized(1_000_000, 31.0)) == ["search_ms:p50:1000000"]
    assert above(sized(100_000, 31.0)) == []


def test_searches_that_grow_with_the_catalogue_are_told():
    assert above(sized(100_000, 5.0), sized(1_000_000, 19.0)) == []
    assert above(sized(100_000, 5.0), sized(1_000_000, 21.0)) == [
        "growth:p50:100000:1000000",
        "growth:p95:100000:1000000",
    ]


@pytest.mark.slow
def test_each_step_of_a_search_is_measured_apart(figures):
    steps = {str(line["name"]): line for line in figures if str(line["name"]).startswith("step:")}

    assert set(steps) == {
        f"step:{name}" for name in (
            "text_window", "counts", "browse_page", "market_page", "correction", "zero_result", "suggestion", "reindex",
        )
    }  # fmt: skip
    assert all(line["worst_ms"] > 0 for line in steps.values())
    assert all(line["buffers"] > 0 for name, line in steps.items() if name != "step:reindex")


def test_a_step_that_is_too_slow_at_a_million_is_told():
    slow, quick = Step("text_window", [51.0] * 20, 100), Step("text_window", [4.0] * 20, 100)

    assert above(with_steps(1_000_000, quick)) == []
    assert above(with_steps(1_000_000, slow)) == [
        "step_ms:text_window:p95:1000000",
        "step_lookups:text_window:1000000",
    ]
    assert above(with_steps(10_000, slow)) == []


def test_the_worst_of_all_counts_has_a_limit_of_its_own():
    assert above(with_steps(1_000_000, Step("counts", [9.0] * 40 + [151.0], 100))) == ["step_ms:counts:worst:1000000"]


def test_what_finds_nothing_may_take_its_correction_and_ten_more():
    correction = Step("correction", [7.0], 9)

    assert above(with_steps(1_000_000, correction, Step("zero_result", [17.0], 9))) == []
    assert above(with_steps(1_000_000, correction, Step("zero_result", [17.1], 9))) == [
        "step_ms:zero_result:p95:1000000"
    ]


def test_a_page_far_down_may_take_three_times_the_first():
    assert above(with_steps(1_000_000, Step("page_at_900000", [3.9] * 20, 9))) == []
    assert "step_times_first:page_at_900000:1000000" in above(with_steps(1_000_000, Step("page_at_900000", [6.1], 9)))
