"""A proposal as the API tells its reviewers: a row of the queue, or beside what is public, with its checks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from accounts.http import signed_in
from accounts.models import User
from accounts.naming import People
from catalog import checks, comparison, content, requirements
from catalog.api.content import (
    ContentSerializer,
    RevisionListedSerializer,
    RevisionSerializer,
    content_told,
    revision_listed,
    revision_told,
)
from catalog.api.listed import Told
from catalog.models import ChecklistItem, Container, ProductRevision
from catalog.models.revision_state import WAITING_STATES
from catalog.promise import WorkingDays
from catalog.wording import field_names
from exporters.models import Certificate


class ClaimantSerializer(serializers.Serializer[Any]):
    """Who has it in hand."""

    id = serializers.IntegerField()
    name = serializers.CharField(help_text="Of another mission's people: their post")
    is_me = serializers.BooleanField()


class ReviewListedSerializer(RevisionListedSerializer):
    """A proposal in the queue."""

    target_markets = serializers.ListField(child=serializers.CharField(), help_text="None: the ministry reviews it")
    claimed_by = ClaimantSerializer(allow_null=True)
    claim_ends_at = serializers.DateTimeField(allow_null=True, help_text="Then it goes back to the queue")
    due_at = serializers.DateTimeField(allow_null=True, help_text="Promised: within five working days")
    standing = serializers.ChoiceField(choices=["ok", "warn", "over", ""], help_text="Against that promise")


class CheckSerializer(serializers.Serializer[Any]):
    """What a machine found about a field."""

    field = serializers.CharField()
    kind = serializers.ChoiceField(choices=["ok", "warn", "bad", "info"])
    message = serializers.CharField()


class ExceptionSerializer(serializers.Serializer[Any]):
    """A revision of the product that was approved without required certificates."""

    revision = serializers.IntegerField(source="revision_id")
    lacking = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField()
    at = serializers.DateTimeField()


class ChecklistItemSerializer(serializers.Serializer[Any]):
    """What to look at; ticks are a help and decide nothing."""

    code = serializers.CharField()
    text = serializers.CharField(help_text="In the reader's language")


class ReviewSerializer(RevisionSerializer, ReviewListedSerializer):
    """A proposal beside what is public, with its checks."""

    public = ContentSerializer(allow_null=True, help_text="null: nothing was public yet")
    changed = serializers.ListField(child=serializers.CharField(), help_text="Fields that differ from the public ones")
    changed_since_request = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="null: nothing was asked yet"
    )
    checks = CheckSerializer(many=True)
    checklist = ChecklistItemSerializer(many=True)
    exceptions = ExceptionSerializer(many=True, help_text="Approvals without required certificates, the newest first")


def proposals_listed(page: list[ProductRevision], request: Request) -> list[Told]:
    """A page of the queue as ReviewListedSerializer describes it."""
    days = WorkingDays.read()
    people = People.read(signed_in(request.user), (revision.claimed_by_id for revision in page))
    return [_row(revision, request, days, people) for revision in page]


def _row(revision: ProductRevision, request: Request, days: WorkingDays, people: People) -> Told:
    wait = days.wait(revision.submitted_at) if revision.submitted_at and revision.state in WAITING_STATES else None
    return {
        **revision_listed(revision),
        "target_markets": revision.target_markets,
        "claimed_by": _claimant(revision, signed_in(request.user), people),
        "claim_ends_at": revision.claim_ends_at(),
        "due_at": wait.due if wait else None,
        "standing": wait.standing.value if wait else "",
    }


def _claimant(revision: ProductRevision, reader: User, people: People) -> Told | None:
    if revision.claimed_by_id is None:
        return None
    is_me = revision.claimed_by_id == reader.pk
    return {
        "id": revision.claimed_by_id,
        "name": reader.name if is_me else people.name(revision.claimed_by_id),
        "is_me": is_me,
    }


def proposal_told(revision: ProductRevision, request: Request) -> Told:
    """A proposal as ReviewSerializer describes it; read it with its parts."""
    product, proposed = revision.product, content.snapshot(revision)
    people = People.read(signed_in(request.user), [revision.claimed_by_id])
    is_public = product.content_number is not None
    then = revision.content_at_request
    certificates = Certificate.objects.filter(coverages__product=product).select_related("type")
    found = checks.of(
        revision,
        certificates=list(certificates),
        containers=Container.objects.all(),
        standings=requirements.of(revision),
    )
    return {
        **revision_told(revision),
        **_row(revision, request, WorkingDays.read(), people),
        "public": content_told(product) if is_public else None,
        "changed": _changed(content.snapshot(product), proposed) if is_public else list(field_names()),
        "changed_since_request": _changed(then, proposed) if then else None,
        "exceptions": ExceptionSerializer(requirements.exceptions_of(product), many=True).data,
        "checklist": [{"code": one.code, "text": str(one)} for one in ChecklistItem.objects.for_review(revision)],
        "checks": [{"field": one.field, "kind": one.kind, "message": str(one.message)} for one in found],
    }


def _changed(old: Told, new: Told) -> list[str]:
    changed = comparison.changed_fields(old, new)
    return [name for name in field_names() if name in changed]
