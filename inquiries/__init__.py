"""Importers and what they ask for."""
