"""What the review page shows: each field on both sides with its checks, its earlier requests and its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from catalog import checks, comparison, completeness, content
from catalog.checks import Check
from catalog.comparison import Row
from catalog.models import ChangeRequest, Container, ProductRevision
from catalog.promise import WorkingDays
from catalog.wording import Wording, field_label, field_names
from kit.languages import CONTENT_LANGUAGE_NAMES, content_key
from markets.admin.queue import claim_left, kind_of
from markets.admin.review_form import ASK, ReviewForm
from markets.admin.verbs import verb_label

JUDGED = [*field_names(), "certificates"]
HISTORY = 20


@dataclass(frozen=True)
class Judged:
    """A field of the page. `since` compares with the moment of the last request, when something was asked then."""

    row: Row
    checks: list[Check]
    requests: list[ChangeRequest]
    since: Row | None
    verdict: BoundField
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
        return self.row.is_changed or self.is_asked or self.has_errors or bool(self.requests) or attention


def form_for(revision: ProductRevision, data: Any = None) -> ReviewForm:
    """The form of a revision, its comments asked for in the producer's language."""
    language = CONTENT_LANGUAGE_NAMES[content_key(_language_of_producer(revision))]
    label = _("Comment to the producer, in %(language)s") % {"language": language}
    return ReviewForm(data, revision=revision, fields=JUDGED, comment_label=label)


def context_of(revision: ProductRevision, form: ReviewForm, user: User) -> dict[str, Any]:
    """Everything that the page shows."""
    product = revision.product
    judged = _judged(revision, form)
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
        "may_claim": revision.state == "submitted" and not is_own,
        "is_self_review": is_own,
        "claim_left": claim_left(revision),
        "has_public": product.content_number is not None,
        "shown": [field for field in judged if field.is_open],
        "folded": [field for field in judged if not field.is_open],
        "changed": sum(1 for field in judged if field.row.is_changed),
        "completeness": completeness.of(revision),
        "decisions": _decisions(revision),
        "history": _history(revision),
    }


def _judged(revision: ProductRevision, form: ReviewForm) -> list[Judged]:
    product = revision.product
    public = content.snapshot(product) if product.content_number is not None else None
    now, asked_at = content.snapshot(revision), revision.content_at_request
    wording = Wording.of(public, now, asked_at)
    rows = comparison.rows(public, now, wording)
    certificates = [row.certificate for row in product.coverages.select_related("certificate__type").order_by("pk")]
    rows.append(Row("certificates", field_label("certificates"), (), (), is_changed=False))
    found = _by_field(checks.of(revision, certificates=certificates, containers=Container.objects.all()))
    requests = _by_field(revision.change_requests.select_related("by"))
    since = {
        name: comparison.row(name, asked_at, now, wording)
        for name in requests
        if asked_at is not None and name in field_names()
    }
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
    verdict, reason, comment = (form[f"{part}-{name}"] for part in ("verdict", "reason", "comment"))
    return Judged(
        row=row,
        checks=found.get(name, []),
        requests=requests.get(name, []),
        since=since.get(name),
        verdict=verdict,
        reason=reason,
        comment=comment,
        translations=texts,
        is_asked=verdict.value() == ASK,
        has_errors=any(field.errors for field in (verdict, reason, comment, *texts)),
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


def _history(revision: ProductRevision) -> list[tuple[str, str]]:
    """What happened to the product and its revisions, newest first: (what, when and by whom)."""
    numbers = {str(pk): number for pk, number in revision.product.revisions.values_list("pk", "number")}
    about = Q(object_type="catalog.productrevision", object_id__in=numbers) | Q(
        object_type="catalog.product", object_id=str(revision.product_id)
    )
    entries = AuditEntry.objects.filter(about).exclude(verb="begin").select_related("by").order_by("-pk")[:HISTORY]
    return [(_what(entry, numbers), _when(entry)) for entry in entries]


def _what(entry: AuditEntry, numbers: Mapping[str, int]) -> str:
    label = verb_label(entry.verb)
    if entry.object_type == "catalog.productrevision":
        return _("Revision %(number)d: %(verb)s") % {"number": numbers[entry.object_id], "verb": label}
    return _("Product: %(verb)s") % {"verb": label}


def _when(entry: AuditEntry) -> str:
    moment = date_format(localtime(entry.at), "DATETIME_FORMAT")
    if entry.by is None:
        return _("%(moment)s, by the clock") % {"moment": moment}
    who = str(entry.by) if entry.by.is_staff else _("the producer's side")
    return _("%(moment)s, by %(who)s") % {"moment": moment, "who": who}
