"""The database of the inbox: one file of SQLite, on the disk before anything is acknowledged.

What is kept of an opinion is what its sender typed, and the day. No address of a machine, no time
of day, no cookie. What is deleted is overwritten.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongkai.domain.errors import UsageError
from gongkai.domain.terms import Handling, Rating
from gongkai.inbox.entry import DeskAnswer, InboxEntry, Sender, Sent
from gongkai.inbox.states import FROM, TO, DeskStage, DeskStep
from gongkai.inbox.word import Word, is_word

NAME = "inbox.sqlite3"
_PATIENCE = 10.0
"""Seconds for which another process may hold the database."""
_LARGEST = 8_000_000_000
"""Bytes of the database; then it is full, before the disk is."""
_PAGE = 4096
Outcome = tuple[object, Exception | None]
"""What came of some work: a result, or what went wrong."""
_COLUMNS = (
    "number received due stage text item title board dept reply result replied promised rating "
    "follows cleared"
).split()
_ENTRY = f"SELECT {', '.join(_COLUMNS)}, number IN (SELECT number FROM photos) AS has_photo FROM opinions"  # noqa: S608, E501 - names of ours


class Store:
    """An open database. It belongs to one thread; every change is a transaction of its own."""

    def __init__(self, folder: Path) -> None:
        """Opens it, and makes it if there is none: for nobody's eyes but its owner's."""
        _make_private(folder)
        self.path = folder / NAME
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            self.database = sqlite3.connect(
                self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._set_up()
        except sqlite3.DatabaseError as error:
            raise UsageError("error.inbox-database", path=str(self.path)) from error

    def _set_up(self) -> None:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            f"max_page_count = {_LARGEST // _PAGE}",
        ):
            self.database.execute(f"PRAGMA {pragma}")
        self.database.row_factory = sqlite3.Row
        self.database.executescript((files("gongkai") / "inbox/schema.sql").read_text("utf-8"))

    def close(self) -> None:
        """Lets go of the file."""
        self.database.close()

    def is_well(self) -> bool:
        """Can it be read?"""
        return self.database.execute("SELECT count(*) FROM opinions").fetchone() is not None

    # -- what senders do --------------------------------------------------------------------------

    def add(self, sent: Sent, word: Word, today: date, days: int) -> str:
        """Keep an opinion, to be answered within days; its number."""
        with self.change():
            number = self._next_number(today)
            self._insert(number, today, today + timedelta(days), DeskStage.RECEIVED, sent, word)
            if sent.photo:
                self.database.execute("INSERT INTO photos VALUES (?, ?)", (number, sent.photo))
            if sent.name or sent.contact:
                self.database.execute(
                    "INSERT INTO contacts VALUES (?, ?, ?, ?)",
                    (number, today.isoformat(), sent.name, sent.contact),
                )
        return number

    def _next_number(self, today: date) -> str:
        start = f"W{today:%y}-"
        found = self.database.execute(
            "SELECT max(CAST(substr(number, 5) AS INTEGER)) FROM opinions"
            " WHERE substr(number, 1, 4) = ? AND follows = ''",
            (start,),
        ).fetchone()
        return f"{start}{(found[0] or 0) + 1:04}"

    def _insert(
        self, number: str, received: date, due: date, stage: DeskStage, sent: Sent, word: Word
    ) -> None:
        self.database.execute(
            "INSERT INTO opinions (number, received, due, stage, text, item, title, board,"
            " salt, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, received.isoformat(), due.isoformat(), stage.value,
                sent.text, sent.item, sent.title, sent.board, word.salt, word.digest,
            ),
        )  # fmt: skip

    def opened(self, number: str, typed: str) -> InboxEntry | None:
        """An opinion for whoever has its word."""
        row = self.database.execute(
            "SELECT salt, digest FROM opinions WHERE number = ?", (number,)
        ).fetchone()
        return self.entry(number) if is_word(typed, Word(*row) if row else None) else None

    def rate(self, number: str, rating: Rating, today: date, days: int) -> None:
        """Rate a reply, once. A dissatisfied asker's opinion is dealt with once more, as an entry
        of its own with a new clock; a second round is not reopened."""
        with self.change():
            changed = self.database.execute(
                "UPDATE opinions SET rating = ?, stage = ? WHERE number = ? AND stage = ?",
                (rating.value, DeskStage.RATED.value, number, DeskStage.ANSWERED.value),
            ).rowcount
            entry = self.entry(number)
            if changed and entry and rating is Rating.DISSATISFIED and not entry.follows:
                self._reopen(entry, today, days)

    def _reopen(self, entry: InboxEntry, today: date, days: int) -> None:
        row = self.database.execute(
            "SELECT salt, digest FROM opinions WHERE number = ?", (entry.number,)
        ).fetchone()
        second = f"{entry.number}-2"
        sent = Sent(entry.text, entry.item, entry.title, entry.board)
        due = today + timedelta(days)
        self._insert(second, today, due, DeskStage.REOPENED, sent, Word(*row))
        self.database.execute(
            "UPDATE opinions SET follows = ?, dept = ?, cleared = ? WHERE number = ?",
            (entry.number, entry.dept, entry.cleared, second),
        )

    # -- what the desk does -----------------------------------------------------------------------

    def take_step(self, number: str, step: DeskStep, by: str, today: date, dept: str = "") -> bool:
        """Take a step with an opinion; False when it stands elsewhere by now."""
        values: dict[str, object] = {"cleared": 1} if step is DeskStep.CLEAR else {}
        if step is DeskStep.HAND_ON:
            values |= {"dept": dept}
        return self._step(number, step, by, today, values)

    def answer(self, number: str, answer: DeskAnswer, by: str, today: date) -> bool:
        """Answer an opinion; nobody has let that into the ledger yet. False as above."""
        values: dict[str, object] = {
            "reply": answer.reply,
            "result": answer.result.value,
            "replied": today.isoformat(),
            "promised": answer.promised.isoformat() if answer.promised else None,
            "cleared": 0,
        }
        return self._step(number, DeskStep.ANSWER, by, today, values)

    def _step(
        self, number: str, step: DeskStep, by: str, today: date, values: dict[str, object]
    ) -> bool:
        if step in TO:
            values = {**values, "stage": TO[step].value}
        stages = [desk_stage.value for desk_stage in FROM[step]]
        sets = ", ".join(f"{name} = ?" for name in values)
        marks = ", ".join("?" * len(stages))
        with self.change():
            changed = self.database.execute(
                f"UPDATE opinions SET {sets} WHERE number = ? AND stage IN ({marks})",  # noqa: S608 - names of ours
                (*values.values(), number, *stages),
            ).rowcount
            if changed:
                self.database.execute(
                    "INSERT INTO steps VALUES (?, ?, ?, ?)",
                    (number, today.isoformat(), step.value, by),
                )
        return bool(changed)

    def entry(self, number: str) -> InboxEntry | None:
        """An opinion by its number."""
        row = self.database.execute(f"{_ENTRY} WHERE number = ?", (number,)).fetchone()
        return _entry(row) if row else None

    def second_round(self, number: str) -> InboxEntry | None:
        """The opinion dealt with once more, if it is."""
        return self.entry(f"{number}-2")

    def entries(self) -> list[InboxEntry]:
        """Every opinion: what waits first, by the day it is due."""
        rows = self.database.execute(f"{_ENTRY} ORDER BY due, number")
        return [_entry(row) for row in rows]

    def taken(self, number: str) -> list[tuple[date, DeskStep, str]]:
        """What was done with an opinion at the desk: the day, the step, and by whom."""
        rows = self.database.execute(
            "SELECT day, step, by FROM steps WHERE number = ? ORDER BY rowid", (number,)
        )
        return [(date.fromisoformat(day), DeskStep(step), by) for day, step, by in rows]

    def photo(self, number: str) -> bytes | None:
        """The photo that came with an opinion."""
        row = self.database.execute(
            "SELECT photo FROM photos WHERE number = ?", (number,)
        ).fetchone()
        return row[0] if row else None

    def contact(self, number: str) -> Sender | None:
        """Who sent it, while that is kept; of a second round, who sent the first."""
        row = self.database.execute(
            "SELECT name, contact FROM contacts WHERE number = ?", (number.removesuffix("-2"),)
        ).fetchone()
        return Sender(*row) if row else None

    def forget_contacts(self, today: date, days: int) -> int:
        """Delete names and contacts that were kept for so many days, from the log of changes
        too; how many."""
        last = (today - timedelta(days)).isoformat()
        with self.change():
            count = self.database.execute(
                "DELETE FROM contacts WHERE received < ?", (last,)
            ).rowcount
        self.cut_log()
        return count

    def cut_log(self) -> None:
        """Leave nothing in the log of changes. An error within a transaction, whose works are then
        done one by one."""
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """A copy of the whole as it stands at one moment, while others go on writing."""
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path)) as copy:
            self.database.backup(copy)

    def together(self, works: Sequence[Callable[[Store], object]]) -> list[Outcome]:
        """What comes of several works, in one transaction; each alone where that fails."""
        if len(works) > 1:
            with suppress(Exception), self.change():
                return [(work(self), None) for work in works]
        return [self._alone(work) for work in works]

    def _alone(self, work: Callable[[Store], object]) -> Outcome:
        try:
            return work(self), None
        except Exception as error:  # told to whoever waits for it, and to nobody else
            return None, error

    @contextmanager
    def change(self) -> Iterator[None]:
        """A transaction: on the disk when it ends, or not at all. One within another is part of
        it."""
        if self.database.in_transaction:
            yield
            return
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.database.execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise


def _make_private(folder: Path) -> None:
    """A folder of its owner's alone, of which git takes nothing."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        (folder / ".gitignore").write_text("*\n", "utf-8")


def _entry(row: sqlite3.Row) -> InboxEntry:
    values: dict[str, Any] = dict(row)
    for name in ("received", "due", "replied", "promised"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name, kind in (("stage", DeskStage), ("result", Handling), ("rating", Rating)):
        values[name] = kind(values[name]) if values[name] else None
    for name in ("cleared", "has_photo"):
        values[name] = bool(values[name])
    return InboxEntry(**values)
