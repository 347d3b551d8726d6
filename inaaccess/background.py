"""How the background work stands: what waits and since when, what the clock did, what failed for good and its retry."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_q.models import Failure, OrmQ, Schedule, Task
from django_q.tasks import async_task

from accounts import audit
from accounts.http import signed_in
from accounts.models import Letter, LetterState, User
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from catalog.models import SearchMark
from promotion.models import Document
from webhooks.models import Delivery

POWER: Final = "accounts.retry_letter"
SHOWN: Final = 50
LATE: Final = datetime.timedelta(minutes=10)
"""A schedule that is due for so long tells that no worker runs."""
WORKS: Final = {
    "accounts.letters.send_due": gettext_lazy("Send letters"),
    "accounts.letters_of_the_day.gather": gettext_lazy("Write the letters of the day"),
    "accounts.passwords.send_reset": gettext_lazy("Write the letter for a new password"),
    "catalog.upkeep.keep_up": gettext_lazy("Bring the search up to date"),
    "catalog.clock.release_lapsed_claims": gettext_lazy("Release claims that lapsed"),
    "catalog.facet_counts.refresh_browse_counts": gettext_lazy("Count products for the filters"),
    "catalog.indexing.refresh_tiers": gettext_lazy("Put the catalogue in its order of the day"),
    "catalog.corrections.rebuild_words": gettext_lazy("Collect words for corrections of typing"),
    "catalog.likeness.fill_likenesses": gettext_lazy("Compare photos with each other"),
    "catalog.stored_sizes.fill_sizes": gettext_lazy("Count the bytes of pictures"),
    "exporters.clock.remind_of_endings": gettext_lazy("Remind producers of certificates that run out"),
    "exporters.clock.write_digest": gettext_lazy("Tell the ministry which certificates run out"),
    "exporters.first_page.draw_missing": gettext_lazy("Draw the first pages of certificates"),
    "inquiries.search_clock.write_search_letters": gettext_lazy("Tell importers what their searches newly found"),
    "markets.service_figures.refresh_figures": gettext_lazy("Count the service figures"),
    "promotion.clock.count_visits": gettext_lazy("Count the visits of campaigns"),
    "promotion.clock.forget_stale": gettext_lazy("Delete documents whose time is over"),
    "promotion.making.make_waiting": gettext_lazy("Make catalogues and price lists"),
    "inquiries.request_keeping.run": gettext_lazy("End buying requests that are over, show offers that waited"),
    "inquiries.clock.count_answers": gettext_lazy("Count how reliably producers answer"),
    "inquiries.clock.count_views": gettext_lazy("Count the views of products"),
    "inquiries.clock.reckon": gettext_lazy("Reckon the answering clock by the holidays"),
    "inquiries.clock.run": gettext_lazy("Remind of enquiries that wait for an answer"),
    "inaaccess.retention.retain": gettext_lazy("Delete personal data whose time is over"),
    "inaaccess.schedules.tidy": gettext_lazy("Forget what is over"),
    "webhooks.reading.read_trail": gettext_lazy("Look for what webhooks are told"),
    "webhooks.sending.send_due": gettext_lazy("Tell webhooks"),
    "webhooks.sending.tidy": gettext_lazy("Forget what webhooks were told"),
}


@dataclass(frozen=True)
class Waiting:
    """A kind of work that waits: how many, and since when the oldest does."""

    number: int
    since: datetime.datetime | None

    @property
    def seconds(self) -> int:
        """The age of the oldest, 0 when none waits."""
        return max(0, int((timezone.now() - self.since).total_seconds())) if self.since else 0

    @property
    def age(self) -> str:
        """The same for people."""
        minutes = self.seconds // 60
        if self.since is None:
            return "–"
        if minutes < 1:
            return _("less than a minute")
        if minutes < 120:
            return _("%(number)d min") % {"number": minutes}
        return _("%(number)d h") % {"number": minutes // 60}


class Failed(NamedTuple):
    """A job or a letter that was given up: what it was, when it stopped or was written, and what it said last."""

    pk: object
    name: str | Promise
    at: datetime.datetime
    tries: int
    said: str
    address: str = ""


def jobs_waiting() -> Waiting:
    """Jobs that no worker has taken yet, or that are offered again."""
    return Waiting(**OrmQ.objects.filter(lock__lte=timezone.now()).aggregate(number=Count("pk"), since=Min("lock")))


def letters_waiting() -> Waiting:
    """Letters whose time has come."""
    return Waiting(**Letter.objects.due().aggregate(number=Count("pk"), since=Min("next_try_at")))


def marks_waiting() -> Waiting:
    """Changes that the search does not show yet."""
    return Waiting(**SearchMark.objects.aggregate(number=Count("pk"), since=Min("marked_at")))


def deliveries_waiting() -> Waiting:
    """What webhooks are to be told now."""
    return Waiting(**Delivery.objects.due().aggregate(number=Count("pk"), since=Min("next_try_at")))


def documents_waiting() -> Waiting:
    """Catalogues and price lists that are not made yet."""
    return Waiting(**Document.objects.under_way().aggregate(number=Count("pk"), since=Min("asked_at")))


def all_waiting() -> dict[str, Waiting]:
    """Everything that waits, by its name for programs."""
    return {
        "jobs": jobs_waiting(),
        "letters": letters_waiting(),
        "search": marks_waiting(),
        "webhooks": deliveries_waiting(),
        "documents": documents_waiting(),
    }


def letters_put_off() -> int:
    """Letters that could not be sent and whose next try is still to come."""
    return Letter.objects.filter(state=LetterState.WAITING, next_try_at__gt=timezone.now()).count()


def failed_for_good() -> dict[str, int]:
    """How many were given up, by the names of `all_waiting`; a search mark never is."""
    return {
        "jobs": Failure.objects.count(),
        "letters": Letter.objects.failed().count(),
        "webhooks": Delivery.objects.failed().count(),
        "documents": Document.objects.failed().count(),
    }


def figures() -> dict[str, Any]:
    """For programs: numbers, ages in seconds, what failed for good."""
    told: dict[str, Any] = {
        name: {"waiting": kind.number, "oldest_seconds": kind.seconds} for name, kind in all_waiting().items()
    }
    return {**told, "failed": failed_for_good(), "worker_is_late": late_since() is not None}


def late_since() -> datetime.datetime | None:
    """Since when a schedule is due and nobody does it; None while the worker keeps up."""
    due = Schedule.objects.filter(~Q(repeats=0), next_run__lt=timezone.now() - LATE)
    found: datetime.datetime | None = due.aggregate(since=Min("next_run"))["since"]
    return found


def retry_job(pk: str, *, by: User) -> None:
    """Queue a job again that failed for good, once. Raises Refused (job_gone)."""
    with transaction.atomic():
        job = Failure.objects.select_for_update().filter(pk=pk).first()
        if job is None:
            raise Refused(_("This job is not in the list any more."), code="job_gone")
        audit.record("retry", job, by=by, why=job.func)
        async_task(job.func, *(job.args or ()), **(job.kwargs or {}))
        job.delete()


@require_safe
def background_work(request: HttpRequest) -> TemplateResponse:
    """The page for the ministry and the superuser."""
    _only_with_power(request)
    failed_letters, waits = Letter.objects.failed(), all_waiting()
    context = {
        "title": _("Background work"),
        "late_since": late_since(),
        "waiting": [
            (_("Jobs"), waits["jobs"]),
            (_("Letters"), waits["letters"]),
            (_("Changes for the search"), waits["search"]),
            (_("Webhooks"), waits["webhooks"]),
            (_("Documents"), waits["documents"]),
        ],
        "put_off": letters_put_off(),
        "schedules": _of_clock(),
        "jobs": [_of_job(job) for job in Failure.objects.order_by("-stopped", "pk")[:SHOWN]],
        "job_count": Failure.objects.count(),
        "letters": [_of_letter(letter) for letter in failed_letters.order_by("-pk")[:SHOWN]],
        "letter_count": failed_letters.count(),
        "delivery_count": Delivery.objects.failed().count(),
    }
    return desk_page(request, "background_work", context)


@require_POST
def background_retry(request: HttpRequest) -> HttpResponse:
    """Try one thing again: `job` or `letter` names it."""
    _only_with_power(request)
    person = signed_in(request.user)
    letter = request.POST.get("letter", "")
    if letter.isascii() and letter.isdigit() and len(letter) < 18:
        get_object_or_404(Letter, pk=int(letter)).retry(by=person)
    elif job := request.POST.get("job", ""):
        retry_job(job.replace("\0", "")[:32], by=person)
    else:
        raise Http404
    return redirect("admin:background_work")


def _only_with_power(request: HttpRequest) -> None:
    if not request.user.has_perm(POWER):
        raise PermissionDenied


def _of_clock() -> list[dict[str, Any]]:
    schedules = list(Schedule.objects.order_by("next_run", "pk")[:SHOWN])
    done = dict(Task.objects.filter(pk__in=[one.task for one in schedules]).values_list("pk", "success"))
    late = timezone.now() - LATE
    return [
        {
            "name": WORKS.get(one.func, one.func),
            "next_run": one.next_run,
            "is_late": one.next_run is not None and one.next_run < late,
            "succeeded": done.get(one.task),
        }
        for one in schedules
    ]


def _of_job(job: Failure) -> Failed:
    lines = str(job.result or "").strip().splitlines() or [""]
    return Failed(job.pk, WORKS.get(job.func, job.func), job.stopped, job.attempt_count, lines[-1][:200])


def _of_letter(letter: Letter) -> Failed:
    return Failed(letter.pk, letter.subject, letter.created_at, letter.tries, letter.last_error, letter.address)


PAGES: Final = (("background/", background_work), ("background/retry/", background_retry))
