"""What waits about enquiries on the first page of the desk."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from inquiries.admin.enquiries import VIEWS
from inquiries.models import EnquiryState, Turn
from inquiries.models.enquiry_state import OPEN_STATES
from inquiries.scope import POWER, enquiries_seen_by


def enquiries_waiting(user: User) -> list[tuple[int, str, str]]:
    """Numbers with what they count and the list behind each; none without the power. One query."""
    if not user.has_perm(POWER):
        return []
    producers_turn = Q(state__in=OPEN_STATES, turn=Turn.PRODUCER)
    counted = enquiries_seen_by(user).aggregate(
        overdue=Count("pk", filter=producers_turn & Q(due_at__lt=timezone.now())),
        waiting=Count("pk", filter=producers_turn),
        held=Count("pk", filter=Q(state=EnquiryState.HELD)),
        reported=Count("pk", filter=Q(reports__state="open"), distinct=True),
    )
    labels = {
        "overdue": _("overdue: no answer in time"),
        "waiting": _("wait for the producer"),
        "held": _("held: look at them first"),
        "reported": _("reported"),
    }
    page = reverse("admin:enquiries")
    return [(counted[view], labels[view], f"{page}?view={view}") for view in VIEWS if view in labels]
