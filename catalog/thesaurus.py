"""Changing the trade thesaurus so that searches know at once: new words, and two concepts that are one."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused
from catalog import upkeep
from catalog.lexemes import CONFIGURATIONS, readable
from catalog.models import Commodity, ExportFigure, MergedCommodity, NewTerm, Product, ProductRevision
from kit.languages import CONTENT_LANGUAGES

MOST_READ: Final = 32

_TEXT: Final = " || ".join(f"to_tsvector('{name}', {readable(name, '%(text)s')})" for name, _key in CONFIGURATIONS)
_TERM: Final = " || ".join(f"phraseto_tsquery('{name}', {readable(name, 'term')})" for name, _key in CONFIGURATIONS)
_HOLDS_WORD: Final = " OR ".join(
    f"to_tsvector('{name}', {readable(name, 'term')}) @@ plainto_tsquery('{name}', {readable(name, 'word')})"
    for name, _key in CONFIGURATIONS
)
_EXPAND: Final = f"""
SELECT DISTINCT 'commodity' || concept || coalesce((
    SELECT ' ' || string_agg(word, ' ' ORDER BY place) FROM unnest(%(words)s::text[]) WITH ORDINALITY one (word, place)
    WHERE NOT ({_HOLDS_WORD})), '')
FROM {NewTerm._meta.db_table} WHERE ({_TEXT}) @@ ({_TERM}) ORDER BY 1 LIMIT 8
"""  # noqa: S608


def expand(text: str) -> list[str]:
    """Other ways to ask the same, while documents lack words of the thesaurus that `text` uses.

    Each is a text for the search: the concept's token, which its documents hold, with the words that are left.
    Empty most of the time: the worker brings new words into the documents within seconds.
    """
    text = text.replace('"', " ")
    with connection.cursor() as cursor:
        cursor.execute(_EXPAND, {"text": text, "words": text.split()[:MOST_READ]})
        return [row[0] for row in cursor.fetchall()]


def terms_of(commodity: Commodity) -> list[str]:
    """Its names and synonyms in all languages, each once."""
    words = [*commodity.name.values(), *(word for words in commodity.synonyms.values() for word in words)]
    return list(dict.fromkeys(word for word in words if word))


def merge(gone: Commodity, *, into: Commodity, by: User) -> Commodity:
    """Make `gone` a part of `into`: its words become synonyms, its products belong there; answers the concept kept.

    Products keep their own HS code and category. The caller has checked that `by` may edit the thesaurus.
    Raises Refused (same_concept).
    """
    if gone.pk == into.pk:
        raise Refused(_("Choose another concept: this one cannot be merged into itself."), code="same_concept")
    with transaction.atomic():
        both = Commodity.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([gone.pk, into.pk])
        if len(both) < 2:
            raise Refused(_("One of the two concepts is not there any more."), code="concept_gone")
        gone, kept = both[gone.pk], both[into.pk]
        NewTerm.objects.bulk_create(
            NewTerm(concept=one.pk, term=term[:200])
            for one, other in ((gone, kept), (kept, gone))
            for term in terms_of(other)
        )
        kept.synonyms = {key: words for key in CONTENT_LANGUAGES if (words := _together(kept, gone, key))}
        kept.save(update_fields=["synonyms"])
        for model in (Product, ProductRevision, ExportFigure):
            model._default_manager.filter(commodity=gone).update(commodity=kept)
        MergedCommodity.objects.filter(into=gone).update(into=kept)
        MergedCommodity.objects.update_or_create(slug=gone.slug, defaults={"into": kept})
        audit.record("merge", kept, by=by, why=f"{gone.slug} ({gone.pk}) → {kept.slug}")
        gone.delete()
        upkeep.mark("commodity", kept.pk)
    return kept


def _together(kept: Commodity, gone: Commodity, key: str) -> list[str]:
    """The synonyms of one language: the kept ones, then the other's name and synonyms that are not there yet."""
    words = [*kept.synonyms.get(key, ()), gone.name.get(key, ""), *gone.synonyms.get(key, ())]
    known = {kept.name.get(key, "").casefold(): ""}
    for word in words:
        if word:
            known.setdefault(word.casefold(), word)
    return [word for word in known.values() if word]
