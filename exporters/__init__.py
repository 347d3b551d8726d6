"""Producers: who they are, who belongs to them, what certificates they hold."""
