"""/metrics: how the background work stands, for Prometheus and whatever else reads its text format (version 0.0.4).

Everything is read from the database while it is asked for, so it is the same whichever process answers, and nothing is
kept in memory. Numbers, ages and names of work only: nothing of any person. What each tells: docs/deploy.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import Schedule

from inaaccess import background, health

TEXT_FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"


class Gauge(NamedTuple):
    """One figure: its name without `inaaccess_`, what it says, its value by kind of work; "" where it has no kinds."""

    name: str
    says: str
    values: dict[str, int]

    def lines(self) -> Iterator[str]:
        """As the format wants it. The names of work are ours and hold nothing that would have to be escaped."""
        yield f"# HELP inaaccess_{self.name} {self.says}"
        yield f"# TYPE inaaccess_{self.name} gauge"
        for work, value in self.values.items():
            label = f'{{work="{work}"}}' if work else ""
            yield f"inaaccess_{self.name}{label} {value}"


@never_cache
@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever sends METRICS_TOKEN as a bearer; 404 to all others, and while none is set."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(_text(gauges()), content_type=TEXT_FORMAT)


def gauges() -> Iterator[Gauge]:
    """Every figure, as it is now."""
    waits = background.all_waiting()
    yield Gauge("waiting", "What waits to be done now.", {name: wait.number for name, wait in waits.items()})
    yield Gauge("oldest_seconds", "Age of what waits longest.", {name: wait.seconds for name, wait in waits.items()})
    yield Gauge("failed", "What was given up and waits for a person.", background.failed_for_good())
    yield Gauge("letters_put_off", "Letters that failed and are tried again later.", {"": background.letters_put_off()})
    yield Gauge("late_seconds", "How long work of the clock is due and not begun.", _late())
    yield Gauge("worker_late", "1 while work is due for 10 minutes.", {"": int(background.late_since() is not None)})
    free = health.free_megabytes()
    if free is not None:
        yield Gauge("uploads_free_megabytes", "Room on the disk of uploads.", {"": free})


def _late() -> dict[str, int]:
    now = timezone.now()
    due = Schedule.objects.filter(~Q(repeats=0)).values("func").annotate(since=Min("next_run")).order_by("func")
    return {
        row["func"]: max(0, int((now - row["since"]).total_seconds()))
        for row in due
        if row["func"] in background.WORKS and row["since"]
    }


def _may_read(request: HttpRequest) -> bool:
    kind, _blank, said = request.headers.get("Authorization", "").partition(" ")
    token: str = settings.METRICS_TOKEN
    return bool(token) and kind.lower() == "bearer" and constant_time_compare(said.strip(), token)


def _text(told: Iterable[Gauge]) -> str:
    return "\n".join(line for gauge in told for line in gauge.lines()) + "\n"
