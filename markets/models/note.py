"""What a mission writes down for itself about a thing; upper apps keep notes on their own things by the same rules."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User, Viewer
from accounts.workflow import Refused
from catalog.models import Product
from kit.text import validate_text
from markets.models.market import Mission

LONGEST_TEXT: Final = 2000
AnyNote = TypeVar("AnyNote", bound="Note")


class NoteQuerySet(models.QuerySet[AnyNote]):
    """Words about notes."""

    def readable_by(self, user: Viewer) -> Self:
        """Of the missions that `user` works for. The ministry reads none, unless it has people there."""
        return self.filter(mission__in=Mission.objects.of_staff(user))

    def kept_by(self, user: User) -> Self:
        """Those that `user` may change: written by them or handed over to them, while they work for the mission."""
        return self.readable_by(user).filter(keeper=user)


class Note(models.Model):
    """A note read by the people of one mission only. Its keeper changes it: the author at first.

    ABOUT names the field of the thing that it is about.
    """

    ABOUT: ClassVar[str]

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="+", verbose_name=_("mission"))
    text = models.TextField(_("note"), max_length=LONGEST_TEXT, validators=[validate_text])
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("author")
    )
    keeper = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("kept by")
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[NoteQuerySet[Any]] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.mission_id} – {self.about_id}"

    @property
    def about_id(self) -> int:
        """The key of the thing that it is about."""
        return int(getattr(self, f"{self.ABOUT}_id"))

    @property
    def about(self) -> Any:
        """The thing that it is about."""
        return getattr(self, self.ABOUT)

    @classmethod
    def write(cls, about: models.Model, *, mission: Mission, text: str, by: User) -> Self:
        """Write a note. Raises Refused (not_of_the_mission)."""
        with transaction.atomic():
            if not Mission.objects.of_staff(by).filter(pk=mission.pk).exists():
                raise Refused(_("You do not work for this mission."), code="not_of_the_mission")
            thing: dict[str, Any] = {cls.ABOUT: about}
            note = cls(mission=mission, text=text, author=by, keeper=by, **thing)
            note.save(force_insert=True)
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


class MissionNote(Note):
    """A note about a product."""

    ABOUT = "product"

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="mission_notes", verbose_name=_("product")
    )

    class Meta(Note.Meta):
        verbose_name = _("note of a mission")
        verbose_name_plural = _("notes of missions")
        permissions = [
            ("write_note", "Can read and write notes of own missions"),
            ("hand_over_work", "Can hand over the work of a colleague"),
        ]
        indexes = [models.Index(fields=["mission", "product"], name="markets_missionnote_page")]
