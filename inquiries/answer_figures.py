"""Counts how reliably producers answer, from the answering clock and nothing else, and tells the search."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Aggregate, Count, DurationField, Q
from django.utils import timezone

from catalog.indexing import set_answer_scores
from catalog.models import Product
from inquiries.models.enquiry_state import PROMISED_STAGE, EnquiryState
from inquiries.models.producer_answers import ProducerAnswers

COUNTED: Final = datetime.timedelta(days=365)


class Median(Aggregate):
    """The middle value."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def refresh(producer_id: int) -> ProducerAnswers:
    """Count anew for one producer. One that is not answered counts once the promised time is over.

    Whoever was withdrawn or held before that counts for neither. The search is told when the score changed.
    """
    answers, before = _count_anew(producer_id)
    if answers.score != before:
        _tell_search(answers)
    return answers


def refresh_all() -> int:
    """Every night: days pass, and products come. How many producers were counted. Safe to run twice."""
    enquiry = apps.get_model("inquiries", "Enquiry")
    asked = enquiry.objects.order_by().values_list("producer", flat=True).distinct()
    producers = sorted({*asked, *ProducerAnswers.objects.values_list("producer", flat=True)})
    for producer in producers:
        with transaction.atomic():
            answers, _before = _count_anew(producer)
            _tell_search(answers)  # the same score, too: products that came since do not have it
    return len(producers)


def _count_anew(producer_id: int) -> tuple[ProducerAnswers, int | None]:
    """The figures as they are now, and the score before."""
    locked = ProducerAnswers.objects.select_for_update()  # two verbs at once count one after the other
    answers, _made = locked.get_or_create(producer_id=producer_id)
    before = answers.score
    counted = _counted(producer_id)
    answers.asked = counted["answered"] + counted["unanswered"]
    answers.answered, answers.median = counted["answered"], counted["median"]
    answers.save()
    return answers, before


def _tell_search(answers: ProducerAnswers) -> None:
    products = Product.objects.filter(producer=answers.producer_id).values_list("pk", flat=True)
    set_answer_scores(products, answers.score)


def _counted(producer_id: int) -> dict[str, Any]:
    enquiry = apps.get_model("inquiries", "Enquiry")
    asked = enquiry.objects.filter(buying_request__isnull=True)  # an offer is no answer to an enquiry
    lately = asked.filter(producer=producer_id, sent_at__gte=timezone.now() - COUNTED)
    figures: dict[str, Any] = lately.aggregate(
        answered=Count("pk", filter=Q(first_answered_at__isnull=False)),
        unanswered=Count("pk", filter=_unanswered()),
        median=Median("answer_time", filter=Q(first_answered_at__isnull=False)),
    )
    return figures


def _unanswered() -> Q:
    over = Q(stage__gte=PROMISED_STAGE) | Q(state=EnquiryState.EXPIRED) | Q(due_at__lt=timezone.now())
    return Q(first_answered_at__isnull=True) & over
