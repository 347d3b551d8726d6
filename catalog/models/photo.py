"""Photos: immutable images, and where each is shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Viewer
from catalog.models.offer import EXACTLY_ONE_HOLDER
from exporters.models import Producer
from kit.fields import TranslatedField


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Words about photos."""

    def editable_by(self, user: Viewer) -> PhotoQuerySet:
        """Photos of producers that `user` works on."""
        return self.filter(producer__in=Producer.objects.editable_by(user))


class Photo(models.Model):
    """An image as it was re-encoded at upload (kit.uploads); never changed, shared by product and revisions."""

    key = models.UUIDField(unique=True, editable=False)
    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="photos", verbose_name=_("producer"))
    width = models.PositiveIntegerField(_("width (px)"), help_text=_("As uploaded, after turning"))
    height = models.PositiveIntegerField(_("height (px)"))
    sha256 = models.CharField(max_length=64, editable=False)
    bytes = models.PositiveIntegerField(default=0, editable=False, help_text=_("Of all its sizes together"))
    likeness = models.BigIntegerField(
        _("likeness"),
        null=True,
        editable=False,
        help_text=_("64 bits of how it looks (kit.uploads); none: not yet known"),
    )
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.key)


class PhotoPlacement(models.Model):
    """A photo at a position of a product or a revision; the first is the cover."""

    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, null=True, blank=True, related_name="placements"
    )
    revision = models.ForeignKey(
        "catalog.ProductRevision", on_delete=models.CASCADE, null=True, blank=True, related_name="placements"
    )
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="placements", verbose_name=_("photo"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    alt = TranslatedField(_("what the photo shows"), max_length=160)

    class Meta:
        verbose_name = _("placed photo")
        verbose_name_plural = _("placed photos")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=EXACTLY_ONE_HOLDER, name="catalog_photoplacement_one_holder"),
            models.UniqueConstraint(
                fields=["product", "photo"],
                name="catalog_photoplacement_once_product",
                violation_error_message=_("This photo is already there."),
            ),
            models.UniqueConstraint(
                fields=["revision", "photo"],
                name="catalog_photoplacement_once_revision",
                violation_error_message=_("This photo is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.photo_id}"
