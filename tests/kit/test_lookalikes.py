from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.lookalikes import LONGEST, look_alike, skeleton

SARI = skeleton("Batik Sari")


@pytest.mark.parametrize(
    "name",
    [
        "BATIK SARI",
        "BatikSari",
        "Batik-Sari",
        "Batik  Sari.",
        "Bátik Sàri",
        "Battik Sarri",
        "Bаtik Sаri",  # Cyrillic а
        "ВАТІК SARI",  # Cyrillic В, А, Т, І, К
        "Βατικ Sari",  # Greek
        "Ｂａｔｉｋ Ｓａｒｉ",  # fullwidth
        "𝐁𝐚𝐭𝐢𝐤 𝓢𝓪𝓻𝓲",  # mathematical
        "Bat1k Sar1",
        "B4tik 5ari",
        "Batlk Sarl",
        "B@tik $ari",
        "CV Batik Sari",
        "CV. Batik Sari",
        "C.V. Batik Sari",
        "PT Batik Sari Tbk",
        "P.T. Batik Sari (Persero)",
        "UD.Batik Sari",
        "Batik Sari, UD",
        "СV Batik Sari",  # Cyrillic С
        "Koperasi Batik Sari",
        "Bɑtik Sɑri",
    ],
)
def test_S20_what_the_eye_passes_over_is_not_in_the_skeleton(name) -> None:
    assert skeleton(name) == SARI


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Toko 21", "Toko 22"),
        ("Toko 8", "Toko 88"),
        ("Toko 8", "Toko B"),
        ("Batik Sari", "Batik Asri"),
        ("Batik Sari", "Sari Batik"),
        ("PT", "CV"),
        ("Mulia", "Mula"),
        ("日本", "日木"),
    ],
)
def test_S20_what_the_eye_sees_is_in_the_skeleton(name, other) -> None:
    assert skeleton(name) != skeleton(other)


@given(st.text(max_size=200))
def test_S20_a_skeleton_is_letters_and_digits_and_fits_its_column(name) -> None:
    made = skeleton(name)
    assert len(made) <= LONGEST and (made == "" or made.isalnum()), made


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Barokah", "Berokah"),
        ("Barokah", "Barokahs"),
        ("Batik Sari", "Batk Sari"),
        ("Batik Sari", "Batiks Sari"),
        ("Batik Sari", "Baitk Sari"),
        ("Batik Sari", "Batiksary"),
        ("Kerajinan Sentosa Jaya", "Kerajinan Santosa Jaya"),
        ("Kerajinan Sentosa", "Kerajiman Santosa"),
        ("Sandal Karna", "Sandal Kama"),
    ],
)
def test_S20_a_letter_inside_a_long_word_is_overlooked(name, other) -> None:
    assert look_alike(name, other) and look_alike(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Batik Sari", "Batik Asri"),
        ("Batik Sari", "Batik Tari"),
        ("Sandal Kali", "Sandal Kal"),
        ("Batik Sari", "Sari Batik"),
        ("Batik Sari", "Batik Sari Mojokerto"),
        ("Batik Mulia", "Batik Aulia"),
        ("Sandal Mojokerto Indah", "Sandal Mojokerto Jaya"),
        ("Kerajinan Sentosa Abadi", "Kerajiman Santosa Abudi"),
        ("Toko 21", "Toko 22"),
        ("—", "…"),
    ],
)
def test_S20_another_word_is_not(name, other) -> None:
    assert not look_alike(name, other) and not look_alike(other, name)
