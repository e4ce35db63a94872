"""A number is found however a person may write it, and nothing else is taken for one.

No number here is anybody's: see ``test_privacy``.
"""

from __future__ import annotations

import pytest

from gongkai.source.privacy.numbers import personal_numbers, veiled
from tests.spellings import HARMLESS, NUMBERS, spellings


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_spelling_is_found_and_veiled(kind: str) -> None:
    missed = []
    texts = list(spellings(NUMBERS[kind]))
    assert len(texts) >= 200
    for text in texts:
        rules = {one.rule for one in personal_numbers(text)}
        if f"privacy/{kind}" not in rules:
            missed.append(text)
    assert missed == []
    assert [one for one in texts if set(map(str, personal_numbers(veiled(one))))] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert [one.rule for one in personal_numbers(text)] == []
