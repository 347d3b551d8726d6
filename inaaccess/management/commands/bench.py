"""manage.py bench: how quick and how large the pages are, through the production server (docs/bench.md)."""

from __future__ import annotations

import secrets
import sys
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from inaaccess.bench import (
    bulk_listing,
    databases,
    documents,
    enquiries,
    hostile,
    market_files,
    matching,
    racing,
    report,
    search_bench,
    serving,
)
from inaaccess.bench.addresses import addressed
from inaaccess.bench.clients import WrongAnswer
from inaaccess.bench.inspecting import Contents, inspect
from inaaccess.bench.running import Asked, Run
from inaaccess.bench.search_report import SearchReport
from inaaccess.supervision import CannotStart
from kit.uploads.measuring import make_photo, measure_upload

PARTS: Final = {"files": market_files, "matching": matching, "bulk": bulk_listing}
"""By the name of their option: what is measured on the catalogues in place of the pages."""


def rows_list(text: str) -> list[int]:
    """ "10000,100000" as numbers."""
    return sorted({int(part) for part in text.replace("_", "").split(",")})


class Command(BaseCommand):
    help = "Measure the pages of invented catalogues, kept in databases of their own, through the production server."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rows", type=rows_list, default=[10_000, 100_000], help="sizes, e.g. 10000,100000")
        parser.add_argument("--seed", type=int, default=7, help="another catalogue, another order of requests")
        parser.add_argument("--requests", type=int, default=160, help="of each page, size and number of clients")
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
        parser.add_argument("--anew", action="store_true", help="make the databases again")
        parser.add_argument("--drop", action="store_true", help="delete the databases afterwards")
        parser.add_argument("--search", action="store_true", help="measure search instead: quality, times, load")
        parser.add_argument("--queries", type=int, default=1000, help="searches of each size, with --search")
        parser.add_argument("--no-load", action="store_true", help="leave the production server out, with --search")
        parser.add_argument(
            "--any-kept", action="store_true", help="take a kept database though code has changed, with --search"
        )
        parser.add_argument("--races", type=int, nargs="?", const=200, metavar="ROUNDS", help="race instead (200)")
        parser.add_argument("--hostile", action="store_true", help="try bad pictures, strings and requests instead")
        parser.add_argument("--files", action="store_true", help="write the whole catalogue of a market instead")
        parser.add_argument("--documents", action="store_true", help="draw catalogues, price lists and sheets instead")
        parser.add_argument("--enquiries", action="store_true", help="measure lists of 100,000 enquiries instead")
        parser.add_argument("--bulk", action="store_true", help="offer 200 products in a market at once instead")
        parser.add_argument("--matching", action="store_true", help="look for the products of buying requests instead")
        parser.add_argument("--strict", action="store_true", help="fail when a figure is above its limit")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DATABASE_URL:
            raise CommandError("Say in DATABASE_URL where the bench may make databases, or use `make bench`.")
        if options["races"] or options["hostile"]:
            self._try_to_break(options)
            return
        if options["documents"]:
            self._report_figures(self._documents(options["seed"]), options)
            return
        if options["enquiries"]:
            self._report_figures(enquiries.run(options["seed"], self._tell), options)
            return
        if options["search"]:
            self._report(self._search(options), options)
            return
        names: dict[int, str] = {}
        try:
            for rows in options["rows"]:
                self._tell(f"A catalogue of {rows:,} products …")
                names[rows] = databases.ensure(rows, options["seed"], anew=options["anew"])
            if part := next((part for kind, part in PARTS.items() if options[kind]), None):
                told = [figure for rows in names for figure in part.measure(rows, options["seed"])]
                self._report_figures(told, options)
                return
            measured = self._measure(names, options["seed"], options["requests"])
        except (CannotStart, WrongAnswer) as reason:
            raise CommandError(str(reason)) from reason
        finally:
            for name in names.values() if options["drop"] else ():
                databases.drop(name)
        self._report(measured, options)

    def _try_to_break(self, options: dict[str, Any]) -> None:
        try:
            done = racing.run(options["races"], options["seed"], self._tell) if options["races"] else hostile.run()
        except CannotStart as reason:
            raise CommandError(str(reason)) from reason
        for fault in getattr(done, "faults", ()):
            self._tell(fault)
        self._report_figures(done.figures(), options)

    def _documents(self, seed: int) -> list[report.Figure]:
        try:
            return documents.run(seed, self._tell)
        except CannotStart as reason:
            raise CommandError(str(reason)) from reason

    def _report_figures(self, figures: list[report.Figure], options: dict[str, Any]) -> None:
        self.stdout.write("\n".join(report.lines(figures, for_programs=options["json"])))
        above = [figure.name for figure in figures if not figure.is_kept]
        if above and options["strict"]:
            raise CommandError(f"Above the limit: {', '.join(above)}.")

    def _search(self, options: dict[str, Any]) -> SearchReport:
        wanted = search_bench.Options(
            options["rows"],
            options["queries"],
            options["seed"],
            options["anew"],
            with_load=not options["no_load"],
            any_kept=options["any_kept"],
        )
        try:
            return search_bench.run(wanted, self._tell)
        except (CannotStart, WrongAnswer) as reason:
            raise CommandError(str(reason)) from reason
        finally:
            for rows, kind in [(0, "demo"), *((rows, "search") for rows in options["rows"])] if options["drop"] else ():
                databases.drop(databases.name_of(rows, options["seed"], kind))

    def _report(self, measured: report.Report | SearchReport, options: dict[str, Any]) -> None:
        lines = measured.lines_for_programs() if options["json"] else measured.lines_for_people()
        self.stdout.write("\n".join(lines))
        above = [figure.name for figure in measured.figures() if not figure.is_kept]
        if above and options["strict"]:
            raise CommandError(f"Above the limit: {', '.join(above)}.")

    def _measure(self, names: dict[int, str], seed: int, requests: int) -> report.Report:
        """Serve every catalogue at once, so that all of them see the same machine."""
        key, folder, draw = secrets.token_urlsafe(64), Path(settings.DATA_DIR) / "bench", Random(seed)
        servers: list[Asked] = []
        contents: dict[tuple[str, int], Contents] = {}
        with ExitStack() as stack:
            likewise = {"SECRET_KEY": key, "ROOT_URLCONF": "inaaccess.bench.urls", "STATIC_ROOT": folder / "static"}
            stack.enter_context(override_settings(**likewise))
            running: list[serving.Server] = []
            for rows, name in names.items():
                url = databases.url_of(name)
                if not running:
                    serving.collect_static(url, key, folder)
                server = stack.enter_context(serving.serving(url, key, folder))
                running.append(server)
                with databases.using(name):
                    pages = addressed(draw)
                    contents |= {(page.name, rows): inspect(page, server.port) for page in pages}
                servers.append(Asked(rows, server.port, pages))
            self._tell(f"{requests} requests of each page at each size, by 1 and by 8 clients …")
            times = Run(servers, draw).measure(requests)
            memory = max(server.worker_megabytes() for server in running)
        self._tell("A photo of 12 megapixels …")
        photo = make_photo(12)
        upload = min((measure_upload(photo) for _try in range(3)), key=lambda cost: cost.seconds)
        others = [
            report.Figure("worker_megabytes", memory, report.MOST_WORKER_MEGABYTES),
            report.Figure("upload_seconds", upload.seconds, report.MOST_UPLOAD_SECONDS),
            report.Figure("upload_megabytes", upload.extra_megabytes, report.MOST_UPLOAD_MEGABYTES),
        ]
        return report.Report(times, contents, others)

    def _tell(self, what: str) -> None:
        """How far it is, beside the figures so that these can be read by a program."""
        print(what, file=sys.stderr, flush=True)
