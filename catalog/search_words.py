"""Words as buyers use them: those that say nothing of a product, and those that mean the same in four languages.

What a kind of product is called is the thesaurus's to say. Here are the words around it: colours, materials, people,
places. `reference/shared_words.csv` has a line for each meaning; staff can add to it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from kit.languages import CONTENT_LANGUAGES
from kit.text import fold

SHARED: Final = Path(__file__).with_name("reference") / "shared_words.csv"
MOST_ALIKE: Final = 24

# PostgreSQL knows no Indonesian stop words, and nothing here is not from Indonesia or not for sale.
SILENT: Final = frozenset(
    """
    dan atau untuk dengan dari yang pada dalam oleh bagi para buat ke di
    indonesia indonesian indonesians indonesio indonesia indonesios indonesias
    export exports exporter exporters import importer exportacion importacion exportacao importacao ekspor impor
    exportar importar eksportir exportador exportadores exportadora
    wholesale wholesaler bulk mayorista mayoreo atacado atacadista grosir grosiran partai
    supplier suppliers vendor proveedor proveedores fornecedor fornecedores pemasok
    manufacturer manufacturers maker factory fabricante fabricantes fabrica produsen pabrik pengrajin
    buy comprar compra beli jual sell vendo sale venta venda
    price prices precio precios preco precos harga cheap cheapest barato barata baratos baratas murah
    best mejor mejores melhor melhores terbaik quality calidad qualidade kualitas
    product products producto productos produto produtos produk barang yard metre meter metro metros
    authentic genuine looking need quiero necesito busco procuro preciso cari mau please
    """.split()
)

# All is from there: alone, these words ask for everything.
ORIGIN: Final = frozenset("indonesia indonesian indonesio indonesios indonesias".split())
# Known from ways of speech that are put plainly.
_SPOKEN: Final = frozenset("own brand label marca propia propria branca blanca merek sendiri maklon".split())
# Several words for one thing that documents hold as one.
_PHRASES: Final = (
    (
        r"private[\s-]+label|white[\s-]+label|own\s+brand|marca\s+(?:propia|pr[oó]pria|blanca|branca)|merek\s+sendiri",
        "oem",
    ),
    (r"maklon", "oem"),
    (r"\b([a-z]+)[´`’ʼ]s\b", r"\1's"),
)
_WORD = re.compile(r"[^\W_]+")


def put_plainly(text: str) -> str:
    """The text with its ways of speech brought to the words that documents use; signs between words become space."""
    for phrase, word in _PHRASES:
        text = re.sub(phrase, word, text, flags=re.IGNORECASE)
    return re.sub(r"[/&|+;,!?()\[\]{}<>*:=~\\]", " ", text)


def bare(word: str) -> str:
    """A word without case, accents and plural, to compare with other bare words only; never cut to a stem.

    Stems tell too little apart: in Spanish “platos” and “plata” have the same one.
    """
    word = re.sub(r"(?<=\w)(ões|ães|ãos)$", "ão", word.lower())
    word = re.sub(r"coes$", "cao", fold(word))
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = re.sub(r"([ae])i$", r"\1l", word[:-1])
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return re.sub(r"m$", "n", re.sub(r"y$", "i", word))


def bare_words(text: str) -> frozenset[str]:
    """The words of a text that say something, bare."""
    words = (fold(word) for word in _WORD.findall(text.lower()))
    said = [word for word in words if len(word) > 1 and word not in SILENT and word not in _SMALL]
    return frozenset(bare(word) for word in said)


def alike(word: str) -> list[str]:
    """What means the same as this word in any of the four languages; texts of several words are phrases."""
    return _shared().get(bare(word), [])[:MOST_ALIKE]


def shared_words() -> list[str]:
    """The single words of the file, as they are written there."""
    words = {word for others in _shared().values() for word in others if len(_WORD.findall(word)) == 1}
    return sorted(words | SILENT | _SPOKEN)


@cache
def _shared() -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    with SHARED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            words = [word.strip() for key in CONTENT_LANGUAGES for word in (row[key] or "").split(";") if word.strip()]
            for word in words:
                if len(_WORD.findall(word)) == 1:
                    found[bare(word)].update(dict.fromkeys(words))
    return {word: list(others) for word, others in found.items()}


_SMALL: Final = frozenset(
    "de del la el los las con sin para por em com sem da do das dos a o e y of the for and with".split()
)
