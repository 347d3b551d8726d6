"""A form or an API write that arrives twice has one effect and one answer.

A form carries a hidden key (`KeyedForm`), an API call the header Idempotency-Key:

    answer = submissions.once(user, "certificate_create", key, submissions.body_of(request), work)

`work` makes the thing and says what is answered. The second of two at once waits for the first.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import SubmissionKey, User
from accounts.workflow import Refused

NOT_CONTENT = ("csrfmiddlewaretoken", "submission_key")


class Answer(NamedTuple):
    """What was answered: a status and JSON (for a page: {"pk": …}, what the redirect needs)."""

    status: int
    data: dict[str, Any]


class OtherContent(Refused):
    """The key was used before, with other content: 422."""

    code = "submission_key_reused"
    status = 422


class KeyedForm(forms.Form):
    """A creating form: its hidden key makes that a second click does nothing."""

    submission_key = forms.CharField(
        max_length=64, required=False, initial=lambda: str(uuid.uuid4()), widget=forms.HiddenInput
    )


def once(user: User, action: str, key: str, body: bytes, work: Callable[[], Answer]) -> Answer:
    """Do `work` in a transaction unless `user` sent this `key` for this `action` (URL name) before.

    A repetition gets the first answer. Raises OtherContent when the body differs; what `work` raises undoes
    everything, the key too. An empty key means: just do it.
    """
    if not key:
        with transaction.atomic():
            return work()
    body_hash = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        try:
            with transaction.atomic():  # waits here while another transaction holds the same key
                row = SubmissionKey.objects.create(user=user, action=action, key=key[:64], body_hash=body_hash)
        except IntegrityError:
            return _first_answer(SubmissionKey.objects.get(user=user, action=action, key=key[:64]), body_hash)
        answer = work()
        row.answer_status, row.answer = answer
        row.save(update_fields=["answer_status", "answer"])
    return answer


def body_of(request: HttpRequest) -> bytes:
    """What a form said: its fields but for the keys, and the content of its files."""
    parts = [f"{name}={request.POST.getlist(name)!r}" for name in sorted(request.POST) if name not in NOT_CONTENT]
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            parts.append(f"{name}:{hashlib.file_digest(file, 'sha256').hexdigest()}")
            file.seek(0)
    return "\n".join(parts).encode()


def _first_answer(row: SubmissionKey, body_hash: str) -> Answer:
    if row.body_hash != body_hash:
        raise OtherContent(_("This form was sent before with other content. Open it again to send another one."))
    return Answer(row.answer_status or 200, row.answer)
