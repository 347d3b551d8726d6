"""The outbox: a letter is a row written in the verb's transaction and sent by the queue."""

from __future__ import annotations

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.letter_kind import LetterKind
from accounts.models.user import User


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed for good")
    HELD = "held", _("waits for the letter of the day")
    GATHERED = "gathered", _("sent in a letter of the day")
    UNWANTED = "unwanted", _("not sent: not wanted")
    STOPPED = "stopped", _("not sent: letters come back")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Words about letters."""

    def due(self) -> LetterQuerySet:
        """Letters whose next try is now or past."""
        return self.filter(state=LetterState.WAITING, next_try_at__lte=timezone.now())

    def failed(self) -> LetterQuerySet:
        """Letters that were given up, for staff to look at."""
        return self.filter(state=LetterState.FAILED)

    def held(self) -> LetterQuerySet:
        """Letters that their readers get together, once a day."""
        return self.filter(state=LetterState.HELD, recipient__isnull=False)


class Letter(models.Model):
    """One mail to one address about one event, in the reader's language.

    `event` names what happened, e.g. "revision_approved:41:v3"; with the address it is unique, so that
    a verb that runs twice writes once. The body is emptied when the letter has been sent; a parting letter, to the
    address of an erased account, goes with its whole row when it is sent or given up. Letters with the same `thread`,
    e.g. "enquiry:41", stand together in the reader's mail program; `page` is where such a letter is answered.
    """

    event = models.CharField(_("event"), max_length=120)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=LetterKind.choices,
        default=LetterKind.ACCOUNT,
        db_default=LetterKind.ACCOUNT,
    )
    thread = models.CharField(_("thread"), max_length=80, blank=True, default="", db_default="")
    page = models.CharField(_("page"), max_length=300, blank=True, default="", db_default="")
    state = models.CharField(_("state"), max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    is_parting = models.BooleanField(_("last letter to an erased account"), default=False, db_default=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        permissions = [("retry_letter", "Can send letters again that failed")]
        constraints = [
            models.UniqueConstraint(fields=["event", "address"], name="accounts_letter_event_address"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="accounts_letter_due", condition=models.Q(state="waiting")),
            models.Index(fields=["recipient"], name="accounts_letter_held", condition=models.Q(state="held")),
            models.Index(fields=["thread"], name="accounts_letter_thread", condition=~models.Q(thread="")),
        ]

    def __str__(self) -> str:
        return self.event

    def retry(self, *, by: User) -> None:
        """Send a letter that was given up once more, from the first try on. Raises Refused (letter_not_failed)."""
        from accounts import audit  # it imports the models
        from accounts.workflow import Refused

        with transaction.atomic():
            self.refresh_from_db(from_queryset=Letter.objects.select_for_update())
            if self.state != LetterState.FAILED:
                raise Refused(_("Only a letter that failed can be sent again."), code="letter_not_failed")
            self.state, self.tries, self.next_try_at = LetterState.WAITING, 0, timezone.now()
            self.save()
            audit.record("retry", self, by=by, from_state=LetterState.FAILED, to_state=LetterState.WAITING)
