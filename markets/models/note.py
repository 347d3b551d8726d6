"""What a mission writes down about a product for itself."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User, Viewer
from accounts.workflow import Refused
from catalog.models import Product
from kit.text import validate_text
from markets.models.market import Mission

LONGEST_TEXT = 2000


class MissionNoteQuerySet(models.QuerySet["MissionNote"]):
    """Words about notes."""

    def readable_by(self, user: Viewer) -> MissionNoteQuerySet:
        """Of the missions that `user` works for. The ministry reads none, unless it has people there."""
        return self.filter(mission__in=Mission.objects.of_staff(user))

    def kept_by(self, user: User) -> MissionNoteQuerySet:
        """Those that `user` may change: written by them or handed over to them, while they work for the mission."""
        return self.readable_by(user).filter(keeper=user)


class MissionNote(models.Model):
    """A note about a product, read by the people of one mission only. Its keeper changes it: the author at first."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="notes", verbose_name=_("mission"))
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="mission_notes", verbose_name=_("product")
    )
    text = models.TextField(_("note"), max_length=LONGEST_TEXT, validators=[validate_text])
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("author")
    )
    keeper = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("kept by")
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects = MissionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of a mission")
        verbose_name_plural = _("notes of missions")
        ordering = ["-pk"]
        permissions = [
            ("write_note", "Can read and write notes of own missions"),
            ("hand_over_work", "Can hand over the work of a colleague"),
        ]
        indexes = [models.Index(fields=["mission", "product"], name="markets_missionnote_page")]

    def __str__(self) -> str:
        return f"{self.mission_id} – {self.product_id}"

    @classmethod
    def write(cls, product: Product, *, mission: Mission, text: str, by: User) -> MissionNote:
        """Write a note. Raises Refused (not_of_the_mission)."""
        with transaction.atomic():
            if not Mission.objects.of_staff(by).filter(pk=mission.pk).exists():
                raise Refused(_("You do not work for this mission."), code="not_of_the_mission")
            note = cls.objects.create(mission=mission, product=product, text=text, author=by, keeper=by)
            audit.record("write_note", note, by=by)
        return note

    def change(self, *, text: str, by: User) -> None:
        """Say it anew. The same text again changes nothing. Raises Refused (not_keeper)."""
        with transaction.atomic():
            self._hold(by)
            if text == self.text:
                return
            self.text, self.changed_at = text, timezone.now()
            self.save(update_fields=["text", "changed_at"])
            audit.record("change_note", self, by=by)

    def remove(self, *, by: User) -> None:
        """Delete it. One that is gone already stays gone. Raises Refused (not_keeper)."""
        with transaction.atomic():
            if not type(self).objects.filter(pk=self.pk).exists():
                return
            self._hold(by)
            audit.record("remove_note", self, by=by)
            self.delete()

    def hand_over(self, *, to: User, by: User) -> None:
        """Let a colleague of the same mission keep it. Raises Refused (not_of_the_mission)."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
            if not Mission.objects.of_staff(to).filter(pk=self.mission_id).exists():
                raise Refused(_("This colleague does not work for the mission of the note."), code="not_of_the_mission")
            self.keeper = to
            self.save(update_fields=["keeper"])
            audit.record("hand_over", self, by=by, why=f"user {to.pk}")

    def _hold(self, by: User) -> None:
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        if self.keeper_id != by.pk:
            raise Refused(_("Only who keeps this note changes it."), code="not_keeper")
