"""The staff's screens about promotion, a file per subject."""
