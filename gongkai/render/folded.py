"""The form in which texts and what is typed are compared, and which text holds which characters.

``theme/assets/search.js`` folds what is typed in the same way; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import sub

_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
"""Characters that are not seen, and marks on others."""
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_BETWEEN = re.compile(r"[^\w.]+|_")
END = " "
"""Stands behind the last character of a word."""

Pairs = Mapping[str, Mapping[str, Sequence[int]]]
"""By first and second character: which texts have the pair. Of the numbers only the differences
are kept. A text's number is twice its place, and one more where its title has the pair."""


def folded(text: str) -> str:
    """Words with a blank between them: without signs, in small letters, each character in its
    usual form, figures without separators."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).lower()
    text = _STOP.sub(" ", _SEPARATOR.sub("", text))
    return " ".join(_BETWEEN.sub(" ", text).split())


def shard_of(character: str, count: int) -> int:
    """In which of so many files the pairs lie that a character begins."""
    return ord(character) % count


def pairs(texts: Iterable[tuple[str, str]], count: int) -> list[Pairs]:
    """The pairs of titles and texts, in so many files."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (title, text) in enumerate(texts):
        titles = _pairs_of(title)
        for pair in titles:
            found[pair].append(2 * place + 1)
        for pair in _pairs_of(text) - titles:
            found[pair].append(2 * place)
    shards: list[dict[str, dict[str, Sequence[int]]]] = [{} for _ in range(count)]
    for first, second in sorted(found):
        numbers = found[first, second]
        differences = [numbers[0], *map(sub, numbers[1:], numbers)]
        shards[shard_of(first, count)].setdefault(first, {})[second] = differences
    return list(shards)


def _pairs_of(text: str) -> set[tuple[str, str]]:
    """Neighbours within words, and the last character of each with its end."""
    whole = folded(text) + END
    return {one for one in set(pairwise(whole)) if one[0] != END}
