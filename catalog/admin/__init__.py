"""The catalogue on the staff's desk: the reference tables, the thesaurus, and why a search answers as it does.

Products and revisions are in markets/admin, which knows who may see them.
"""

from catalog.admin import review_help, tables, thesaurus

__all__ = ["review_help", "tables", "thesaurus"]
