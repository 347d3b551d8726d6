"""Documents that are made in the background: catalogues and price lists of a market, catalogues of a collection."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Final, cast

from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from kit.languages import CONTENT_LANGUAGE_NAMES
from markets.models import Collection, Market
from promotion.models.campaign import Campaign

KEPT: Final = datetime.timedelta(days=7)
LEASE: Final = datetime.timedelta(seconds=120)
"""So long a worker has a document to itself; the queue ends a job after 60 seconds, then another may go on."""
MOST_TRIES: Final = 3
MOST_UNDER_WAY: Final = 5
PER_PAGE: Final = (1, 2, 4)
SAME: Final = ("kind", "market", "collection", "language")
"""What makes two documents that one person asks for the same."""


class DocumentKind(models.TextChoices):
    MARKET_CATALOGUE = "market_catalogue", _("market catalogue")
    PRICE_LIST = "price_list", _("price list")
    COLLECTION = "collection", _("catalogue of a collection")


class DocumentState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


UNDER_WAY: Final = (DocumentState.QUEUED, DocumentState.MAKING)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Words about documents."""

    def under_way(self) -> DocumentQuerySet:
        """Waiting or being made."""
        return self.filter(state__in=UNDER_WAY)

    def free_to_make(self) -> DocumentQuerySet:
        """Under way, and no worker has it."""
        return self.under_way().filter(Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now()))

    def failed(self) -> DocumentQuerySet:
        """Those that were given up."""
        return self.filter(state=DocumentState.FAILED)

    def expired(self) -> DocumentQuerySet:
        """Their seven days are over."""
        return self.filter(expires_at__lt=timezone.now())


class DocumentManager(models.Manager["Document"]):
    """Asks for documents."""

    def ask(self, *, by: User, product_ids: list[int], **what: Any) -> Document:
        """Queue a document; the one that is under way already when the same person asks for the same again.

        `what` is kind, market or collection, language, per_page and campaign; the caller has checked them. Raises
        Refused (nothing_offered, collection_empty, documents_waiting).
        """
        same = {name: what.get(name) for name in SAME}
        if not product_ids and same["collection"]:
            raise Refused(_("None of its products is public: add one first."), code="collection_empty")
        if not product_ids:
            raise Refused(_("No product is offered in this market yet."), code="nothing_offered")
        if found := self.get_queryset().filter(made_by=by, state__in=UNDER_WAY, **same).first():
            return found
        if self.get_queryset().filter(made_by=by, state__in=UNDER_WAY).count() >= MOST_UNDER_WAY:
            raise Refused(_("Five documents of yours are being made. Wait for one of them."), code="documents_waiting")
        try:
            with transaction.atomic():
                expires_at = timezone.now() + KEPT
                document = self.create(
                    made_by=by, product_ids=product_ids, total=len(product_ids), expires_at=expires_at, **what
                )
                audit.record("start", document, by=by, to_state=DocumentState.QUEUED)
        except IntegrityError:  # pressed twice at once
            return self.get(made_by=by, state__in=UNDER_WAY, **same)
        return document


class Document(WorkflowModel):
    """A PDF that a person of the staff asked for. Made in steps: a worker that is killed loses one step, no more.

    It is about a market, or, when its kind is `collection`, about a collection: about exactly one of them.
    `parts` are the finished ones: {"file", "pages", "entries": [[title, producer, page], …]}.
    """

    S = DocumentState
    TRANSITIONS: ClassVar = {
        "make": ({S.QUEUED}, S.MAKING),
        "finish": ({S.MAKING}, S.READY),
        "fail": ({S.QUEUED, S.MAKING}, S.FAILED),
        "ask_again": ({S.FAILED}, S.QUEUED),
    }

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    market = models.ForeignKey(
        Market, on_delete=models.CASCADE, null=True, blank=True, related_name="documents", verbose_name=_("market")
    )
    collection = models.ForeignKey(
        Collection,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("collection"),
    )
    language = models.CharField(_("language"), max_length=2, choices=list(CONTENT_LANGUAGE_NAMES.items()))
    per_page = models.PositiveSmallIntegerField(
        _("products a page"), default=2, choices=[(one, str(one)) for one in PER_PAGE]
    )
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("campaign"),
    )
    state = models.CharField(_("state"), max_length=8, choices=S.choices, default=S.QUEUED)
    product_ids = ArrayField(models.BigIntegerField(), editable=False)
    total = models.PositiveIntegerField(_("products"), editable=False)
    done = models.PositiveIntegerField(_("products done"), default=0, editable=False)
    parts = models.JSONField(default=list, editable=False)
    as_of = models.DateField(_("as of"), null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    file_path = models.CharField(max_length=80, blank=True, editable=False)
    file_bytes = models.PositiveBigIntegerField(_("size (bytes)"), default=0, editable=False)
    pages = models.PositiveIntegerField(_("pages"), default=0, editable=False)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    ready_at = models.DateTimeField(_("ready"), null=True, editable=False)
    expires_at = models.DateTimeField(_("kept until"), editable=False)

    objects = DocumentManager.from_queryset(DocumentQuerySet)()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-pk"]
        permissions = [("make_document", "Can make catalogues and price lists of own markets")]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "kind", "market", "collection", "language"],
                condition=Q(state__in=["queued", "making"], made_by__isnull=False),
                nulls_distinct=False,
                name="promotion_document_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(kind="collection", market__isnull=True, collection__isnull=False)
                | Q(~Q(kind="collection"), market__isnull=False, collection__isnull=True),
                name="promotion_document_target_of_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(file_path=""), name="promotion_document_ready_has_file"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="promotion_document_expires")]

    def __str__(self) -> str:
        return capfirst(f"{self.get_kind_display()}, {self.target}, {self.get_language_display()}")

    @property
    def target(self) -> Market | Collection:
        """What it is about."""
        return cast("Market | Collection", self.collection or self.market)

    @property
    def percent(self) -> int:
        """How far it is, for people."""
        return 100 if self.state == DocumentState.READY else min(99, 100 * self.done // max(self.total, 1))

    @property
    def is_under_way(self) -> bool:
        """Will it be ready without anybody's doing?"""
        return self.state in UNDER_WAY

    def make(self) -> None:
        """The worker begins. Raises TransitionNotAllowed."""
        with self.moving("make", by=None):
            self.as_of = timezone.now().date()

    def take_part(self, part: dict[str, Any], *, after: int, products: int) -> bool:
        """Keep a finished part that begins after `after` products; False when another worker has done it already."""
        with transaction.atomic():
            self.lock()
            if self.state != DocumentState.MAKING or self.done != after:
                return False
            self.parts = [*self.parts, part]
            self.done, self.tries, self.leased_until = after + products, 0, None
            self.save(update_fields=["parts", "done", "tries", "leased_until"])
        return True

    def finish(self, *, path: str, size: int, pages: int) -> None:
        """The whole is in the storage; the parts go when this is written. Raises TransitionNotAllowed."""
        with self.moving("finish", by=None):
            names = [part["file"] for part in self.parts]
            self.file_path, self.file_bytes, self.pages = path, size, pages
            self.ready_at, self.leased_until, self.parts = timezone.now(), None, []
            self.expires_at = self.ready_at + KEPT
            transaction.on_commit(lambda: _remove(names))

    def fail(self) -> None:
        """Three tries of one step failed. Raises TransitionNotAllowed."""
        with self.moving("fail", by=None):
            names = [part["file"] for part in self.parts]
            self.parts, self.done, self.leased_until = [], 0, None
            transaction.on_commit(lambda: _remove(names))

    def ask_again(self, *, by: User) -> None:
        """Begin anew after a failure. Raises TransitionNotAllowed."""
        with self.moving("ask_again", by=by):
            self.tries, self.expires_at = 0, timezone.now() + KEPT

    def forget(self) -> None:
        """Delete it with its files, the row first: `orphan_files` finds a file without a row, not the other way."""
        names = [self.file_path, *(part["file"] for part in self.parts)]
        self.delete()
        transaction.on_commit(lambda: _remove(names))


def _remove(names: list[str]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)
