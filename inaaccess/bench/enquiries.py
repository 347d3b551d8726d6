"""`manage.py bench --enquiries`: the lists of both sides and of staff over 100,000 enquiries, and sending one.

In one process without the web server: what the pages themselves take, with their middleware and templates.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from catalog.models import Product
from exporters.models import Membership, Producer
from inaaccess.bench import databases
from inaaccess.bench.report import Figure
from inaaccess.bench.running import percentile
from inaaccess.bench.statements import noted
from inquiries.models import (
    Enquiry,
    EnquiryLine,
    EnquiryMessage,
    EnquiryRound,
    EnquiryState,
    Importer,
    Side,
    Turn,
    Wish,
)
from markets.models import Market, MissionStaff

PRODUCTS: Final = 2_000
ENQUIRIES: Final = 100_000
IMPORTERS: Final = 2_000
BATCH: Final = 2_000
TIMES: Final = 200
MOST_LIST_MS, MOST_LIST_QUERIES, MOST_SEND_MS = 60.0, 10.0, 150.0
DAY: Final = datetime.timedelta(days=1)


def fill(_rows: int, seed: int) -> None:
    """A catalogue with its producers' members, importers, a mission's officer and 100,000 enquiries of two years."""
    from inaaccess.bench import catalogue

    catalogue.fill(PRODUCTS, seed)
    chance = Random(seed)  # noqa: S311  invented rows, no secret
    products = list(Product.objects.published().order_by("pk").values_list("pk", "producer", "title", "unit"))
    markets = list(Market.objects.order_by("pk").values_list("pk", flat=True))
    people = User.objects.bulk_create(
        [User(email=f"importer-{n}@bench.invalid", name=f"Importer {n}", language="es") for n in range(IMPORTERS)]
    )
    importers = Importer.objects.bulk_create(
        [Importer(user=one, company=f"Importadora {one.pk}", country=chance.choice(markets)) for one in people]
    )
    for start in range(0, ENQUIRIES, BATCH):
        _add([_drawn(chance, importers, products, start + number) for number in range(BATCH)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def run(seed: int, tell: Callable[[str], None]) -> list[Figure]:
    """Milliseconds (p95) and queries of each list, milliseconds of a sending, beside what is promised."""
    tell(f"{ENQUIRIES:,} enquiries …")
    name = databases.ensure(ENQUIRIES, seed, kind="enquiries")
    with databases.using(name), override_settings(ALLOWED_HOSTS=["*"]):
        return [*_lists(), *_sending()]


def _lists() -> list[Figure]:
    by_given = Enquiry.objects.order_by().values("producer").annotate(given=Count("pk")).order_by("-given")
    busiest = by_given.values_list("producer", flat=True).first()
    producer = Producer.objects.get(pk=busiest or 0)
    member = producer.members.first() or _person("member@bench.invalid")
    Membership.objects.get_or_create(user=member, producer=producer, defaults={"role": "owner"})
    importer = Importer.objects.order_by("pk").first()
    officer = MissionStaff.objects.order_by("pk").first()
    ministry = _person("ministry@bench.invalid", is_staff=True, is_superuser=True)
    last = Enquiry.objects.filter(producer=producer).order_by("-pk").first()
    if importer is None or last is None:
        raise LookupError("The database of the bench is empty.")
    pages = [
        ("desk_enquiry_list", member, reverse("desk_enquiry_list")),
        ("desk_enquiry", member, reverse("desk_enquiry", args=[last.pk])),
        ("enquiry_list", importer.user, reverse("enquiry_list")),
        *((f"enquiries_{view}", ministry, f"{reverse('admin:enquiries')}?view={view}") for view in ("overdue", "all")),
        *([("enquiries_of_mission", officer.user, reverse("admin:enquiries"))] if officer else []),
    ]
    return [figure for label, person, address in pages for figure in _measured(label, person, address)]


def _measured(label: str, person: User, address: str) -> list[Figure]:
    client = Client()
    client.force_login(person)
    client.get(address)  # what the process keeps is read once
    with noted() as asked:
        answer = client.get(address)
    if answer.status_code != 200:
        raise LookupError(f"{label} answered {answer.status_code}.")
    times = [_milliseconds(lambda: client.get(address)) for _time in range(TIMES)]
    return [
        Figure(f"{label}_p95_ms", percentile(times, 0.95), MOST_LIST_MS),
        Figure(f"{label}_queries", len(asked), MOST_LIST_QUERIES if "list" in label or "enquiries" in label else None),
    ]


def _sending() -> list[Figure]:
    importer = Importer.objects.order_by("-pk").first()
    some = Product.objects.published().order_by("producer_id", "pk").distinct("producer_id")[:3]
    if importer is None:
        raise LookupError("The database of the bench is empty.")

    def send() -> None:
        lines = [EnquiryLine(product=product, quantity=Decimal(600)) for product in some]
        wish = Wish(lines=lines, destination_country=importer.country, text="Precio por favor.", language="es")
        EnquiryRound.send(wish, importer=importer, by=importer.user)

    times = [_milliseconds(send) for _time in range(TIMES // 4)]
    return [Figure("send_to_three_p95_ms", percentile(times, 0.95), MOST_SEND_MS)]


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _person(email: str, **fields: Any) -> User:
    known: User = User.objects.filter(email=email).first() or User.objects.create(email=email, name=email, **fields)
    return known


def _drawn(chance: Random, importers: list[Importer], products: list[Any], number: int) -> Enquiry:
    """One enquiry with its round and line at hand; a fifth still waits, a tenth of the products get half of them."""
    importer = chance.choice(importers)
    busy = max(1, len(products) // 10)
    product, producer, title, unit = products[chance.randrange(busy if number % 2 else len(products))]
    sent = timezone.now() - DAY * chance.uniform(0, 700)
    is_waiting = number % 5 == 0
    sent_round = EnquiryRound(
        importer=importer, destination_country=importer.country, text="Precio por favor.", language="es", sent_at=sent
    )
    enquiry = Enquiry(
        round=sent_round,
        importer=importer,
        producer_id=producer,
        market_id=importer.country,
        state=EnquiryState.SENT if is_waiting else EnquiryState.ANSWERED,
        language="es",
        sent_at=sent,
        last_message_at=sent,
        turn=Turn.PRODUCER if is_waiting else Turn.IMPORTER,
        turn_since=sent,
        due_at=sent + 7 * DAY if is_waiting else None,
        next_stage_at=sent + 5 * DAY if is_waiting else None,
        first_answered_at=None if is_waiting else sent + DAY,
        answer_time=None if is_waiting else DAY,
    )
    enquiry.drawn_line = EnquiryLine(  # type: ignore[attr-defined]
        enquiry=enquiry, position=1, product_id=product, title=title, unit_id=unit, quantity=Decimal(600)
    )
    return enquiry


def _add(enquiries: list[Enquiry]) -> None:
    EnquiryRound.objects.bulk_create([enquiry.round for enquiry in enquiries])
    Enquiry.objects.bulk_create(enquiries)
    EnquiryLine.objects.bulk_create([enquiry.drawn_line for enquiry in enquiries])  # type: ignore[attr-defined]
    EnquiryMessage.objects.bulk_create(
        EnquiryMessage(enquiry=enquiry, side=Side.PRODUCER, text="Terima kasih.", language="id")
        for enquiry in enquiries
        if enquiry.first_answered_at
    )
