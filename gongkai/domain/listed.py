"""Listed values: the words a key may say."""

from __future__ import annotations

from enum import Enum


class Listed(Enum):
    """One of a list. There is one object of each, so it stands for itself: Enum works out a hash
    in Python every time, and these are looked up a hundred times for an item."""

    __hash__ = object.__hash__
