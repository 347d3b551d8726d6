"""What happened to each product of the demo: the verbs, in order, at the times of its story."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from accounts.models import User
from catalog.models import CertificateCoverage, Product, ProductRevision
from catalog.models.request import Asked
from inaaccess.demo.producers import Company
from inaaccess.demo.products import write

MINUTE = 1 / 1440
OPEN_ENDINGS = ("draft", "submitted", "in_review", "changes_requested", "resubmitted", "withdrawn", "rejected")


@dataclass
class Story:
    """One product. `age` is how many days ago it was first submitted; every later change has its own."""

    facts: dict[str, Any]
    company: Company
    revision: ProductRevision = field(init=False)

    @property
    def key(self) -> str:
        return str(self.facts["key"])

    @property
    def age(self) -> float:
        return float(self.facts.get("age", 12 + zlib.crc32(self.key.encode()) % 140))

    @property
    def product(self) -> Product:
        return Product.objects.get(pk=self.revision.product_id)

    @property
    def author(self) -> User:
        """The owner; for a company that the local officer onboards, the officer."""
        return self.company.people["officer"] if self.company.facts.get("onboarded") else self.company.owner

    def tell(self) -> None:
        """Put every step on the timeline."""
        state = self.facts.get("state", "published")
        self._happens(self._start, age=self.age + 1)
        for ref in self.facts.get("certificates", []):
            self._happens(partial(self._cover, ref), age=min(self.age, self.company.sent(ref)) - 0.01)
        self._decided(self.facts, "approved" if state not in OPEN_ENDINGS else state, age=self.age)
        for change in self.facts.get("changes", []):
            age = float(change["age"])
            self._happens(partial(self._begin, change, age), age=age + 0.2)
            self._decided(change, change["state"], age=age)
        ending = float(self.facts.get("ended", self.age / 3))
        if state == "retired":
            self._happens(lambda: self.product.retire(by=self.author), age=ending)
        elif state == "suspended":
            self._happens(lambda: self.product.suspend(by=self._staff("ministry"), why=self.facts["why"]), age=ending)
        elif state == "published" and self.age > 90:
            self._happens(lambda: self.product.confirm(by=self.author), age=self.age / 4)

    def _decided(self, facts: dict[str, Any], state: str, *, age: float) -> None:
        """The way of one revision from its submission to `state`; decisions take two days."""
        if state == "draft":
            return
        self._happens(lambda: self.revision.submit(by=self.author), age=age)
        if state == "submitted":
            return
        if state == "withdrawn":
            self._happens(lambda: self.revision.withdraw(by=self.author), age=age * 0.6)
            return
        if state == "in_review":
            self._happens(self._claim, age=facts["claimed_minutes_ago"] * MINUTE)
            return
        decided = max(age - 2, age * 0.5)
        self._happens(self._claim, age=decided + 20 * MINUTE)
        self._happens(lambda: self._decide(facts, state), age=decided)
        if state == "resubmitted":
            self._happens(lambda: self._fix(facts, decided * 0.6), age=decided * 0.6)
            self._happens(lambda: self.revision.submit(by=self.author), age=decided * 0.5)

    def _start(self) -> None:
        self.revision = Product.objects.start(producer=self.company.producer, by=self.author)
        write(self.revision, self.facts, company=self.company, by=self.author, age=self.age)

    def _cover(self, ref: str) -> None:
        """Say that a certificate applies to the product."""
        CertificateCoverage.objects.create(
            certificate=self.company.certificates[ref], product_id=self.revision.product_id
        )

    def _begin(self, change: dict[str, Any], age: float) -> None:
        self.revision = ProductRevision.begin(self.product, by=self.author)
        self.facts = self.facts | change["content"]  # what the next change starts from
        write(self.revision, self.facts, company=self.company, by=self.author, age=age)

    def _fix(self, facts: dict[str, Any], age: float) -> None:
        write(self.revision, self.facts | facts["fix"], company=self.company, by=self.author, age=age)

    def _claim(self) -> None:
        self.revision.refresh_from_db()
        self.revision.claim(by=self._reviewer())

    def _decide(self, facts: dict[str, Any], state: str) -> None:
        reviewer, version = self._reviewer(), self.revision.version
        if state == "approved":
            self.revision.approve(
                by=reviewer,
                seen_version=version,
                translations=facts.get("translations"),
                exception=facts.get("exception", ""),
            )
        elif state == "rejected":
            self.revision.reject(by=reviewer, seen_version=version, why=facts["why"])
        else:
            asked = [Asked(**one) for one in facts["asked"]]
            self.revision.request_changes(by=reviewer, seen_version=version, requests=asked)

    def _reviewer(self) -> User:
        """Who covers a market that the product asks for; the ministry else."""
        asked = self.facts.get("target_markets", [])
        covering = {"CL": "mission", "BR": "mission-br"}
        own = next((covering[code] for code in asked if code in covering), "ministry")
        return self._staff(self.facts.get("reviewer", own))

    def _staff(self, name: str) -> User:
        return self.company.people[name]

    def _happens(self, action: Callable[[], object], *, age: float) -> None:
        def act() -> None:
            try:
                action()
            except Exception as error:
                error.add_note(
                    f"in the story of {self.key}, revision {self.revision.state}: {getattr(error, 'missing', error)!r}"
                )
                raise

        self.company.timeline.add(act, days=max(age, MINUTE))
