"""The queue's broker with a limit: a job that kills its worker each time would else be offered without end."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import OrmQ, Task

from accounts import ratelimit

OFFERS: Final = "job"
"""Scope of settings.RATE_LIMITS: how often a job is handed to a worker, counted by the number of its row."""


class LimitedBroker(ORM):
    """Hands out jobs as the stock broker does, but gives one up that no worker survived or finished in time."""

    def dequeue(self) -> list[tuple[int, str]] | None:
        """The next jobs; those that were offered too often go to the list of what failed."""
        jobs: list[tuple[int, str]] | None = super().dequeue()
        return [job for job in jobs if self._is_offered(job[0])] if jobs else jobs

    def _is_offered(self, pk: int) -> bool:
        try:
            ratelimit.hit(OFFERS, str(pk))
        except ratelimit.TooMany:
            job = OrmQ.objects.filter(pk=pk).first()
            if job is not None:
                give_up(job)
            return False
        return True


def give_up(job: OrmQ) -> None:
    """Move a job from the queue to what failed for good."""
    said: dict[str, Any] = job.task  # only an id when its signature is of another key
    now = timezone.now()
    Task.objects.update_or_create(
        id=said["id"][:32],
        defaults={
            "name": said.get("name", f"job {job.pk}"),
            "func": said.get("func", ""),
            "args": said.get("args"),
            "kwargs": said.get("kwargs"),
            "started": said.get("started", now),
            "stopped": now,
            "success": False,
            "result": "The worker ended while it did this, each time that it was tried.",
        },
    )
    job.delete()
