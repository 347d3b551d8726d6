"""Invented texts with the statistics of real ones: each language has its own words, few of them frequent, most rare."""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final

WORDS: Final = 4_000
SENTENCES: Final = 400  # of each length
SYLLABLES: Final = {
    "id": "ba ran ku at an kan mi nya pe ter se lu ra ga ti dan yang me in da",
    "en": "the er in ing tion of ma de st al re con ate ly pro qua ty wi th so",
    "es": "de la que ción es os ra ta do mo per con ble ida al ro ma li en te",
    "pt": "de ção que os do ra ta mente em lha nho ri par com es ais a ro ti ve",
}


class Writer:
    """Writes words, sentences and paragraphs of one language, always the same for the same `draw`."""

    def __init__(self, language: str, draw: Random) -> None:
        self.draw = draw
        parts = SYLLABLES[language].split()
        self.words = ["".join(draw.choices(parts, k=draw.randint(1, 4))) for _place in range(WORDS)]
        self.sentences: dict[int, list[str]] = {}
        self.cumulated = list(accumulate(1 / (place + 1) for place in range(WORDS)))

    def sentence(self, words: int) -> str:
        """So many words, the frequent ones more often (Zipf); one of some hundred that come again and again."""
        if words not in self.sentences:
            self.sentences[words] = [self._new_sentence(words) for _number in range(SENTENCES)]
        return self.draw.choice(self.sentences[words])

    def paragraph(self, sentences: int) -> str:
        """Sentences of 6 to 18 words."""
        return " ".join(self.sentence(self.draw.randint(6, 18)) for _number in range(sentences))

    def _new_sentence(self, words: int) -> str:
        text = " ".join(self.draw.choices(self.words, cum_weights=self.cumulated, k=words))
        return f"{text.capitalize()}."
