"""What the verbs of the workflows are called where staff read what happened."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

LABELS = {
    "start": gettext_lazy("started"),
    "begin": gettext_lazy("begun"),
    "submit": gettext_lazy("handed in"),
    "claim": gettext_lazy("claimed"),
    "release": gettext_lazy("released"),
    "approve": gettext_lazy("approved"),
    "request_changes": gettext_lazy("changes requested"),
    "reject": gettext_lazy("rejected"),
    "withdraw": gettext_lazy("withdrawn"),
    "publish": gettext_lazy("published"),
    "suspend": gettext_lazy("suspended"),
    "retire": gettext_lazy("retired"),
    "restore": gettext_lazy("restored"),
    "confirm": gettext_lazy("facts confirmed"),
    "add_target_market": gettext_lazy("market added"),
    "list": gettext_lazy("listed"),
    "decline": gettext_lazy("declined"),
    "propose": gettext_lazy("proposed"),
    "accept": gettext_lazy("accepted"),
    "refuse": gettext_lazy("refused"),
    "promote": gettext_lazy("promotion set"),
    "rank": gettext_lazy("rank set"),
    "verify": gettext_lazy("verified"),
}


def verb_label(verb: str) -> str:
    """The verb in the reader's words; the verb itself when it has none."""
    return str(LABELS.get(verb, verb))
