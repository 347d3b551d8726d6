"""Words whose stem is also that of another thing, and which are kept whole: silver (plata) and plates (platos).

Each gets a letter that no rule of its language takes away, in documents and queries alike. After a change here, all
rows are rebuilt (`manage.py reindex --all`). In the singular; what is not listed is cut as PostgreSQL's stemmers do.
"""

from __future__ import annotations

from typing import Final

_SPANISH_AND_PORTUGUESE: Final = """
plata plato prata prato teca tecido teja tejido vela velo pulpa pulpo pala palo papa mesa casa casia cassia vestido mola
bala balado cama chal chala chale barra barro mango playera polera polo remera chino copa copo bata batea leite leito
porta caña cana pan pano arena cocoa ramen pareo sola solera carvão pasta perla lata cera tabla mano mani maní
"""
_INDONESIAN: Final = """
kemeja keranjang ketela kerbau perhiasan peralatan permata melamin
"""
_WHOLE: Final = {
    "cat_es": _SPANISH_AND_PORTUGUESE, "spanish": _SPANISH_AND_PORTUGUESE, "cat_pt": _SPANISH_AND_PORTUGUESE,
}  # fmt: skip


def kept_whole(configuration: str, text: str) -> str:
    """SQL: a text in which the rules of this configuration cut nothing from those words but their plural."""
    if configuration == "cat_id":
        return f"regexp_replace({text}, '\\m({'|'.join(_INDONESIAN.split())})\\M', 'q\\1', 'gi')"
    if words := _WHOLE.get(configuration):
        return f"regexp_replace({text}, '\\m({'|'.join(words.split())})s?\\M', '\\1q', 'gi')"
    return text
