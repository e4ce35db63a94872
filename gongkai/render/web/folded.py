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
_FIGURES = re.compile(r"(?=([0-9][0-9.]{0,3}))")
_FIGURE = frozenset("0123456789.")
END = " "
"""Stands behind the last character of a word."""

Pairs = Mapping[str, Mapping[str, Sequence[int]]]
"""By first character and what follows it: which texts have the pair. Of the numbers only the
differences are kept. A text's number is twice its place, and one more where its title has the pair.
After a figure it is up to three more figures that follow: every list of wages has every pair of
figures, but few have four in a row."""


def folded(text: str) -> str:
    """Words with a blank between them: without signs, in small letters, each character in its
    usual form, figures without separators."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).lower()
    text = _STOP.sub(" ", _SEPARATOR.sub("", text))
    return " ".join(_BETWEEN.sub(" ", text).split())


def shard_of(first: str, then: str, count: int) -> int:
    """In which of so many files a pair lies: all of one first character in the same, but those of
    figures, of which there are many, in as many as there are."""
    return (ord(first) + (_number(then) if first in _FIGURE else 0)) % count


def _number(figures: str) -> int:
    """What stands after a figure, as a number to spread by."""
    number = 0
    for figure in figures:
        number = number * 31 + ord(figure)
    return number


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
        shards[shard_of(first, second, count)].setdefault(first, {})[second] = differences
    return list(shards)


def _pairs_of(text: str) -> set[tuple[str, str]]:
    """Neighbours within words, the last character of each with its end, and figures in a row."""
    whole = folded(text) + END
    found = {pair for pair in set(pairwise(whole)) if pair[0] != END}
    for row in set(_FIGURES.findall(whole)):
        found.update((row[0], row[1:end]) for end in range(1, len(row) + 1))
    return found
