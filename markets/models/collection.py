"""A collection: products that a mission, or the ministry, chose for a purpose, in its own order."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from catalog.models import Photo, PhotoPlacement
from kit.fields import TranslatedField
from kit.languages import pick
from kit.uploads import StoredPicture, delete_picture
from markets.models.collection_item import Chosen, CollectionItem, arrange, products_to_collect
from markets.models.collection_words import CollectionManager, CollectionQuerySet, CollectionState
from markets.models.market import Accreditation, Market, Mission

MOST_ITEMS = 100
LONGEST_INTRODUCTION = 600
PREVIEW_LASTS = datetime.timedelta(days=14)
TEXTS = ("title", "introduction")
CONTENT = (*TEXTS, "market", "mission", "starts_on", "ends_on", "cover")


class CollectionMoved(Refused):
    """Somebody saved the collection after it was opened."""

    code = "collection_moved"


class Collection(WorkflowModel):
    """Its address follows the English title until it was public once, then never changes.

    `market` None: for all markets, the ministry's to make. `mission` None: curated by the ministry. `version` counts
    the changes of its content. A preview link is valid while it names `preview_nonce`, until `preview_until`. An
    uploaded cover stands before the chosen photo.
    """

    S = CollectionState
    TRANSITIONS: ClassVar = {
        "publish": ({S.DRAFT}, S.PUBLISHED),
        "archive": ({S.DRAFT, S.PUBLISHED}, S.ARCHIVED),
        "reopen": ({S.ARCHIVED}, S.PUBLISHED),
    }

    slug = models.SlugField(_("address on the site"), max_length=100, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.DRAFT)
    version = models.PositiveIntegerField(_("version of the content"), default=1, editable=False)
    title = TranslatedField(_("title"), max_length=120)
    introduction = TranslatedField(_("introduction"), max_length=LONGEST_INTRODUCTION)
    cover = models.ForeignKey(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover photo")
    )
    own_cover_key = models.UUIDField(_("uploaded cover"), null=True, blank=True, editable=False)
    own_cover_bytes = models.PositiveIntegerField(default=0, editable=False, help_text=_("Of all its sizes together"))
    market = models.ForeignKey(
        Market,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("market"),
        help_text=_("None: for all markets"),
    )
    mission = models.ForeignKey(
        Mission,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("curated by"),
        help_text=_("None: the ministry"),
    )
    starts_on = models.DateField(_("shown from"), null=True, blank=True)
    ends_on = models.DateField(_("shown until"), null=True, blank=True)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("created by")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("changed by")
    )
    preview_nonce = models.CharField(max_length=22, blank=True, editable=False)
    preview_until = models.DateTimeField(_("preview link valid until"), null=True, blank=True, editable=False)

    objects = CollectionManager.from_queryset(CollectionQuerySet)()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-pk"]
        permissions = [("curate_collection", "Can curate collections in own markets")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="markets_collection_published_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(title__has_key="en", introduction__has_key="en"),
                name="markets_collection_public_english",
                violation_error_message=_("A public collection needs its title and introduction in English."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="markets_collection_period",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(own_cover_key__isnull=True, own_cover_bytes=0)
                | Q(own_cover_key__isnull=False, own_cover_bytes__gt=0),
                name="markets_collection_own_cover_counted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["market", "-published_at"], name="markets_collection_page", condition=Q(state="published")
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title).text or str(_("untitled collection"))

    # --- its content -----------------------------------------------------------------------------

    def rewrite(self, *, by: User, seen_version: int, items: Sequence[Chosen] | None = None, **content: Any) -> None:
        """Change what it says (names of CONTENT) and, when given, which products it holds in which order.

        The caller has checked that `by` may work in the market. A cover that is no longer of a chosen product is
        dropped. Raises CollectionMoved, ValidationError (texts), Refused (mission_elsewhere, period, product_twice,
        too_many_products, product_not_offered, cover_elsewhere; of a public one english_missing, collection_empty).
        """
        with transaction.atomic():
            self.lock()
            if self.version != seen_version:
                raise CollectionMoved(_("Somebody saved this collection after you opened it."))
            self._take(content)
            if items is not None:
                self._refuse_items(items)
                arrange(self.items, items)
            self._settle_cover(is_asked=content.get("cover") is not None)
            if self.state == CollectionState.PUBLISHED:
                self._refuse_without_english()
                self._refuse_empty(self.items.all())
            if self.published_at is None and "title" in content:
                self.slug = self.fitting_slug()
            self.version += 1
            self.changed_by = by
            self.save()
            audit.record("rewrite", self, by=by, from_state=self.state, to_state=self.state)

    def change_cover(self, picture: StoredPicture | None, *, by: User) -> None:
        """Show an uploaded cover in place of the chosen photo, or none; the one before is deleted once this is stored.

        Without one before, none again changes nothing.
        """
        with transaction.atomic():
            self.lock()
            before = self.own_cover_key
            if before is None and picture is None:
                return
            self.own_cover_key = picture.key if picture else None
            self.own_cover_bytes = picture.bytes if picture else 0
            self.changed_by = by
            self.save(update_fields=["own_cover_key", "own_cover_bytes", "changed_by", "changed_at"])
            audit.record("change_cover", self, by=by, from_state=self.state, to_state=self.state)
            if before is not None:
                transaction.on_commit(partial(delete_picture, before))

    # --- its public life -------------------------------------------------------------------------

    def publish(self, *, by: User) -> None:
        """Show it to everybody, within its period. Raises TransitionNotAllowed, Refused (english_missing,
        collection_empty)."""
        with self.moving("publish", by=by):
            self._go_public()

    def archive(self, *, by: User, why: str = "") -> None:
        """Take it from the public; its address answers 410. Preview links end. Raises TransitionNotAllowed."""
        with self.moving("archive", by=by, why=why):
            self._forget_preview()

    def reopen(self, *, by: User) -> None:
        """Show an archived one again. Raises TransitionNotAllowed, Refused (english_missing, collection_empty)."""
        with self.moving("reopen", by=by):
            self._go_public()

    # --- its preview -----------------------------------------------------------------------------

    def share(self, *, by: User) -> None:
        """Make a preview link, valid for 14 days; the one before ends. Raises Refused (archived)."""
        with transaction.atomic():
            self.lock()
            if self.state == CollectionState.ARCHIVED:
                raise Refused(_("An archived collection has no preview."), code="archived")
            self.preview_nonce = get_random_string(22)
            self.preview_until = timezone.now() + PREVIEW_LASTS
            self.save(update_fields=["preview_nonce", "preview_until"])
            audit.record("share", self, by=by, from_state=self.state, to_state=self.state)

    def unshare(self, *, by: User) -> None:
        """End the preview link; without one nothing happens."""
        with transaction.atomic():
            self.lock()
            if not self.preview_nonce:
                return
            self._forget_preview()
            self.save(update_fields=["preview_nonce", "preview_until"])
            audit.record("unshare", self, by=by, from_state=self.state, to_state=self.state)

    @property
    def is_shared(self) -> bool:
        """Is there a preview link that is still valid?"""
        return bool(self.preview_nonce and self.preview_until and self.preview_until > timezone.now())

    @property
    def is_public(self) -> bool:
        """Is it published, and within its period today (UTC)? The word `public` for a row in hand."""
        today = timezone.now().date()
        has_begun = self.starts_on is None or self.starts_on <= today
        return self.state == CollectionState.PUBLISHED and has_begun and (self.ends_on is None or today <= self.ends_on)

    def fitting_slug(self) -> str:
        """The address by the English title."""
        title = self.title.get("en") or pick(self.title).text
        return f"{slugify(title)[:80].strip('-') or 'collection'}-{self.pk}"

    # --- refusals --------------------------------------------------------------------------------

    def refuse_foreign_mission(self) -> None:
        """A mission curates for markets that it covers today."""
        if self.mission_id is None or self.market_id is None:
            return
        covers = Accreditation.objects.current().filter(mission=self.mission_id, market=self.market_id)
        if not covers.exists():
            raise Refused(_("This mission does not cover this market."), code="mission_elsewhere")

    def _take(self, content: dict[str, Any]) -> None:
        for name, value in content.items():
            if name not in CONTENT:
                raise ValueError(f"{name} is no content of a collection")
            if name in TEXTS:
                field: Any = type(self)._meta.get_field(name)
                value = field.clean(value, self)
            setattr(self, name, value)
        if {"market", "mission"} & set(content):
            self.refuse_foreign_mission()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Refused(_("The last day cannot be before the first."), code="period")

    def _refuse_items(self, items: Sequence[Chosen]) -> None:
        wanted = {one.product_id for one in items}
        if len(wanted) < len(items):
            raise Refused(_("This product is already in the collection."), code="product_twice")
        if len(items) > MOST_ITEMS:
            raise Refused(_("A collection has at most 100 products."), code="too_many_products")
        new = wanted - set(self.items.values_list("product", flat=True))
        if products_to_collect(self.market).filter(pk__in=new).count() < len(new):
            raise Refused(_("Only products that are offered in the market can be added."), code="product_not_offered")

    def _settle_cover(self, *, is_asked: bool) -> None:
        """A cover is a photo of one of the products, never of what may not be promoted."""
        if self.cover_id is None:
            return
        promotable = self.items.promotable().values("product")
        if PhotoPlacement.objects.filter(photo=self.cover_id, product__in=promotable).exists():
            return
        if is_asked:
            raise Refused(_("The cover must be a photo of one of its products."), code="cover_elsewhere")
        self.cover = None

    def _go_public(self) -> None:
        self._refuse_without_english()
        self._refuse_empty(self.items.shown())
        self.published_at = self.published_at or timezone.now()

    def _refuse_without_english(self) -> None:
        if not all(getattr(self, name).get("en") for name in TEXTS):
            raise Refused(_("A public collection needs its title and introduction in English."), code="english_missing")

    def _refuse_empty(self, items: models.QuerySet[CollectionItem]) -> None:
        if not items.exists():
            raise Refused(_("None of its products is public: add one first."), code="collection_empty")

    def _forget_preview(self) -> None:
        self.preview_nonce, self.preview_until = "", None
