import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from inquiries.models import (
    Enquiry,
    EnquiryMoved,
    EnquiryReport,
    EnquiryRound,
    EnquiryState,
    Said,
    SenderBlock,
    Side,
    Turn,
    Wish,
)
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
S = EnquiryState


def kinds_to(person):
    return [letter.event.split(":")[0] for letter in Letter.objects.filter(recipient=person).order_by("pk")]


def in_state(state):
    enquiry = asking.an_enquiry()
    member, importer = asking.member_of(enquiry.producer), enquiry.importer.user
    if state in {S.HELD, S.DISCARDED}:
        Enquiry.objects.filter(pk=enquiry.pk).update(
            state=S.HELD, held_reason="links", turn=Turn.NOBODY, due_at=None, next_stage_at=None
        )
        enquiry.refresh_from_db()
    if state in {S.QUOTED, S.ACCEPTED, S.DECLINED}:
        asking.quote(enquiry)
    {
        S.HELD: lambda: None,
        S.SENT: lambda: None,
        S.QUOTED: lambda: None,
        S.ANSWERED: lambda: asking.answer(enquiry),
        S.ACCEPTED: lambda: enquiry.accept(by=importer, version=1),
        S.DECLINED: lambda: enquiry.decline(by=importer, version=1, reason="price"),
        S.REFUSED: lambda: enquiry.refuse(Said(kind="cannot_supply", reason="capacity"), by=member),
        S.WITHDRAWN: lambda: enquiry.withdraw(by=importer),
        S.DISCARDED: lambda: enquiry.discard(by=make.UserFactory(), why="spam"),
        S.EXPIRED: lambda: expire(enquiry),
    }[state]()
    return enquiry


def expire(enquiry):
    with time_machine.travel(enquiry.expires_at + datetime.timedelta(minutes=1), tick=False):
        enquiry.expire(by=None)


def do(verb, enquiry):
    member, importer, staff = asking.member_of(enquiry.producer), enquiry.importer.user, make.UserFactory()
    return {
        "deliver": lambda: enquiry.deliver(by=staff),
        "discard": lambda: enquiry.discard(by=staff, why="spam"),
        "answer": lambda: asking.answer(enquiry),
        "refuse": lambda: enquiry.refuse(Said(kind="cannot_supply", reason="capacity"), by=member),
        "quote": lambda: asking.quote(enquiry),
        "accept": lambda: enquiry.accept(by=importer, version=1),
        "decline": lambda: enquiry.decline(by=importer, version=1, reason="price"),
        "withdraw": lambda: enquiry.withdraw(by=importer),
        "expire": lambda: expire(enquiry),
    }[verb]()


ALLOWED = [(verb, start) for verb, (starts, _to) in Enquiry.TRANSITIONS.items() for start in sorted(starts)]
REFUSED = [
    (verb, state)
    for verb, (starts, _to) in Enquiry.TRANSITIONS.items()
    for state in S
    if state not in starts and (verb, state) != ("answer", S.QUOTED) and verb != "expire"
]


@pytest.mark.parametrize(("verb", "start"), ALLOWED)
def test_a_verb_leads_to_its_state_and_is_in_the_trail(verb, start):
    enquiry = in_state(start)
    do(verb, enquiry)
    enquiry.refresh_from_db()
    assert enquiry.state == Enquiry.TRANSITIONS[verb][1]
    entry = AuditEntry.objects.filter(object_type="inquiries.enquiry", verb=verb).latest("pk")
    assert (entry.from_state, entry.to_state) == (start, enquiry.state)


@pytest.mark.parametrize(("verb", "state"), REFUSED)
def test_a_verb_is_refused_in_any_other_state(verb, state):
    enquiry = in_state(state)
    entries, letters = AuditEntry.objects.count(), Letter.objects.count()
    with pytest.raises(TransitionNotAllowed):
        do(verb, enquiry)
    assert AuditEntry.objects.count() == entries
    assert Letter.objects.count() == letters


@pytest.mark.parametrize("state", [state for state in S if state != S.SENT])
def test_only_what_waits_for_its_first_answer_expires(state):
    enquiry = in_state(state)
    with pytest.raises(TransitionNotAllowed):
        enquiry.expire(by=None)


def test_a_round_asks_each_producer_about_its_own_products_only():
    one, other = make.ProductFactory(published=True), make.ProductFactory(published=True)
    also = make.ProductFactory(published=True, producer=one.producer)
    for producer in (one.producer, other.producer):
        asking.member_of(producer)
    importer = make.ImporterFactory(country="CL")
    sent = asking.ask(one, other, also, importer=importer)
    asked = {enquiry.producer: {line.product for line in enquiry.lines.all()} for enquiry in sent.enquiries.all()}
    assert asked == {one.producer: {one, also}, other.producer: {other}}
    assert kinds_to(importer.user) == ["enquiries_sent"]
    assert kinds_to(asking.member_of(one.producer)) == ["enquiry_received"]
    assert all(importer.user.email not in letter.body for letter in Letter.objects.exclude(recipient=importer.user))


def test_a_producer_reads_the_deadline_in_their_own_zone_whoever_asks_from_where():
    with timezone.override("America/Santiago"):
        enquiry = asking.an_enquiry()
    letter = Letter.objects.get(recipient=asking.member_of(enquiry.producer))
    due = timezone.localtime(enquiry.due_at, ZoneInfo("Asia/Jakarta"))
    assert f"{due:%H:%M} WIB" in letter.body


def test_the_market_is_that_of_the_destination_else_of_the_company():
    peru, chile = make.MarketFactory(iso2="PE"), make.MarketFactory(iso2="CL")
    importer = make.ImporterFactory(country="CL")
    assert asking.an_enquiry(importer, destination_country="PE").market == peru
    assert asking.an_enquiry(importer, destination_country="US").market == chile
    assert asking.an_enquiry(make.ImporterFactory(country="US")).market is None


@pytest.mark.parametrize("state", ["retired", "suspended", "unpublished"])
def test_what_is_not_public_is_not_asked_and_nothing_is_sent(state):
    good, bad = make.ProductFactory(published=True), make.ProductFactory(published=True)
    type(bad).objects.filter(pk=bad.pk).update(state=state)
    with pytest.raises(Refused) as refused:
        asking.ask(good, bad, importer=make.ImporterFactory())
    assert refused.value.code == "product_not_public"
    assert not EnquiryRound.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_asks_a_producer_to_whom_they_belong():
    product, importer = make.ProductFactory(published=True), make.ImporterFactory()
    make.MembershipFactory(producer=product.producer, user=importer.user)
    with pytest.raises(Refused) as refused:
        asking.ask(product, importer=importer)
    assert refused.value.code == "own_producer"


def test_a_blocked_importer_asks_others_but_not_the_producer():
    product, importer = make.ProductFactory(published=True), make.ImporterFactory()
    block = SenderBlock.put(importer, producer=product.producer, by=asking.member_of(product.producer))
    assert SenderBlock.put(importer, producer=product.producer, by=importer.user) == block
    with pytest.raises(Refused) as refused:
        asking.ask(product, importer=importer)
    assert refused.value.code == "blocked"
    assert asking.an_enquiry(importer).state == S.SENT
    block.lift(by=importer.user)
    assert asking.an_enquiry(importer, product).state == S.SENT


def test_an_empty_wish_is_refused():
    with pytest.raises(Refused) as refused:
        EnquiryRound.send(
            Wish(lines=[], destination_country="CL"), importer=(one := make.ImporterFactory()), by=one.user
        )
    assert refused.value.code == "nothing_asked"


def test_many_links_are_held_for_the_mission_and_lost_by_nobody():
    enquiry = asking.an_enquiry(text="See http://a.com and www.b.net and c.xyz please, best prices")
    assert (enquiry.state, enquiry.held_reason, enquiry.turn) == (S.HELD, "links", Turn.NOBODY)
    assert not Letter.objects.filter(event__startswith="enquiry_received").exists()
    enquiry.deliver(by=make.UserFactory())
    assert (enquiry.turn, enquiry.due_at is not None) == (Turn.PRODUCER, True)
    assert Letter.objects.filter(event__startswith="enquiry_received").exists()


def test_the_fourth_sending_of_the_same_words_within_a_day_is_held():
    importer = make.ImporterFactory(country="CL")
    text = "We are the biggest buyers in the world, please answer at once."
    states = [asking.an_enquiry(importer, text=text.upper() if turn % 2 else text).state for turn in range(4)]
    assert states == [S.SENT, S.SENT, S.SENT, S.HELD]


def test_who_was_reported_with_reason_is_held():
    enquiry = asking.an_enquiry()
    member = asking.member_of(enquiry.producer)
    report = EnquiryReport.file(enquiry, side=Side.PRODUCER, reason="spam", by=member)
    with pytest.raises(Refused):
        EnquiryReport.file(enquiry, side=Side.PRODUCER, reason="fraud", by=member)
    assert asking.an_enquiry(enquiry.importer).state == S.SENT
    report.uphold(by=make.UserFactory())
    assert asking.an_enquiry(enquiry.importer).held_reason == "reported"


def test_a_quotation_has_versions_and_only_the_newest_is_accepted():
    enquiry = asking.an_enquiry()
    asking.quote(enquiry)
    second = asking.quote(enquiry, price="6.50")
    assert second.version == 2
    assert second.total() == Decimal("3900")
    with pytest.raises(EnquiryMoved):
        enquiry.accept(by=enquiry.importer.user, version=1)
    enquiry.accept(by=enquiry.importer.user, version=2)
    assert (enquiry.state, enquiry.turn) == (S.ACCEPTED, Turn.NOBODY)


def test_a_lapsed_quotation_is_neither_given_nor_accepted():
    enquiry = asking.an_enquiry()
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    with pytest.raises(Refused) as refused:
        asking.quote(enquiry, valid_until=yesterday)
    assert refused.value.code == "quotation_lapsed"
    quotation = asking.quote(enquiry)
    type(quotation).objects.update(valid_until=yesterday)
    with pytest.raises(Refused) as refused:
        enquiry.accept(by=enquiry.importer.user, version=1)
    assert refused.value.code == "quotation_lapsed"


def test_who_has_not_read_the_newest_message_is_told_first():
    enquiry = asking.an_enquiry()
    first = asking.answer(enquiry)
    with pytest.raises(EnquiryMoved):
        enquiry.answer(Said(text="Halo", language="id"), by=asking.member_of(enquiry.producer), seen=0)
    enquiry.answer(Said(text="Halo", language="id"), by=asking.member_of(enquiry.producer), seen=first.pk)
    assert enquiry.messages.count() == 2


def test_a_word_of_the_mission_for_one_side_is_not_read_by_the_other():
    enquiry, officer = asking.an_enquiry(), make.UserFactory()
    note = enquiry.write(Said(text="Please call them.", to=Side.PRODUCER), side=Side.MISSION, by=officer)
    assert list(enquiry.read_as(Side.PRODUCER)) == [note]
    assert not enquiry.read_as(Side.IMPORTER).exists()
    assert "enquiry_message" not in kinds_to(enquiry.importer.user)
    assert "enquiry_message" in kinds_to(asking.member_of(enquiry.producer))


def test_an_answer_in_a_quoted_thread_is_a_message_and_keeps_the_quotation():
    enquiry = in_state(S.QUOTED)
    asking.answer(enquiry, "Masih berlaku.")
    enquiry.refresh_from_db()
    assert enquiry.state == S.QUOTED
    assert enquiry.messages.last().text == "Masih berlaku."
