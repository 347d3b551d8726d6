import json

import pytest

from accounts.models import AuditEntry
from inquiries.models import Said
from tests import asking
from tests import factories as make
from webhooks.events import SOURCES, tell_enquiries

pytestmark = pytest.mark.django_db


def test_an_enquiry_is_told_without_people_and_what_they_wrote():
    make.MarketFactory(iso2="CL")
    enquiry = asking.an_enquiry(text="Confidential words")
    told = tell_enquiries([str(enquiry.pk)])[str(enquiry.pk)]
    assert told.markets == {"CL"}
    assert told.data["products"] == list(enquiry.lines.values_list("product__slug", flat=True))
    text = json.dumps(told.data)
    assert "Confidential" not in text
    assert enquiry.importer.user.email not in text


def test_a_held_enquiry_and_one_from_no_market_are_told_to_nobody():
    held = asking.an_enquiry(text="www.a.com www.b.com www.c.com")
    elsewhere = asking.an_enquiry(make.ImporterFactory(country="US"))
    assert tell_enquiries([str(held.pk), str(elsewhere.pk)]) == {}


@pytest.mark.parametrize(
    ("event", "act"),
    [
        ("enquiry.answered", asking.answer),
        ("quotation.received", asking.quote),
        ("enquiry.ended", lambda enquiry: enquiry.withdraw(by=enquiry.importer.user)),
        (
            "enquiry.ended",
            lambda enquiry: enquiry.refuse(
                Said(kind="cannot_supply", reason="price"), by=asking.member_of(enquiry.producer)
            ),
        ),
    ],
)
def test_each_verb_that_concerns_missions_is_an_event(event, act):
    enquiry = asking.an_enquiry()
    act(enquiry)
    entry = AuditEntry.objects.filter(object_type="inquiries.enquiry").latest("pk")
    assert entry.verb in SOURCES[event].verbs
