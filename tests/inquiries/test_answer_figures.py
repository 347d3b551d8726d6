"""What the public reads of how reliably a producer answers."""

from __future__ import annotations

import datetime

import pytest

from inquiries.models import ProducerAnswers
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return make.ProducerFactory(listed=True)


def page(client, producer):
    return client.get(f"/en/producers/{producer.slug}/").text


def figures(producer, *, asked, answered, days):
    median = None if days is None else datetime.timedelta(days=days)
    ProducerAnswers.objects.create(producer=producer, asked=asked, answered=answered, median=median)


def test_below_five_enquiries_nothing_is_said(client, producer):
    assert "Answers to enquiries" not in page(client, producer)
    figures(producer, asked=4, answered=4, days=1)
    assert "Answers to enquiries" not in page(client, producer)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.2, "usually within 1 working day<"), (1.0, "within 1 working day<"), (2.1, "usually within 3 working days")],
)
def test_from_five_on_rate_and_time_are_said_with_their_source(client, producer, days, words):
    figures(producer, asked=25, answered=23, days=days)
    html = page(client, producer)
    assert "Answers 92 % of enquiries" in html and words in html
    assert "25 enquiries of the last 365 days" in html


def test_who_never_answered_has_no_usual_time(client, producer):
    figures(producer, asked=6, answered=0, days=None)
    html = page(client, producer)
    assert "Answers 0 % of enquiries" in html and "usually within" not in html
