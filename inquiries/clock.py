"""What the answering clock does by itself, every few minutes; safe to run twice, beside people and after an outage."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.workflow import Refused
from catalog.promise import WorkingDays
from inquiries import answer_figures, mails, product_interest
from inquiries.alternatives import alternatives_to
from inquiries.models import Enquiry, EnquiryState, Stage, Turn

AT_ONCE: Final = 500


def run() -> int:
    """Do the steps that are due, then expire what nobody answered; how many of both.

    After an outage each step that was missed is done, in its order, in one run.
    """
    working, done = WorkingDays.read(), 0
    for key in list(Enquiry.objects.stage_due().order_by("next_stage_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        while _step(key, working):
            done += 1
    for enquiry in Enquiry.objects.expiring().order_by("pk")[:AT_ONCE]:
        with suppress(Refused):  # answered or withdrawn meanwhile
            enquiry.expire(by=None)
            done += 1
    return done


def reckon() -> int:
    """Every night: the moments that are to come, by the holidays that are known today; how many moved."""
    working, moved = WorkingDays.read(), 0
    for key in Enquiry.objects.waiting_for_producer().order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=key)
            before = (enquiry.next_stage_at, enquiry.due_at)
            enquiry.reckon(working)
            if (enquiry.next_stage_at, enquiry.due_at) != before:
                enquiry.save(update_fields=["next_stage_at", "due_at"])
                moved += 1
    return moved


def count_views() -> int:
    """Each minute: how often products were looked at."""
    return product_interest.flush()


def count_answers() -> int:
    """Every night: how reliably producers answer."""
    return answer_figures.refresh_all()


def _step(key: int, working: WorkingDays) -> bool:
    """Do the next step of one enquiry if it is due; was it?"""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
        if enquiry is None or enquiry.turn != Turn.PRODUCER or not enquiry.next_stage_at:
            return False
        if enquiry.next_stage_at > timezone.now():
            return False
        stage = next(stage for stage in Stage if stage > enquiry.stage)
        enquiry.stage_reached(stage, working)
        enquiry.save(update_fields=["stage", "next_stage_at", "due_at"])
        _tell(enquiry, stage)
        audit.record("clock", enquiry, by=None, to_state=enquiry.state, why=f"T+{stage.value}")
        if stage == Stage.MISSION_TOLD and enquiry.state == EnquiryState.SENT:
            answer_figures.refresh(enquiry.producer_id)
    return True


def _tell(enquiry: Enquiry, stage: Stage) -> None:
    number = f"{enquiry.turn_since:%Y%m%d%H%M%S}"
    if stage == Stage.REMINDED:
        mails.enquiry_reminder(enquiry, number=number)
    elif stage == Stage.MISSION_TOLD:
        mails.enquiry_overdue(enquiry, number=number)
    elif stage == Stage.MINISTRY_TOLD:
        mails.enquiry_overdue_for_ministry(enquiry, number=number)
    elif stage == Stage.ALTERNATIVES:
        mails.enquiry_alternatives(enquiry, alternatives_to(enquiry), number=number)
