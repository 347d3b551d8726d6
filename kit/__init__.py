"""Subjects that several apps need: money, units, languages, keyset pages, uploads. No models; imports no app."""
