"""A product: what the public sees now."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User, Viewer
from accounts.workflow import Refused, TransitionNotAllowed, WorkflowModel
from catalog import content, mails
from catalog.indexing import reindex
from catalog.models.passport import Passport
from catalog.models.revision_state import EDITABLE_STATES, OPEN_STATES
from exporters.models import Certificate, Producer, ProducerState
from kit.languages import pick

if TYPE_CHECKING:
    from catalog.models.revision import ProductRevision


class ProductState(models.TextChoices):
    UNPUBLISHED = "unpublished", _("not published yet")
    PUBLISHED = "published", _("published")
    SUSPENDED = "suspended", _("suspended")
    RETIRED = "retired", _("retired")


class ProductQuerySet(models.QuerySet["Product"]):
    """Words about products."""

    def published(self) -> ProductQuerySet:
        """What the public sees: published, of a listed producer."""
        return self.filter(state=ProductState.PUBLISHED, producer__state=ProducerState.LISTED)

    def retired(self) -> ProductQuerySet:
        """Taken back by their producers: answered with 410 and alternatives."""
        return self.filter(state=ProductState.RETIRED)

    def editable_by(self, user: Viewer) -> ProductQuerySet:
        """Products of the producers that `user` works on: members and scoped local officers."""
        return self.filter(producer__in=Producer.objects.editable_by(user))

    def visible_to(self, user: Viewer) -> ProductQuerySet:
        """Published products, and those of the producers that `user` works on."""
        return self.published() | self.editable_by(user)

    def for_desk(self) -> ProductQuerySet:
        """With all that a row of the desk shows and `completeness.of` reads, of the product and its open revision.

        The open revision, if any, is in `open_revisions`. 9 queries, however many rows.
        """
        from catalog.models.revision import ProductRevision

        parts = ("offers", "placements__photo", "category__template__fields", "category__parent__template__fields")
        categories = ("category__template", "category__parent__template")
        revisions = ProductRevision.objects.open().select_related(*categories).prefetch_related(*parts)
        return self.select_related("producer", *categories).prefetch_related(
            *parts, models.Prefetch("revisions", revisions, to_attr="open_revisions")
        )


class ProductManager(models.Manager["Product"]):
    """Starts products."""

    def start(self, *, producer: Producer, by: User) -> ProductRevision:
        """Make an unpublished product with its first, empty draft. The caller has checked that `by` works on it."""
        from catalog.models.revision import ProductRevision

        with transaction.atomic():
            product = self.create(producer=producer)
            revision = ProductRevision.objects.create(
                product=product, number=1, created_by=by, author_ids=[by.pk], title={}
            )
            audit.record("start", product, by=by, to_state=ProductState.UNPUBLISHED)
        return revision


class Product(WorkflowModel, Passport):
    """The public content. Empty until the first approval; changed only by the approval of a revision."""

    S = ProductState
    HOLDER = "product"
    TRANSITIONS: ClassVar = {
        "publish": ({S.UNPUBLISHED}, S.PUBLISHED),
        "suspend": ({S.PUBLISHED}, S.SUSPENDED),
        "retire": ({S.PUBLISHED}, S.RETIRED),
        "restore": ({S.SUSPENDED, S.RETIRED}, S.PUBLISHED),
    }

    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="products", verbose_name=_("producer")
    )
    slug = models.SlugField(
        _("address on the site"), max_length=100, unique=True, null=True, blank=True, editable=False
    )
    state = models.CharField(_("state"), max_length=12, choices=S.choices, default=S.UNPUBLISHED)
    content_number = models.PositiveIntegerField(_("public revision"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("public content changed"), null=True, blank=True, editable=False)
    certificates = models.ManyToManyField(
        Certificate, through="catalog.CertificateCoverage", related_name="products", verbose_name=_("certificates")
    )

    objects = ProductManager.from_queryset(ProductQuerySet)()

    class Meta(Passport.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-pk"]
        permissions = [("suspend_product", "Can suspend and restore products")]
        constraints = [
            *Passport.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state="unpublished") | models.Q(slug__isnull=False, published_at__isnull=False),
                name="catalog_product_public_has_slug",
            ),
        ]
        indexes = [models.Index(fields=["producer", "state"], name="catalog_product_producer")]

    def __str__(self) -> str:
        return pick(self.title).text or str(_("untitled product"))

    def replace_content(self, revision: ProductRevision, *, by: User) -> None:
        """Make the revision's content the public one, at once. Called by its approval, in that transaction.

        The first time the product gets its slug and is published, and its producer is listed.
        Raises Refused when the producer is suspended.
        """
        self.lock()
        if self.producer.state == ProducerState.SUSPENDED:
            raise Refused(_("The producer is suspended."), code="producer_suspended")
        self.copy_fields_from(revision)
        self.content_number = revision.number
        self.changed_at = timezone.now()
        self.save()
        self._replace_parts(revision)
        if self.state == ProductState.UNPUBLISHED:
            self._publish(by=by)
        reindex([self.pk])

    def _replace_parts(self, revision: ProductRevision) -> None:
        self.offers.all().delete()
        self.placements.all().delete()
        content.copy_parts(revision, self)

    def _publish(self, *, by: User) -> None:
        with self.moving("publish", by=by):
            self.published_at = timezone.now()
            self.slug = self._free_slug()
        if self.producer.state == ProducerState.DRAFT:
            self.producer.list(by=by)

    def suspend(self, *, by: User, why: str) -> None:
        """Staff take the product from the public. Raises TransitionNotAllowed."""
        with self.moving("suspend", by=by, why=why):
            mails.product_suspended(self, why=why)
        reindex([self.pk])

    def retire(self, *, by: User) -> None:
        """Its producer takes the product back; its address answers 410. Raises TransitionNotAllowed."""
        with self.moving("retire", by=by):
            pass
        reindex([self.pk])

    def restore(self, *, by: User, was: ProductState) -> None:
        """Publish again: staff what was suspended, its producer what was retired.

        `was` is the state that the caller may restore from. Raises TransitionNotAllowed.
        """
        with self.moving("restore", by=by):
            if self.state != was:
                raise TransitionNotAllowed(_("The product is now “%(state)s”.") % {"state": self.get_state_display()})
        reindex([self.pk])

    def confirm(self, *, by: User, today: datetime.date | None = None) -> None:
        """The producer confirms that the public facts still hold. Needs no new approval."""
        with transaction.atomic():
            self.lock()
            if self.state != ProductState.PUBLISHED:
                raise TransitionNotAllowed(_("Only a published product can be confirmed."))
            self.confirmed_on = today or timezone.now().date()
            self.save(update_fields=["confirmed_on"])
            audit.record("confirm", self, by=by, from_state=self.state, to_state=self.state)
            reindex([self.pk])

    def add_target_market(self, iso2: str, *, by: User) -> None:
        """The producer agrees to sell in one more market: in the public content and in the open revision.

        Needs no new approval. Raises Refused (product_not_public; in_review while a reviewer has the revision).
        """
        with transaction.atomic():
            if revision := self.open_revision():
                revision.lock()  # before the product, as an approval does
            self.lock()
            if revision is None and (revision := self.open_revision()):
                revision.lock()  # it was begun a moment ago: no approval can hold it yet
            if self.state != ProductState.PUBLISHED:
                raise Refused(_("This product is not public."), code="product_not_public")
            if revision and revision.state == "in_review":
                raise Refused(_("A reviewer has your change in hand. Answer when it is decided."), code="in_review")
            if revision and revision.state in EDITABLE_STATES and iso2 not in revision.target_markets:
                revision.target_markets = [*revision.target_markets, iso2]
                revision.edited(by=by)
            if iso2 not in self.target_markets:
                self.target_markets = [*self.target_markets, iso2]
                self.changed_at = timezone.now()
                self.save(update_fields=["target_markets", "changed_at"])
            audit.record("add_target_market", self, by=by, from_state=self.state, to_state=self.state, why=iso2)
            reindex([self.pk])

    def open_revision(self) -> ProductRevision | None:
        """The one revision that is being worked on, if any."""
        return self.revisions.filter(state__in=OPEN_STATES).first()

    def _free_slug(self) -> str:
        title = self.title.get("en") or pick(self.title).text
        return f"{slugify(title)[:80].strip('-') or 'product'}-{self.pk}"


class CertificateCoverage(models.Model):
    """A certificate applies to a product. Outside the revision: it needs no new approval."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="coverages")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="coverages")

    class Meta:
        verbose_name = _("covered product")
        verbose_name_plural = _("covered products")
        ordering = ["certificate", "product"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "product"], name="catalog_certificatecoverage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} – {self.product_id}"
