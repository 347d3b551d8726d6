"""How a state changes: one transition table per model, one verb per arrow, one transaction per verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User


class Refused(Exception):
    """A verb said no. `code` is stable and for programs; the message is for the reader.

    Pages answer it with `status` (middleware), the API with it and {"code", "detail"}.
    """

    code = "refused"
    status = 409

    def __init__(self, message: str | Promise, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code


class TransitionNotAllowed(Refused):
    """The verb is not possible in the object's present state."""

    code = "transition_not_allowed"


def in_words(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """Says a code of `choices` in the reader's words, any other text as it is."""
    labels: dict[str, str | Promise] = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


class WorkflowModel(models.Model):
    """A model whose `state` changes only through verbs.

    TRANSITIONS maps each verb to the states that it starts from and the one that it leads to, CODED_WHYS the verbs
    whose reason is kept as a code to what says it in the reader's words.
    """

    TRANSITIONS: ClassVar[dict[str, tuple[set[str], str]]] = {}
    CODED_WHYS: ClassVar[Mapping[str, Callable[[str], str]]] = {}
    state: models.CharField[str, str]

    class Meta:
        abstract = True

    def may(self, verb: str) -> bool:
        """Is `verb` possible in the present state? (Permission and scope are asked elsewhere.)"""
        return self.state in self.TRANSITIONS[verb][0]

    @contextmanager
    def moving(self, verb: str, *, by: User | None, why: str = "") -> Iterator[None]:
        """Lock and reload the row, check the table, run the block, save the new state, write the audit entry.

        Unsaved edits of the object are lost at the start. Raises TransitionNotAllowed; whatever the block
        raises undoes everything.
        """
        starts, target = self.TRANSITIONS[verb]
        with transaction.atomic():
            self.lock()
            before = str(self.state)
            if before not in starts:
                raise self.not_possible()
            yield
            self.state = target
            self.save()
            audit.record(verb, self, by=by, from_state=before, to_state=target, why=why)

    def not_possible(self) -> TransitionNotAllowed:
        """The refusal of what the present state does not allow."""
        return TransitionNotAllowed(
            _("This is not possible any more: it is now “%(state)s”.") % {"state": self.get_state_display()}  # type: ignore[attr-defined]
        )

    def lock(self) -> None:
        """Lock this row until the transaction ends and reload its fields."""
        manager = type(self)._base_manager
        self.refresh_from_db(from_queryset=manager.select_for_update(of=("self",)))
