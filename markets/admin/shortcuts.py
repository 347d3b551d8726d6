"""The keys of the review desk: one list for the dialog and for the page that stands in for it without a script."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from markets.admin.page import desk_page


class Key(NamedTuple):
    """A key and what it does; `name` is what static/js/review.js calls it."""

    name: str
    key: str
    label: Promise


class Section(NamedTuple):
    """The keys of one page."""

    title: Promise
    keys: tuple[Key, ...]


QUEUE: Final = Section(
    gettext_lazy("In the queue"),
    (
        Key("down", "j", gettext_lazy("next product of the list")),
        Key("up", "k", gettext_lazy("previous product of the list")),
        Key("claim", "c", gettext_lazy("claim it and open it")),
        Key("tick", "x", gettext_lazy("tick it, for claiming, releasing or assigning several")),
        Key("open", "o", gettext_lazy("open the one that has waited longest")),
        Key("search", "/", gettext_lazy("go to the search box")),
    ),
)
REVIEW: Final = Section(
    gettext_lazy("At a review"),
    (
        Key("down", "j", gettext_lazy("next field")),
        Key("up", "k", gettext_lazy("previous field")),
        Key("ask", "a", gettext_lazy("ask for a change of this field")),
        Key("fine", "f", gettext_lazy("this field is fine")),
        Key("claim", "c", gettext_lazy("claim it")),
        Key("send", "Ctrl+Enter", gettext_lazy("send the requests, also while you type")),
        Key("decide", "d", gettext_lazy("go to the decision")),
        Key("next", "n", gettext_lazy("next in the queue")),
        Key("previous", "p", gettext_lazy("previous in the queue")),
        Key("queue", "q", gettext_lazy("back to the queue")),
    ),
)
HELP: Final = Key("help", "?", gettext_lazy("show these keys"))


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def keyboard_shortcuts(request: SignedInRequest) -> HttpResponse:
    """The list as a page."""
    sections = [Section(section.title, (*section.keys, HELP)) for section in (QUEUE, REVIEW)]
    return desk_page(request, "keyboard_shortcuts", {"title": _("Keyboard shortcuts"), "sections": sections})
