import pytest
from django.urls import reverse

from catalog.models import UnmetQuery
from kit.bars import bars_of
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:market_searches")


def asked(text, market="CL", days=0, visits=1):
    UnmetQuery.objects.create(text=text, language="es", market=market, day=make.in_days(-days), visits=visits)


def test_only_ones_own_markets_and_the_last_ninety_days(client, curator):
    make.MarketFactory(iso2="BR")
    asked("cera", visits=2), asked("bambú", visits=5), asked("cera", days=89, visits=4)
    asked("old", days=90), asked("foreign", market="BR"), asked("nowhere", market="")
    rows = client.get(PAGE).context["rows"]
    assert [(text, total) for text, total, *_more in rows] == [("cera", 6), ("bambú", 5)]


def test_the_chart_has_its_table_behind_and_the_csv_the_same_rows(client, curator):
    asked("bambú", visits=5)
    page = client.get(PAGE).content.decode()
    assert "<svg" in page and "The same as a table" in page and page.count("bambú") >= 3
    lines = client.get(PAGE + "?format=csv").getvalue().decode().splitlines()
    assert lines[1].startswith('"bambú","5","Chile",')


def test_nothing_asked_in_vain_is_said(client, curator):
    assert "Every search in your markets found something." in client.get(PAGE).content.decode()


def test_bars_are_as_long_as_their_numbers():
    chart = bars_of("Asked", [("much", 200), ("little", 1), ("nothing", 0), ("x" * 60, 100)])
    assert [bar.width for bar in chart.bars] == [270, 2, 0, 135]
    assert chart.height == 4 * 36 and len(chart.bars[3].short) == 44 and len(chart.bars[3].label) == 60
    assert bars_of("Empty", []).bars == []
