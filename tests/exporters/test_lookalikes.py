from __future__ import annotations

from random import Random

import pytest
from django.db import connection

from exporters.lookalikes import JUDGED, MOST, lookalikes
from exporters.models import Producer
from kit.lookalikes import skeleton
from tests import factories as make

pytestmark = pytest.mark.django_db
MANY = 10_000
INDEXES = ["exporters_producer_looks", "exporters_producer_legal_looks"]


def looking_like(producer: Producer) -> list[str]:
    return [found.trade_name for found in lookalikes(producer, Producer.objects.all())]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Batik Sari", "Bаtik Sаrі"),
        ("Batik Sari", "ＢＡＴＩＫ ＳＡＲＩ"),
        ("Batik Sari", "B4t1k S4r1"),
        ("Batik Sari", "Bátik Sárì"),
        ("Batik Sari", "Battik Sarri"),
        ("Batik Sari", "CV. Batik Sari"),
        ("PT Batik Sari", "UD Batik Sari"),
        ("Batik Sari", "Batiksari"),
        ("Batik Sari", "Batiks Sari"),
        ("Batik Sari", "Batk Sari"),
        ("Barokah", "Berokah"),
        ("Sandal Karna", "Sandal Kama"),
        ("Kerajinan Sentosa Jaya", "Kerajinan Santosa Jaya"),
        ("Kerajinan Sentosa Abadi", "Kerajinan Santosa Abudi"),
        ("Kerajinan Sentosa Jaya", "Kerajinan Sentoas Jaya"),
        ("Sari", "SARI"),
        ("日本", "CV 日本"),
    ],
)
def test_S20_names_that_look_alike_are_found_from_both_sides(name, other):
    one, two = make.ProducerFactory(trade_name=name), make.ProducerFactory(trade_name=other)
    assert looking_like(one) == [other] and looking_like(two) == [name]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Batik Sari", "Batik Asri"),  # other words of the same letters
        ("Batik Sari", "Sari Batik"),
        ("Batik Sari", "Batik Mojo"),
        ("Batik Sari", "Batik Sari Mojokerto"),
        ("Batik Sari", "Batik Tari"),
        ("Sari", "Suri"),
        ("Jaya", "Raya"),
        ("Sandal Mojokerto Indah", "Sandal Mojokerto Jaya"),
        ("Kerajinan Sandal Kulit Mojokerto Indah", "Kerajinan Sandal Kulit Mojokerto Jaya"),
        ("PT", "CV"),
    ],
)
def test_S20_other_names_are_not_taken_for_it(name, other):
    one, two = make.ProducerFactory(trade_name=name), make.ProducerFactory(trade_name=other)
    assert looking_like(one) == [] and looking_like(two) == []


def test_S20_legal_and_trade_names_are_compared_with_each_other():
    one = make.ProducerFactory(trade_name="Langkah", legal_name="CV Sandal Maju")
    make.ProducerFactory(trade_name="Sandal Maju")
    make.ProducerFactory(trade_name="Jejak", legal_name="PT Sandal Mаju")
    make.ProducerFactory(trade_name="Tapak", legal_name="")
    assert looking_like(one) == ["Jejak", "Sandal Maju"]


def test_the_nearest_come_first_and_no_more_than_five():
    one = make.ProducerFactory(trade_name="Kerajinan Sentosa Abadi")
    for name in ("Kerajinan Santosa Abudi", "Kerajinan Santosa Abadi", "UD Kerajinan Sentosa Abadi"):
        make.ProducerFactory(trade_name=name)
    assert looking_like(one) == ["UD Kerajinan Sentosa Abadi", "Kerajinan Santosa Abadi", "Kerajinan Santosa Abudi"]
    for number in range(MOST):
        make.ProducerFactory(trade_name=f"Kerajinan Sentosa Abadi{'.' * number}")
    assert len(looking_like(one)) == MOST


def test_what_a_name_looks_like_follows_it():
    producer = make.ProducerFactory(trade_name="Batik Sari", legal_name="CV Rahasia")
    producer.trade_name, producer.legal_name = "Batik Mojo", ""
    producer.save(update_fields=["legal_name"])
    producer.refresh_from_db()
    assert (producer.trade_name_skeleton, producer.legal_name_skeleton) == ("batlksarl", "")
    producer.trade_name = "Batik Mojo"
    producer.save()
    producer.refresh_from_db()
    assert producer.trade_name_skeleton == "batlkmojo"


def test_S20_among_ten_thousand_only_the_indexes_are_read():
    regency = make.RegencyFactory()
    looks = [(name, skeleton(name)) for name in invented_names(MANY)]
    Producer.objects.bulk_create(
        Producer(trade_name=name, trade_name_skeleton=look, legal_name=name, legal_name_skeleton=look, regency=regency)
        for name, look in looks
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(name::regclass) FROM unnest(%s) name", [INDEXES])
        cursor.execute("ANALYZE exporters_producer")
    one = make.ProducerFactory(trade_name="Batik Bintang Sejahtera", legal_name="PT Sejahtera Abadi", regency=regency)
    plan = Producer.objects.named_near(one)[:JUDGED].explain()
    assert all(index in plan for index in INDEXES)
    assert "Seq Scan" not in plan


def invented_names(number: int) -> list[str]:
    """What they make and a name of two to four syllables, as producers are called."""
    draw = Random(2026)
    makes = "Batik Sandal Sepatu Kerajinan Mebel Keripik Tenun Anyaman Bordir Gerabah Kopi Madu".split()
    parts = "ba ci da fa ga ha ja ka la ma na pa ra sa ta wa ya bu ku lu mu ru su tu di mi ri si ti jo ro so".split()
    return [
        f"{draw.choice(makes)} {''.join(draw.choices(parts, k=draw.randint(2, 4))).title()}" for _name in range(number)
    ]
