"""What an item once said, and what a change of it touched. Texts are compared by what they mean:
keys in either language, quotes, blanks and the widths of tables make no difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from gongkai.domain.labels import name_of
from gongkai.domain.model import Enclosure, Review, Vote
from gongkai.domain.revisions import Touch
from gongkai.source.files import decoded
from gongkai.source.item_shape import item_shape
from gongkai.source.items import split
from gongkai.source.shapes import BAD, Reading
from gongkai.source.yaml import compose

_TOLD = tuple("title category kind number notice legal_basis tables attachments summary".split())
"""Keys whose change a reader of the older text must learn of."""
_GROWING = ("congress", "approval", "correction", "outcome", "steps")
"""Records that are added to; what stood in them must stay."""
_GOES_ON = ("status", "version")
"""What a record says of how far it has come, or of which text was signed, which has a rule of its
own."""
_DAYS = ("publish", "expires", "period", "due", "refresh")
_BLANKS = re.compile(r"\s+")
_RULE = re.compile(r"[|:\-\s]+")
_MARKS = re.compile(r"[\W_]+")


class Wording(NamedTuple):
    """An item's file as it once was: values by their English keys, and the lines of its body."""

    values: Mapping[str, Any]
    body: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        """Was it not to be shown yet?"""
        return bool(self.values.get("draft"))

    def is_up(self, at: datetime) -> bool:
        """Was it published at an instant, by its own days?"""
        publish = self.values.get("publish")
        return not self.is_draft and publish is not None and publish <= at

    @property
    def is_readable(self) -> bool:
        """Could anything of it be read? A file in the middle of a conflict says nothing."""
        return "publish" in self.values or "title" in self.values

    @property
    def told(self) -> str:
        """What readers were told, without blanks and marks."""
        texts = [text for key in (*_TOLD, *_GROWING) for text in _texts(self.values.get(key))]
        return plain("\0".join([*texts, *self.body]))


def wording_of(data: bytes, zone: ZoneInfo, categories: Mapping[str, str]) -> Wording:
    """Read the bytes of an item's file; ``categories`` are ids by names. What cannot be read is as
    if it were not there."""
    text, _ = decoded(data)
    front, body, _, problems = split(text)
    if problems:
        front, body = text, ""
    values = dict(_values(front, zone))
    lines = _lines(str(values.pop("body", body)))
    category = values.get("category")
    values["category"] = categories.get(str(category))  # None for a name that it once had
    if isinstance(vote := values.get("congress"), Vote):
        values["congress"] = (vote,)
    if "attachments" in values:
        values["attachments"] = _published(values["attachments"])
    return Wording(values, lines)


def _published(enclosed: Iterable[Enclosure]) -> tuple[str, ...]:
    """The names of attachments, and what they are called; those for the archive alone readers never
    see."""
    parts = [(enclosure.file, enclosure.title) for enclosure in enclosed if not enclosure.archive]
    return tuple(text for pair in parts for text in pair if text)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text without what figures are set off with and words are marked by."""
    return _MARKS.sub("", text)


def _texts(value: Any) -> Iterator[str]:
    """What is written in a value, days as ``2026-11-09``."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, Enum):
        yield from (str(value.value), name_of(value, "zh"))
    elif value is not None:
        yield str(value)


@lru_cache(maxsize=20_000)  # most changes leave the front as it was
def _values(front: str, zone: ZoneInfo) -> Mapping[str, Any]:
    node, _ = compose(front)
    if node is None:
        return {}
    values = item_shape(zone).read(node, "", Reading())
    return {} if values is BAD else values


def _lines(body: str) -> tuple[str, ...]:
    """The lines of a body as readers see them: blanks, empty lines and rules of tables aside."""
    told = []
    for line in body.split("\n"):
        plain = _BLANKS.sub(" ", line).strip()
        if plain and not _RULE.fullmatch(plain):
            told.append("|".join(cell.strip() for cell in plain.split("|")))
    return tuple(told)


def touch_of(old: Wording, new: Wording) -> Touch | None:
    """What lies between two wordings; None for nothing at all."""
    if old == new:
        return None
    before, after = old.values, new.values
    is_told = old.body != new.body or any(
        before.get(key) != after.get(key) and not _is_default(key, before, after) for key in _TOLD
    )
    if is_told or not all(_keeps(before.get(key), after.get(key)) for key in _GROWING):
        return Touch.TEXT
    if is_bumped(old, new):
        return Touch.CHECKS
    is_moved = any(before.get(key) != after.get(key) for key in _DAYS)
    return Touch.DATES if is_moved and not added_checks(old, new) else Touch.OTHER


def _is_default(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Was nothing said that had not gone without saying? A category may have had another name, and
    what sort of act it is follows from it."""
    return key in ("category", "kind") and None in (before.get(key), after.get(key))


def added_checks(old: Wording, new: Wording) -> list[Review]:
    """The confirmations that came in addition to those there were."""
    before, after = _reviews(old), _reviews(new)
    return [] if len(after) <= len(before) else [review for review in after if review not in before]


def is_bumped(old: Wording, new: Wording) -> bool:
    """Was a confirmation given another day, instead of a new one being added?"""
    kept = {(review.by, review.checked) for review in _reviews(new)}
    moved = [review for review in _reviews(old) if review not in _reviews(new)]
    return any((review.by, review.checked) in kept for review in moved) and not added_checks(
        old, new
    )


def _reviews(wording: Wording) -> list[Review]:
    return list(wording.values.get("reviewed") or ())


def _keeps(old: Any, new: Any) -> bool:
    """Is everything that a record said still said, though there may be more of it?"""
    if old is None:
        return True
    if isinstance(old, (list, tuple)):
        return all(any(_keeps(one, other) for other in new or ()) for one in old)
    if isinstance(old, msgspec.Struct):
        fields = [name for name in old.__struct_fields__ if name not in _GOES_ON]
        return type(old) is type(new) and all(
            getattr(old, name) in (None, getattr(new, name)) for name in fields
        )
    return bool(old == new)
