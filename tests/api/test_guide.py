"""docs/api.md word for word: its last parts are run by a shell against a running server, each command as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.models import Token
from catalog.models import Product
from inquiries.models import Enquiry
from markets.models import Collection, MarketListing
from promotion.models import Campaign, Document
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF
from tests.kit import picture_corpus

GUIDE = Path(settings.BASE_DIR) / "docs" / "api.md"
PARTS = ("5. Word for word: a mission's officer", "6. Word for word: an importer and a producer")
PASSWORD = "demo-inaaccess"
SITE = "http://127.0.0.1:8000"
BEFORE = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n'


def commands(title: str) -> list[str]:
    """The shell blocks of a part of the guide."""
    part = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE.read_text(), re.M | re.S)
    assert part is not None, title
    return re.findall(r"^```sh\n(.*?)^```$", part[1], re.M | re.S)


@pytest.fixture(params=["ours", *filter(None, [shutil.which("curl")])])
def curl(request, tmp_path) -> Path:
    """The folder to find curl in: of ours, and of the machine's own where there is one."""
    if request.param != "ours":
        return Path(request.param).parent
    ours = tmp_path / "curl"
    ours.write_text(f'#!/bin/sh\nexec {sys.executable} {Path(__file__).with_name("curl.py")} "$@"\n')
    ours.chmod(0o755)
    return ours.parent


@pytest.fixture
def demo(transactional_db) -> None:
    """What the guide speaks of: the embassy in Santiago, a proposal that asks for Chile, and an importer there."""
    mission = make.AccreditationFactory().mission
    proposal = make.RevisionFactory(submitted=True, target_markets=["CL"], number=1)
    make.IncotermFactory(code="FOB")
    for person in (
        make.MissionStaffFactory(mission=mission, user__email="mission@demo.test").user,
        make.MembershipFactory(producer=proposal.product.producer, user__email="producer@demo.test").user,
        make.ImporterFactory(country="CL", user__email="importer@demo.test").user,
    ):
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def test_the_days_go_as_the_guide_says(demo, live_server, curl, tmp_path, settings):
    settings.SITE_URL = live_server.url
    (tmp_path / "sandal.jpg").write_bytes(picture_corpus.camera_jpeg())
    (tmp_path / "prices.pdf").write_bytes(GOOD_PDF)
    script = "\n".join(line for part in PARTS for line in commands(part)).replace(SITE, live_server.url)
    ran = subprocess.run(
        ["bash", "-c", BEFORE + script],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{curl}:{os.environ['PATH']}"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    product, listing = Product.objects.get(), MarketListing.objects.get()
    assert (product.state, product.title["es"]) == ("published", "Sandalias de cuero")
    assert (listing.state, listing.rank, listing.market_id) == ("listed", 1, "CL")
    assert listing.promoted_until == make.in_days(30)
    assert f"/es/products/{product.slug}/" in ran.stdout and "<feed" in ran.stdout
    assert listing.decided_by is not None
    collection = Collection.objects.get()
    assert collection.state == "published" and [item.product_id for item in collection.items.all()] == [product.pk]
    assert ran.stdout.splitlines()[:3] == ["CL", listing.decided_by.name, "approved"]
    assert not Token.objects.exists()
    assert "Sandalias para el verano" in ran.stdout
    campaign, document = Campaign.objects.get(), Document.objects.get()
    assert (campaign.product, campaign.state) == (product, "ended") and campaign.short_url in ran.stdout
    assert (document.kind, document.market_id, document.made_by) == ("price_list", "CL", listing.decided_by)
    enquiry = Enquiry.objects.get()
    assert enquiry.state == "accepted" and enquiry.quotations.get().total() == 4080
    assert "Terms for samples" in ran.stdout and enquiry.importer.company in ran.stdout
    assert (tmp_path / "received.pdf").read_bytes() == GOOD_PDF
    assert (tmp_path / "quotation.pdf").read_bytes().startswith(b"%PDF-")


def test_every_command_of_the_parts_is_run():
    """Blocks of another language, or without one, would be left out."""
    text = GUIDE.read_text().partition("## 5. ")[2]
    number = sum(len(commands(part)) for part in PARTS)
    assert re.findall(r"^```(\w*)$", text, re.M)[::2] == ["sh"] * number
