"""An opinion as the inbox keeps it."""

from __future__ import annotations

from datetime import date

from gongkai.domain.model import Value
from gongkai.domain.terms import Handling, Rating
from gongkai.inbox.states import DeskStage, is_open


class Sent(Value, frozen=True):
    """What somebody sends, after it was let in: no personal number in ``text``, a photo of pixels
    alone. ``title`` is what the published site calls the ``item`` that it is about; ``name`` and
    ``contact`` are empty unless the sender gave them."""

    text: str
    item: str = ""
    title: str = ""
    board: str = ""
    name: str = ""
    contact: str = ""
    photo: bytes = b""


class InboxEntry(Value, frozen=True):
    """An opinion in the inbox. Of its coming no more than the day is known.

    ``cleared`` says that it may go into the ledger as it stands; ``follows`` is the number of the
    first round where this is the second.
    """

    number: str
    received: date
    due: date
    stage: DeskStage
    text: str
    item: str
    title: str
    board: str
    dept: str = ""
    reply: str = ""
    result: Handling | None = None
    replied: date | None = None
    promised: date | None = None
    rating: Rating | None = None
    follows: str = ""
    cleared: bool = False
    has_photo: bool = False

    def days_left(self, today: date) -> int | None:
        """Days until its reply is due, negative when that day has passed; None when answered."""
        return (self.due - today).days if is_open(self.stage) else None


class Sender(Value, frozen=True):
    """Who sent an opinion, where the sender said so."""

    name: str
    contact: str


class DeskAnswer(Value, frozen=True):
    """A reply as it is written at the desk; ``promised`` is the day of what is under way."""

    reply: str
    result: Handling
    promised: date | None = None
