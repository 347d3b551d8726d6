"""S22, S25: what people wrote is text wherever it is shown; and the server calls nobody for them."""

from __future__ import annotations

import csv
import io
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts import audit
from markets.models import Mission
from tests.access_table import TABLE
from tests.test_access import _address, _value
from tests.test_architecture import PACKAGES
from tests.world import World

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
NASTY = "<script>xss()</script>\"'><img src=x onerror=xss()>{{7*7}}"
MARKED_IN = {
    "kit/templatetags",  # format_html's neighbours: icons and buttons, whose parts are escaped
    "catalog/structured_data.py",  # JSON for machines, in which <, > and & are written as escapes
}


def test_S22_nothing_people_wrote_is_marked_safe():
    code = [path for app in ("accounts", "catalog", "exporters", "inaaccess", "inquiries", "kit", "markets")
            for path in (ROOT / app).rglob("*.py")]  # fmt: skip
    marked = [path for path in code if re.search(r"\bmark_safe\(|\bSafeString\(|@html_safe", path.read_text())]
    strange = [str(path) for path in marked if not any(place in str(path) for place in MARKED_IN)]
    templates = [str(path) for path in (ROOT / "templates").rglob("*.html")
                 if re.search(r"\|\s*safe\b|\bautoescape off|\|\s*safeseq", path.read_text())]  # fmt: skip
    assert not strange and not templates


def test_S22_no_template_has_inline_script_or_style():
    executable = r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|\son\w+=|\sstyle=|javascript:"
    pages = [path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "mails"]  # no files there
    found = [str(path) for path in pages if re.search(executable, path.read_text())]
    assert not found


def test_S22_hostile_words_stay_words_on_every_page(world: World):
    make_nasty(world)
    live = []
    for role in ("visitor", "own_producer", "mission_own", "ministry"):
        client = Client()
        if role != "visitor":
            client.force_login(world.people[role])
        for row in TABLE:
            if row.method == "GET" and row.status[role] == 200:
                address = _address(row.name, {key: _value(world, value) for key, value in row.kwargs.items()})
                answer = client.get(address)
                if answer.streaming or "html" not in answer.get("Content-Type", ""):
                    continue
                page = answer.content.decode()
                if "<script>xss" in page or "<img src=x" in page:
                    live.append((role, address))
    assert not live


def make_nasty(world: World, nasty: str = NASTY) -> None:
    """Every text that a producer or a person may write, as if it had passed the forms."""
    type(world.producer).objects.filter(pk=world.producer.pk).update(
        trade_name=nasty[:100], legal_name=nasty[:100], story={"en": nasty, "id": nasty}
    )
    words = {"en": nasty, "id": nasty}
    for row in (world.product, world.draft, world.submitted, world.in_review):
        type(row).objects.filter(pk=row.pk).update(title=words, summary=words, description=words, brand=nasty[:60])
    type(world.importer).objects.filter(pk__in=[person.pk for person in world.people.values()]).update(name=nasty[:100])
    type(world.certificate).objects.filter(pk=world.certificate.pk).update(number=nasty[:60], issuer=nasty[:60])
    type(world.company).objects.update(company=nasty[:100], tax_number=nasty[:40], verify_note="")
    type(world.saved_search).objects.update(name=nasty[:80])
    Mission.objects.update(city=nasty[:60])
    audit.record("suspend", world.product, by=world.people["ministry"], why=nasty)


@pytest.mark.parametrize(
    "formula", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "＠A1"]
)
def test_S23_no_table_to_download_runs_what_people_wrote(world: World, formula: str):
    make_nasty(world, formula)
    client = Client()
    client.force_login(world.people["ministry"])
    for address in (reverse("admin:audit_csv"), f"{reverse('admin:service_figures')}?format=csv"):
        answer = client.get(address)
        assert answer["Content-Type"].startswith("text/csv")
        cells = [cell for row in csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if formula.strip() in cell]
        assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]


def test_S25_no_page_opens_a_connection_of_its_own(world: World, monkeypatch: Any):
    """The server fetches nothing: with the network shut, every public page and the producer's desk answer as before."""

    def refused(*_args: Any, **_more: Any) -> Any:
        raise AssertionError("the server opened a connection")

    real = socket.socket.connect

    def only_the_database(self: socket.socket, address: Any) -> Any:
        return real(self, address) if self.family == socket.AF_UNIX else refused()

    monkeypatch.setattr(socket.socket, "connect", only_the_database)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    type(world.producer).objects.filter(pk=world.producer.pk).update(website="https://sandal.example/")
    client = Client()
    for name, kwargs in (("producer_detail", {"slug": "sandal-asli"}), ("product_detail", {"slug": "leather-sandals"})):
        assert client.get(reverse(name, kwargs=kwargs)).status_code == 200
    client.force_login(world.people["own_producer"])
    edit = reverse("producer_edit", args=[world.producer.pk])
    for website in ("https://10.0.0.1/", "https://169.254.169.254/latest/", "https://sandal.example/"):
        assert client.post(edit, {"website": website}).status_code in (200, 302, 422)


def test_S25_no_code_of_ours_fetches_addresses():
    fetching = r"^\s*(?:import|from) (?:requests|httpx|urllib\.request|http\.client|aiohttp|urllib3)\b"
    code = [path for app in PACKAGES for path in (ROOT / app).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in code if re.search(fetching, path.read_text(), re.MULTILINE)}
    ours = {"inaaccess/run_local.py", "inaaccess/supervision.py", "inaaccess/bench/serving.py"}
    assert found <= {*ours, "webhooks/posting.py"}, found  # the one exception: addresses that staff have set
