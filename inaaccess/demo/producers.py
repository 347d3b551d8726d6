"""The producers of the demo: companies with their stories, owners, pictures and certificates (producers/*.toml)."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.models import User
from catalog.models import Photo
from exporters.models import Certificate, Membership, Producer
from inaaccess.demo import pictures
from inaaccess.demo.certificate_files import scan_of
from inaaccess.demo.clock import Timeline
from inaaccess.demo.people import make_person
from kit.uploads import read_document, store_picture

FOLDER = Path(__file__).resolve().parent / "producers"
SENT = 170  # days ago: when a certificate was handed in, unless its file says otherwise
TAKEN_OVER = (
    *("trade_name", "legal_name", "nib", "npwp", "address", "story", "founded", "employees", "export_experience"),
    *("exports_to", "languages_spoken", "contact_name", "contact_phone", "contact_email", "website"),
)


def described() -> Iterator[dict[str, Any]]:
    """Each company as its file tells it, with its certificates and products."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class Company:
    """A producer on its way into the database, and what its products need of it."""

    facts: dict[str, Any]
    people: dict[str, User]
    timeline: Timeline
    producer: Producer = field(init=False)
    owner: User = field(init=False)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    _photos: dict[str, Photo] = field(default_factory=dict)

    def found(self) -> None:
        """Make the producer with its owner and pictures. One of the officer's regency is prepared by the officer."""
        facts = self.facts
        self.owner = self._owner(facts["owner"])
        producer = Producer(
            regency_id=facts["regency"],
            created_by=self.people["officer"] if facts.get("onboarded") else self.owner,
            **self._picture("logo"),
            **self._picture("cover"),
            **{name: facts[name] for name in TAKEN_OVER if name in facts},
        )
        producer.full_clean()
        producer.save()
        if not facts.get("onboarded"):
            Membership.objects.create(user=self.owner, producer=producer, role="owner")
        for other in facts.get("editors", []):
            Membership.objects.create(user=make_person(**other), producer=producer, role="editor")
        self.producer = producer

    def sent(self, ref: str) -> float:
        """How many days ago a certificate was handed in."""
        facts = next(one for one in self.facts["certificates"] if one["ref"] == ref)
        return float(facts.get("sent", SENT))

    def certify(self, facts: dict[str, Any]) -> None:
        """Hand in one certificate now, and let staff decide on it two days later."""
        with scan_of(facts, self.producer) as scan:
            document = read_document(scan)
        self.certificates[facts["ref"]] = Certificate(
            producer=self.producer,
            type_id=facts["type"],
            number=facts["number"],
            issuer=facts["issuer"],
            issued_on=self._day(facts["issued"]),
            expires_on=self._day(facts["expires"]) if "expires" in facts else None,
            file_path=document.name,
            file_kind=document.kind,
            file_bytes=document.bytes,
        ).submit(by=self.owner)

    def decide(self, facts: dict[str, Any]) -> None:
        """Let staff verify or reject a certificate."""
        certificate, staff = self.certificates[facts["ref"]], self.people[facts.get("by", "ministry")]
        if "rejection" in facts:
            certificate.reject(by=staff, why=facts["rejection"])
        else:
            certificate.verify(by=staff)

    def suspend(self, *, why: str) -> None:
        """Let the ministry take the company from the public."""
        Producer.objects.get(pk=self.producer.pk).suspend(by=self.people["ministry"], why=why)

    def photo(self, name: str) -> Photo:
        """A picture as this producer's photo: uploaded once, then shared by its products."""
        if name not in self._photos:
            with pictures.file_of(name).open("rb") as file:
                stored = store_picture(file)
            self._photos[name] = Photo.objects.create(
                key=stored.key,
                producer=self.producer,
                width=stored.width,
                height=stored.height,
                sha256=stored.sha256,
                likeness=stored.likeness,
                bytes=stored.bytes,
                uploaded_by=self.owner,
            )
        return self._photos[name]

    def _owner(self, facts: dict[str, str]) -> User:
        known = self.people.get(facts["email"].partition("@")[0])
        return known or make_person(**facts)

    def _picture(self, kind: str) -> dict[str, Any]:
        if kind not in self.facts:
            return {}
        with pictures.file_of(self.facts[kind]).open("rb") as file:
            stored = store_picture(file)
        return {f"{kind}_key": stored.key, f"{kind}_bytes": stored.bytes}

    def _day(self, days: int) -> datetime.date:
        return self.timeline.today + datetime.timedelta(days=days)
