"""What the verbs of the workflows are called where staff read what happened: the words of the audit trail."""

from accounts.verbs import LABELS, verb_label

__all__ = ["LABELS", "verb_label"]
