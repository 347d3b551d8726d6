"""The bench: a small run of it, and the parts of it whose mistakes would flatter the figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from catalog.indexing import reindex
from inaaccess.bench import bulk_listing, market_files, matching, report
from inaaccess.bench.addresses import PAGES
from inaaccess.bench.inspecting import Contents, is_blocking, normalised
from inaaccess.bench.running import Cell, percentile
from tests import factories as make


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker, tmp_path_factory) -> list[dict[str, object]]:
    """What `manage.py bench --json` says of a small catalogue, in a database that is gone afterwards."""
    url = urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(tmp_path_factory.mktemp("bench"))}
    command = [sys.executable, "manage.py", "bench", "--rows", "200", "--requests", "3", "--seed", "3"]
    ran = subprocess.run(
        [*command, "--json", "--drop"], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.slow
def test_every_page_is_measured_at_each_size_by_one_client_and_by_eight(figures):
    cells = {(line["name"], line["rows"], line["concurrency"]) for line in figures if "p50_ms" in line}

    assert cells == {(page.name, 200, clients) for page in PAGES for clients in (1, 8)}
    assert all(0 < line["p50_ms"] <= line["p95_ms"] for line in figures if "p50_ms" in line)


@pytest.mark.slow
def test_the_figures_that_do_not_depend_on_the_machine_keep_their_limits(figures):
    values = {line["name"]: line["value"] for line in figures if "value" in line}

    assert not [name for name, value in values.items() if name.startswith("repeated_queries:") and value]
    assert all(value <= 8 for name, value in values.items() if name.startswith("queries:"))
    assert values["queries:api_product_list"] <= 3
    assert all(value <= report.MOST_HTML for name, value in values.items() if name.startswith("html_bytes:"))
    assert all(value <= report.MOST_ASSETS for name, value in values.items() if name.startswith("css_js_bytes:"))
    assert all(value == 1 for name, value in values.items() if name.startswith("blocking_requests:"))
    assert all(value == 0 for name, value in values.items() if name.startswith("outside_requests:"))
    assert values["worker_megabytes"] <= report.MOST_WORKER_MEGABYTES


@pytest.mark.slow
def test_the_bench_leaves_no_database_behind(figures, db):
    with connection.cursor() as cursor:
        own = f"^{connection.settings_dict['NAME']}_bench_200_3$"  # another worker may have one of its own
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname ~ %s", [own])
        assert cursor.fetchone() == (0,)


def told(seconds: float, *, bare: float = 10.0) -> report.Report:
    """A report in which each page took so long, and each bare one `bare`."""
    cells = {Cell(page.name, rows, 1): [seconds if page.bare else bare] for page in PAGES for rows in (10, 100)}
    contents = {(page.name, rows): Contents(3, 0, 900, 900, 1, 0) for page in PAGES for rows in (10, 100)}
    return report.Report(cells, contents, [])


def test_a_page_that_takes_too_many_times_its_bare_one_is_told():
    assert not [figure for figure in told(59.0).figures() if not figure.is_kept]
    assert {figure.name for figure in told(61.0).figures() if not figure.is_kept} >= {
        "ratio:product_list:10:1",
        "ratio:deep_page:100:1",
        "ratio:api_product_list:100:1",
    }


def test_a_page_that_grows_with_the_catalogue_is_told():
    slow = told(20.0)
    slow.times[Cell("home", 100, 1)][:] = [41.0]  # type: ignore[index]

    assert {figure.name for figure in slow.figures() if not figure.is_kept} == {"growth:home:1"}


def test_percentiles_are_of_the_requests_that_were_made():
    times = [float(number) for number in range(1, 101)]

    assert percentile(times, 0.5) == 50.5
    assert percentile(times, 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0


def test_two_queries_that_differ_in_their_values_only_are_the_same():
    assert normalised("SELECT a FROM t WHERE b IN (%s, %s)") == normalised("SELECT a FROM t WHERE b IN (%s, %s, %s)")
    assert normalised("SELECT a FROM t WHERE b = %s") != normalised("SELECT a FROM t WHERE c = %s")


def test_what_the_first_drawing_waits_for_is_known():
    assert is_blocking("link", ' rel="stylesheet" href="/a.css"') and is_blocking("script", ' src="/a.js"')
    assert not is_blocking("script", ' src="/a.js" defer') and not is_blocking("link", ' rel="icon" href="/a.svg"')


def test_the_files_of_a_market_are_written_and_weighed(db):
    product = make.ProductFactory(published=True, target_markets=[market_files.MARKET])
    make.MarketListingFactory(listed=True, product=product)
    reindex([product.pk])
    for kind, lines in (("csv", 2), ("jsonl", 1)):
        told = market_files.write_one(kind)
        assert told["lines"] == lines and told["size_mb"] > 0 and told["memory_mb"] > 1


def test_matching_is_measured_for_each_kind_of_request(db):
    product = make.ProductFactory(published=True, commodity=make.CommodityFactory(), target_markets=["CL"])
    make.MarketFactory(iso2="CL")
    reindex([product.pk])
    told = {figure.name: figure for figure in matching.figures("small", Random(1))}
    for kind in ("commodity", "hs", "words"):
        assert 0 < told[f"small_{kind}_queries"].value <= matching.MOST_QUERIES
        assert told[f"small_{kind}_p95_ms"].value > 0
        assert told[f"small_{kind}_found_nothing"].value == 0


def test_offering_many_at_once_is_measured_through_the_pages(db):
    product = make.ProductFactory(published=True, target_markets=[bulk_listing.MARKET])
    make.MarketListingFactory(listed=True, product=product, market=make.MarketFactory(iso2=bulk_listing.MARKET))
    told = {figure.name: figure for figure in bulk_listing.figures("small")}
    assert told["small_products"].value == 1
    assert told["small_drafts_seconds"].value > 0 and told["small_offering_seconds"].value > 0
