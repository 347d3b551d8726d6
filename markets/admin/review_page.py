"""What the review page shows: each field on both sides with its checks, its earlier requests and its verdict."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.naming import People
from catalog import checks, comparison, completeness, content, requirements
from catalog.checks import Check
from catalog.comparison import Row
from catalog.forms.review_help import judged_fields
from catalog.models import CannedComment, ChangeRequest, ChecklistItem, Container, ProductRevision
from catalog.promise import WorkingDays
from catalog.wording import Wording, field_label, field_names
from kit.languages import CONTENT_LANGUAGE_NAMES, content_key
from markets.admin.history import Round, rounds
from markets.admin.lookalikes import lookalikes_of
from markets.admin.queue import claim_left, kind_of
from markets.admin.review_form import ASK, Helps, ReviewForm
from markets.admin.similar import similar_to
from markets.scope import revisions_to_review

JUDGED = judged_fields()
HISTORY = 3  # revisions; the rest has a page of its own


@dataclass(frozen=True)
class Judged:
    """A field of the page. `since` compares with the last request: of what was asked then, and of what changed."""

    row: Row
    checks: list[Check]
    requests: list[ChangeRequest]
    since: Row | None
    verdict: BoundField
    canned: BoundField
    reason: BoundField
    comment: BoundField
    translations: list[BoundField]
    is_asked: bool
    has_errors: bool

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"field-{self.row.field}"

    @property
    def is_open(self) -> bool:
        """Is it shown among the changed fields, not folded away?"""
        attention = any(check.kind in {"bad", "warn"} for check in self.checks)
        answered = bool(self.requests) or (self.since is not None and self.since.is_changed)
        return self.row.is_changed or self.is_asked or self.has_errors or answered or attention

    @property
    def is_unasked_change(self) -> bool:
        """Did it change since the last request although nobody asked for it then?"""
        return self.since is not None and self.since.is_changed and not self.requests


@dataclass(frozen=True)
class Since:
    """What the producer did with the last request: changed what was asked, left it, changed something else."""

    asked_at: datetime.datetime
    answered: list[Judged]
    untouched: list[Judged]
    unasked: list[Judged]


def form_for(revision: ProductRevision, data: Any = None) -> ReviewForm:
    """The form of a revision, its comments asked for and offered in the producer's language. Three queries."""
    language = _language_of_producer(revision)
    label = _("Comment to the producer, in %(language)s") % {"language": CONTENT_LANGUAGE_NAMES[content_key(language)]}
    helps = Helps(
        canned=list(CannedComment.objects.offered()),
        checklist=[(item.code, str(item)) for item in ChecklistItem.objects.for_review(revision)],
        language=language,
    )
    return ReviewForm(data, revision=revision, fields=JUDGED, comment_label=label, helps=helps)


def context_of(revision: ProductRevision, form: ReviewForm, user: User) -> dict[str, Any]:
    """Everything that the page shows."""
    product = revision.product
    standings = requirements.of(revision)
    judged = _judged(revision, form, standings)
    exceptions = list(requirements.exceptions_of(product))
    people = People.read(user, [revision.claimed_by_id, *(one.by_id for one in exceptions)])
    wait = WorkingDays.read().wait(revision.submitted_at) if revision.submitted_at else None
    is_own = revision.is_work_of(user)
    return {
        "title": str(revision),
        "revision": revision,
        "product": product,
        "producer": product.producer,
        "form": form,
        "kind": kind_of(revision),
        "wait": wait if revision.state in {"submitted", "in_review"} else None,
        "is_mine": revision.state == "in_review" and revision.claimed_by_id == user.pk,
        "claimed_by": people.name(revision.claimed_by_id),
        "may_claim": revision.state == "submitted" and not is_own,
        "is_self_review": is_own,
        "claim_left": claim_left(revision),
        "has_public": product.content_number is not None,
        "shown": [field for field in judged if field.is_open],
        "folded": [field for field in judged if not field.is_open],
        "changed": sum(1 for field in judged if field.row.is_changed),
        "completeness": completeness.of(revision),
        "standings": standings,
        "is_lacking": any(not one.is_met for one in standings),
        "exceptions": [(one, people.name(one.by_id)) for one in exceptions],
        "decisions": _decisions(revision),
        "since": _since(revision, judged),
        "similar": similar_to(revision, user),
        "lookalikes": lookalikes_of(product.producer, user),
        "history": _history(revision, user),
    }


def _judged(revision: ProductRevision, form: ReviewForm, standings: Sequence[requirements.Standing]) -> list[Judged]:
    product = revision.product
    public = content.snapshot(product) if product.content_number is not None else None
    now, asked_at = content.snapshot(revision), revision.content_at_request
    wording = Wording.of(public, now, asked_at)
    rows = comparison.rows(public, now, wording)
    certificates = [row.certificate for row in product.coverages.select_related("certificate__type").order_by("pk")]
    rows.append(Row("certificates", field_label("certificates"), (), (), is_changed=False))
    found = _by_field(
        checks.of(revision, certificates=certificates, containers=Container.objects.all(), standings=standings)
    )
    requests = _by_field(revision.change_requests.select_related("by"))
    since = _changes_since(asked_at, now, wording, requests)
    return [_judge(row, form, found, requests, since) for row in rows]


def _judge(
    row: Row,
    form: ReviewForm,
    found: Mapping[str, list[Check]],
    requests: Mapping[str, list[ChangeRequest]],
    since: Mapping[str, Row],
) -> Judged:
    name = row.field
    texts = [form[key] for key in form.fields if key.startswith(f"text-{name}-")]
    verdict, canned, reason, comment = (form[f"{part}-{name}"] for part in ("verdict", "canned", "reason", "comment"))
    return Judged(
        row=row,
        checks=found.get(name, []),
        requests=requests.get(name, []),
        since=since.get(name),
        verdict=verdict,
        canned=canned,
        reason=reason,
        comment=comment,
        translations=texts,
        is_asked=verdict.value() == ASK,
        has_errors=any(field.errors for field in (verdict, canned, reason, comment, *texts)),
    )


def _changes_since(
    then: Mapping[str, Any] | None, now: Mapping[str, Any], wording: Wording, requests: Mapping[str, Any]
) -> dict[str, Row]:
    """Against the content when changes were asked for last: the fields that were asked about, and all that changed."""
    if then is None:
        return {}
    changed = comparison.changed_fields(then, now)
    return {
        name: comparison.row(name, then, now, wording) for name in field_names() if name in requests or name in changed
    }


def _since(revision: ProductRevision, judged: Iterable[Judged]) -> Since | None:
    """What became of the last request; None when nothing was asked yet."""
    last = max((one.asked_at for field in judged for one in field.requests), default=None)
    if last is None or revision.content_at_request is None:
        return None
    return Since(
        asked_at=last,
        answered=[field for field in judged if field.requests and field.since is not None and field.since.is_changed],
        untouched=[field for field in judged if field.requests and not (field.since and field.since.is_changed)],
        unasked=[field for field in judged if field.is_unasked_change],
    )


def _by_field(things: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for thing in things:
        found.setdefault(thing.field, []).append(thing)
    return found


def _language_of_producer(revision: ProductRevision) -> str:
    owner = revision.product.producer.members.order_by("-memberships__role", "pk").first()
    return owner.language if owner else "id"


def _decisions(revision: ProductRevision) -> str:
    """How the producer's earlier revisions ended."""
    earlier = ProductRevision.objects.filter(product__producer=revision.product.producer_id).exclude(pk=revision.pk)
    ended = dict(earlier.order_by().values("state").annotate(number=Count("pk")).values_list("state", "number"))
    return _("%(approved)d approved, %(asked)d with changes requested, %(rejected)d rejected") % {
        "approved": ended.get("approved", 0),
        "asked": ended.get("changes_requested", 0),
        "rejected": ended.get("rejected", 0),
    }


def _history(revision: ProductRevision, reader: User) -> list[Round]:
    """The newest revisions of the product with their events, and always this one."""
    seen = revisions_to_review(reader).filter(product=revision.product_id).order_by("-number", "-pk")
    newest = list(seen[:HISTORY])
    if revision not in newest:
        newest.append(revision)
    return rounds(newest, reader, this=revision.pk)
