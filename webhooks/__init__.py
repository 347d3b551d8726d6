"""Tells other programs what happened: signed requests to addresses that staff have set."""
