"""What is let in: bounded, without control characters, and without anybody's personal numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gongkai.domain.errors import GongkaiError
from gongkai.inbox.entry import Sent
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_id
from gongkai.source.yaml import find_control

LONGEST_TEXT, LONGEST_LINE = 4_000, 200
"""Characters of an opinion or a reply, and of a name or a contact."""


class TurnedAway(GongkaiError):
    """What was sent is not let in; ``status`` is what HTTP calls it. Repeats nothing of it."""

    def __init__(self, status: int, key: str, /, **values: object) -> None:
        super().__init__(f"inbox.{key}", **values)
        self.status = status


def let_in(fields: Mapping[str, str], phones: Collection[str]) -> Sent:
    """An opinion out of the fields of a form, yet without its photo.
    TurnedAway with a sentence for the sender."""
    name, contact = (_line(fields.get(key, "")) for key in ("name", "contact"))
    _refuse_numbers(name, phones)
    return Sent(
        text=let_in_text(fields.get("text", ""), phones),
        item=read_item(fields.get("item", "")),
        board=read_item(fields.get("board", "")),
        name=name,
        contact=contact,
    )


def let_in_text(typed: str, phones: Collection[str]) -> str:
    """An opinion's or a reply's text. TurnedAway when it is empty, too long, or holds a personal
    number that is not among the ``phones`` anybody may know."""
    text = "\n".join(line.rstrip() for line in typed.splitlines()).strip()
    if not text:
        raise TurnedAway(422, "no-text")
    if len(text) > LONGEST_TEXT:
        raise TurnedAway(422, "long-text", most=LONGEST_TEXT)
    if find_control(text):
        raise TurnedAway(422, "control")
    _refuse_numbers(text, phones)
    return text


def _refuse_numbers(text: str, phones: Collection[str]) -> None:
    if next(personal_numbers(text, phones), None):
        raise TurnedAway(422, "personal")


def _line(typed: str) -> str:
    line = " ".join(typed.split())
    if len(line) > LONGEST_LINE or find_control(line):
        raise TurnedAway(422, "long-line", most=LONGEST_LINE)
    return line


def read_item(typed: str) -> str:
    """The id of an item or a board; nothing where it is none, so that nothing else is kept."""
    try:
        return read_id(typed.strip())
    except Mistake:
        return ""
