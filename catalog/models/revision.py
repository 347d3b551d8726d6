"""A revision: the full content that a producer proposes, and how it is reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, TransitionNotAllowed
from catalog import completeness, content, decisions, mails, missing_texts, requirements
from catalog.models.passport import Passport
from catalog.models.product import Product
from catalog.models.request import Asked, ChangeRequest, asked_in_codes, asked_in_words
from catalog.models.review import Review
from catalog.models.revision_state import (
    EDITABLE_STATES,
    OPEN_STATES,
    WAITING_STATES,
    Incomplete,
    RevisionMoved,
    RevisionState,
)
from catalog.models.revision_words import RevisionQuerySet
from kit.languages import pick


class ProductRevision(Passport, Review):
    """What a producer proposes. At most one open revision a product. `version` counts changes and requests.

    `unfinished` keeps what was typed but could not be taken, by step of the form: {"terms": {"moq": ["many"]}}.
    """

    S = RevisionState
    HOLDER = "revision"
    CODED_WHYS: ClassVar = {"request_changes": asked_in_words}
    TRANSITIONS: ClassVar = {
        "submit": ({S.DRAFT, S.CHANGES_REQUESTED}, S.SUBMITTED),
        "claim": ({S.SUBMITTED}, S.IN_REVIEW),
        "release": ({S.IN_REVIEW}, S.SUBMITTED),
        "approve": ({S.IN_REVIEW}, S.APPROVED),
        "request_changes": ({S.IN_REVIEW}, S.CHANGES_REQUESTED),
        "reject": ({S.IN_REVIEW}, S.REJECTED),
        "withdraw": ({S.DRAFT, S.SUBMITTED, S.CHANGES_REQUESTED}, S.WITHDRAWN),
    }

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("product"))
    number = models.PositiveIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=18, choices=S.choices, default=S.DRAFT)
    version = models.PositiveIntegerField(_("version of the content"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("created by")
    )
    author_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    unfinished = models.JSONField(default=dict, blank=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta(Passport.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        permissions = [("review_revision", "Can review revisions")]
        constraints = [
            *Passport.Meta.constraints,
            models.UniqueConstraint(
                fields=["product"],
                condition=models.Q(state__in=OPEN_STATES),
                name="catalog_revision_one_open",
                violation_error_code="revision_open",
                violation_error_message=_("This product already has an open revision."),
            ),
            models.UniqueConstraint(fields=["product", "number"], name="catalog_revision_number"),
            models.CheckConstraint(
                condition=~models.Q(state="in_review") | models.Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="catalog_revision_in_review_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at", "id"],
                name="catalog_revision_queue",
                condition=models.Q(state__in=("submitted", "in_review")),
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title).text or str(_("untitled product"))

    # --- the producer's side ---------------------------------------------------------------------

    @classmethod
    def begin(cls, product: Product, *, by: User, source: ProductRevision | None = None) -> ProductRevision:
        """Open a revision from the public content, or from `source`, a closed revision of the same product.

        Raises Refused (revision_open) when one is open already.
        """
        with transaction.atomic():
            product.lock()
            if product.open_revision():
                raise Refused(_("This product already has an open revision."), code="revision_open")
            number = (product.revisions.aggregate(top=models.Max("number"))["top"] or 0) + 1
            revision = cls(product=product, number=number, created_by=by, author_ids=[by.pk])
            origin: Product | ProductRevision = source or product
            revision.copy_fields_from(origin)
            revision.save()
            content.copy_parts(origin, revision)
            audit.record("begin", revision, by=by, to_state=revision.state)
        return revision

    @classmethod
    def editing(cls, pk: int, *, by: User, seen_version: int) -> ProductRevision:
        """The locked revision, ready for a change of its content; call inside a transaction, then `edited`.

        Raises TransitionNotAllowed when it is not the producer's turn, RevisionMoved when somebody else
        saved since `seen_version`.
        """
        revision = cls.objects.select_for_update(of=("self",)).get(pk=pk)
        if revision.state not in EDITABLE_STATES:
            raise TransitionNotAllowed(
                _("This cannot be edited any more: it is now “%(state)s”.") % {"state": revision.get_state_display()}
            )
        if revision.version != seen_version:
            raise RevisionMoved(_("Somebody saved this product after you opened it."))
        return revision

    def edited(self, *, by: User) -> None:
        """Save the content and count the change."""
        self.version += 1
        self.saved_by = by
        if by.pk not in self.author_ids:
            self.author_ids = [*self.author_ids, by.pk]
        self.save()

    def submit(self, *, by: User) -> None:
        """Hand the content to the reviewers; by it the producer confirms the facts today.

        Raises TransitionNotAllowed, Incomplete.
        """
        with self.moving("submit", by=by):
            if missing := completeness.of(self).required_missing:
                raise Incomplete(missing)
            self.submitted_at = timezone.now()
            self.confirmed_on = timezone.now().date()
            mails.revision_submitted(self)

    def withdraw(self, *, by: User) -> None:
        """Take the proposal back. Raises TransitionNotAllowed."""
        with self.moving("withdraw", by=by):
            self.decided_at = timezone.now()

    # --- the reviewers' side; claims stand in review.py ------------------------------------------

    def assign(self, *, to: User, by: User, is_told: bool = True) -> None:
        """Ask a colleague to review it: a wish, not a lock, so anybody may still claim it. They get a letter.

        Whom it is assigned to already is not asked twice. `is_told` False: no letter, the caller writes one about
        several things. The caller has checked that `to` may review here. Raises TransitionNotAllowed, SelfReview
        (of `to`), Refused (claimed_by_other) while somebody else has it in hand.
        """
        with transaction.atomic():
            self.lock()
            if self.state not in WAITING_STATES:
                raise self.not_possible()
            self._refuse_work_of(to)
            if self.claimed_by_id not in (None, to.pk):
                raise Refused(_("Somebody else is reviewing this."), code="claimed_by_other")
            if self.assigned_to_id == to.pk:
                return
            self.assigned_to = to
            self.save(update_fields=["assigned_to"])
            entry = audit.record("assign", self, by=by, from_state=self.state, to_state=self.state, why=f"user {to.pk}")
            if is_told and to != by:
                mails.review_assigned(self, to=to, by=by, number=entry.pk)

    def approve(
        self,
        *,
        by: User,
        seen_version: int,
        translations: missing_texts.Written | None = None,
        checked: Sequence[str] = (),
        exception: str = "",
    ) -> None:
        """Make this content the public one, all at once, with the reviewer's missing translations.

        `checked` are the codes of the ticked items of the checklist; `exception` is why it is approved although
        certificates that its category requires are missing. The caller has checked that `by` may review here.
        Raises TransitionNotAllowed, SelfReview, RevisionMoved if the content is no longer at `seen_version`, Refused
        (english_missing) without an English title, CertificatesMissing.
        """
        with self.moving("approve", by=by):
            self._refuse_wrong_reviewer(by, seen_version)
            self._add_translations(translations, by=by)
            if not (self.title.get("en") and self.description.get("en")):
                raise Refused(
                    _("English is required to publish: write the missing translation."), code="english_missing"
                )
            requirements.refuse_unmet(self, by=by, exception=exception)
            self.decided_at, self.decided_by = timezone.now(), by
            self.save()
            decisions.record("approve", self, by=by, seen_version=seen_version, checked=checked)
            self.product.replace_content(self, by=by)
            mails.revision_approved(self)

    def request_changes(
        self,
        *,
        by: User,
        seen_version: int,
        requests: Sequence[Asked],
        translations: missing_texts.Written | None = None,
        checked: Sequence[str] = (),
    ) -> None:
        """Ask the producer for at least one change, each naming a field, a reason and a comment.

        Raises TransitionNotAllowed, SelfReview, RevisionMoved, Refused (no_request).
        """
        with self.moving("request_changes", by=by, why=asked_in_codes(requests)):
            self._refuse_wrong_reviewer(by, seen_version)
            if not requests:
                raise Refused(_("Name at least one field and what to change."), code="no_request")
            self._add_translations(translations, by=by)
            self.content_at_request = content.snapshot(self)
            ChangeRequest.objects.bulk_create(
                ChangeRequest(revision=self, version=self.version, by=by, **asked._asdict()) for asked in requests
            )
            decisions.record("request_changes", self, by=by, seen_version=seen_version, checked=checked)
            self.claimed_by = self.claimed_at = None
            self.version += 1  # what is asked for next, even of the same content, is another round
            mails.changes_requested(self, requests)

    def reject(self, *, by: User, seen_version: int, why: str, checked: Sequence[str] = ()) -> None:
        """Refuse the proposal for good; the producer may begin another.

        Raises TransitionNotAllowed, SelfReview, RevisionMoved, Refused (why_missing).
        """
        with self.moving("reject", by=by, why=why):
            self._refuse_wrong_reviewer(by, seen_version)
            if not why.strip():
                raise Refused(_("Say why, in the producer's language."), code="why_missing")
            self.rejection, self.decided_at, self.decided_by = why, timezone.now(), by
            decisions.record("reject", self, by=by, seen_version=seen_version, checked=checked)
            mails.revision_rejected(self)

    # --- facts -----------------------------------------------------------------------------------

    def requests_now(self) -> models.QuerySet[ChangeRequest]:
        """What the reviewers asked for last."""
        latest = self.change_requests.aggregate(top=models.Max("version"))["top"]
        return self.change_requests.filter(version=latest)

    def is_work_of(self, user: User) -> bool:
        """Does `user` belong to the producer, or did they ever write for it?"""
        if user.pk in self.author_ids or self.product.producer.has_member(user):
            return True
        return type(self).objects.written_by(user).filter(product__producer=self.product.producer_id).exists()

    def _refuse_wrong_reviewer(self, by: User, seen_version: int) -> None:
        self._refuse_self_review(by)
        self._refuse_other_claimant(by)
        if self.version != seen_version:
            raise RevisionMoved(_("The content changed since you opened it."))

    def _add_translations(self, translations: missing_texts.Written | None, *, by: User) -> None:
        """Fill texts that are missing, as part of the decision, and tell the producer."""
        if added := missing_texts.fill(self, translations or {}, by=by):
            self.version += 1
            mails.translation_written(self, added)
