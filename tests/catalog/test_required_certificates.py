"""What a category requires before a product is approved: data that staff edit, or an exception that is written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from catalog import completeness, requirements
from catalog.models import Category, CertificateCoverage, CertificateException, CertificateRequirement
from exporters.models import Certificate, CertificateType
from inaaccess import reference
from tests import factories as make
from tests.catalog import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return make.UserFactory(ministry=True)


@pytest.fixture
def revision(curator):
    made = make.RevisionFactory(in_review=True, claimed_by=curator)
    make.MembershipFactory(producer=made.product.producer, user__language="en")
    make.CertificateRequirementFactory(category=made.category)
    return made


def hold(revision: Any, *, covers: bool = True, **facts: Any) -> Certificate:
    held = make.CertificateFactory(producer=revision.product.producer, **({"verified": True} | facts))
    if covers:
        CertificateCoverage.objects.create(certificate=held, product=revision.product)
    return held


def approve(revision: Any, by: Any, **more: Any) -> None:
    revision.approve(by=by, seen_version=revision.version, **more)


def states(revision: Any) -> list[str]:
    return [standing.state for standing in requirements.of(revision)]


def test_without_it_nothing_is_approved_and_nothing_is_left_behind(revision, curator):
    with pytest.raises(requirements.CertificatesMissing) as refusal:
        approve(revision, curator)
    assert "Halal certificate (missing)" in str(refusal.value.message)
    assert refusal.value.fields == {"certificates": ["HALAL: missing"]}
    revision.refresh_from_db()
    assert revision.state == "in_review"
    assert not AuditEntry.objects.exists() and not CertificateException.objects.exists()


def test_with_it_the_product_is_approved(revision, curator):
    hold(revision)
    approve(revision, curator, exception="Not needed.")
    revision.refresh_from_db()
    assert revision.state == "approved"
    assert not CertificateException.objects.exists()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "met"),
        ({"verified": False}, "waiting"),
        ({"covers": False}, "not_assigned"),
        ({"expired": True}, "expired"),
        ({"verified": False, "rejected": True}, "missing"),
        ({"type__code": "SVLK"}, "missing"),
    ],
)
def test_only_a_verified_unexpired_certificate_that_covers_the_product_counts(revision, curator, facts, state):
    hold(revision, **facts)
    assert states(revision) == [state]
    if state != "met":
        with pytest.raises(requirements.CertificatesMissing):
            approve(revision, curator)


def test_the_certificate_that_counts_most_is_told(revision):
    hold(revision, expired=True)
    best = hold(revision)
    hold(revision, verified=False)
    assert [standing.certificate for standing in requirements.of(revision)] == [best]


def test_the_certificate_of_another_producer_does_not_count(revision):
    stranger = make.CertificateFactory(verified=True)
    CertificateCoverage.objects.create(certificate=stranger, product=revision.product)
    assert states(revision) == ["missing"]


def test_one_of_the_alternatives_is_enough_and_every_row_holds(revision, curator):
    make.CertificateRequirementFactory(category=revision.category.parent, types=["BPOM-MD", "PIRT"])
    hold(revision)
    assert sorted(states(revision)) == ["met", "missing"]
    with pytest.raises(requirements.CertificatesMissing) as refusal:
        approve(revision, curator)
    assert refusal.value.fields == {"certificates": ["BPOM-MD/PIRT: missing"]}
    hold(revision, type__code="PIRT")
    approve(revision, curator)


def test_a_category_beside_it_requires_nothing(revision, curator):
    CertificateRequirement.objects.update(category=make.CategoryFactory(slug="batik"))
    assert states(revision) == []
    approve(revision, curator)


def test_an_exception_is_a_row_and_an_audit_entry(revision, curator):
    with pytest.raises(requirements.CertificatesMissing):
        approve(revision, curator, exception="  ")
    approve(revision, curator, exception="Raw beans are exempt.")
    written = CertificateException.objects.get()
    assert (written.revision, written.by, written.lacking, written.why) == (
        revision, curator, ["HALAL"], "Raw beans are exempt.",
    )  # fmt: skip
    entry = AuditEntry.objects.get(verb="except")
    assert (entry.by, entry.object_id, entry.why) == (curator, str(revision.pk), "HALAL: Raw beans are exempt.")


def test_the_producer_reads_it_before_submitting_and_may_submit(revision):
    found = completeness.of(revision, requirements.lacking(revision))
    said = [str(part.message) for part in found.missing if part.field == "certificates"]
    assert said == ["Needed for approval: Halal certificate (missing)."]
    assert not found.required_missing


@pytest.mark.parametrize("step", ["certificates", "preview"])
def test_the_desk_says_what_the_category_requires_and_how_it_stands(client, step):
    owner = desk.signed_in(client)
    draft = desk.draft_of(owner.producer)
    rule = make.CertificateRequirementFactory(category=draft.category, note={"en": "Only for food."})
    page = client.get(desk.url(draft, step)).content.decode()
    for words in ("What this category requires", "Halal certificate", "missing", "Only for food.", rule.source):
        assert words in page
    assert "Needed for approval" in page


def test_the_producers_api_tells_it(client):
    owner = desk.signed_in(client)
    draft = desk.draft_of(owner.producer)
    make.CertificateRequirementFactory(category=draft.category)
    told = client.get(f"/api/v1/my/revisions/{draft.pk}/").json()
    assert [(one["types"], one["state"], one["certificate"]) for one in told["requirements"]] == [
        (["HALAL"], "missing", None)
    ]


def test_the_reviewers_api_refuses_says_why_and_takes_an_exception(client, revision, curator):
    client.force_login(curator)
    address, seen = f"/api/v1/reviews/{revision.pk}/", {"seen_version": revision.version}
    refused = client.post(f"{address}approve/", seen, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "certificates_missing")
    assert refused.json()["fields"] == {"certificates": ["HALAL: missing"]}
    assert ("certificates", "bad") in {(one["field"], one["kind"]) for one in client.get(address).json()["checks"]}
    taken = client.post(f"{address}approve/", {**seen, "exception": "Raw beans."}, "application/json")
    assert taken.status_code == 200
    assert [(one["lacking"], one["why"]) for one in taken.json()["exceptions"]] == [(["HALAL"], "Raw beans.")]


def test_the_review_page_asks_for_an_exception_and_keeps_it_in_sight(client, revision, curator):
    client.force_login(curator)
    address = reverse("admin:review_revision", args=[revision.pk])
    page = client.get(address).content.decode()
    assert "Required certificates are missing" in page and 'name="exception"' in page
    said = {"do": "approve", "seen_version": revision.version}
    refused = client.post(address, said)
    assert refused.status_code == 409 and "This category requires" in refused.content.decode()
    assert client.post(address, {**said, "exception": "Raw beans."}).status_code == 302
    page = client.get(address).content.decode()
    assert "was approved without HALAL" in page and "Raw beans." in page


def test_the_review_page_asks_for_none_when_all_is_there(client, revision, curator):
    hold(revision)
    client.force_login(curator)
    assert 'name="exception"' not in client.get(reverse("admin:review_revision", args=[revision.pk])).content.decode()


def test_the_seeded_rules_are_about_food_and_staff_edits_stay():
    reference.load(["categories", "certificate_types", "certificate_requirements"])
    chips = Category.objects.get(slug="chips-crackers")
    needed = [{one.pk for one in row.types.all()} for row in CertificateRequirement.objects.for_category(chips)]
    assert needed == [{"HALAL"}, {"BPOM-MD", "PIRT"}]
    assert not CertificateRequirement.objects.for_category(Category.objects.get(slug="batik")).exists()
    assert all(set(row.note) == {"id", "en", "es", "pt"} for row in CertificateRequirement.objects.all())
    CertificateRequirement.objects.get(code="food-permit").types.set(CertificateType.objects.filter(pk="PIRT"))
    reference.load(["certificate_requirements"])
    assert CertificateRequirement.objects.get(code="food-permit").types.count() == 1


def test_the_ministry_edits_the_rules_and_others_do_not(client, curator):
    rule = make.CertificateRequirementFactory()
    address = reverse("admin:catalog_certificaterequirement_change", args=[rule.pk])
    client.force_login(curator)
    assert client.get(address).status_code == 200
    assert client.get(reverse("admin:catalog_certificaterequirement_changelist")).status_code == 200
    client.force_login(make.UserFactory(mission=True))
    assert client.get(address).status_code == 403
