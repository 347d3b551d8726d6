"""How a page sends the message of a side: checked, counted, its files kept, written once however often it arrives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.workflow import Refused
from inquiries import attachments
from inquiries.models import Enquiry, EnquiryMessage, Said, Side

if TYPE_CHECKING:
    from inquiries.forms.messages import AnswerForm, MessageForm

WRITTEN, WRONG = 302, 422


def answer(request: SignedInRequest, enquiry: Enquiry, form: AnswerForm) -> int:
    """The producer answers, or says that it cannot supply. The status of the page that follows."""

    def work(said: Said) -> EnquiryMessage:
        verb = enquiry.refuse if form.is_refusal else enquiry.answer
        return verb(said, by=request.user, seen=form.cleaned_data["seen"])

    return _send(request, enquiry, form, Side.PRODUCER, work)


def write(request: SignedInRequest, enquiry: Enquiry, form: MessageForm) -> int:
    """The importer writes. The status of the page that follows."""

    def work(said: Said) -> EnquiryMessage:
        return enquiry.write(said, side=Side.IMPORTER, by=request.user, seen=form.cleaned_data["seen"])

    return _send(request, enquiry, form, Side.IMPORTER, work)


def page_of_sent(name: str, enquiry: Enquiry) -> HttpResponse:
    """Back to the thread, at the top, where it says that it is sent; a browser would stay at the form."""
    return redirect(f"{reverse(name, args=[enquiry.pk])}#main")


def _send(
    request: SignedInRequest,
    enquiry: Enquiry,
    form: MessageForm,
    side: str,
    work: Callable[[Said], EnquiryMessage],
) -> int:
    """WRITTEN, or what is wrong stands in the form, with what was typed: WRONG, or the status of a refusal.

    Raises ratelimit.TooMany.
    """
    if not form.is_valid():
        return WRONG
    files = form.cleaned_data["attachments"]
    attachments.count_message(enquiry, side, files, by=request.user)

    def written() -> submissions.Answer:
        with attachments.taken_in(enquiry, side, files) as kept:
            return submissions.Answer(WRITTEN, {"pk": work(form.said(kept)).pk})

    key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
    try:
        submissions.once(request.user, f"enquiry_message:{enquiry.pk}", key, body, written)
    except attachments.FileRefused as refusal:
        form.add_error("attachments", refusal.sentence)
        return WRONG
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return refusal.status
    return WRITTEN
