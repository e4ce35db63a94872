"""The ballots of surveys, and what workers say of single items: counters, and no ballot by itself.

A word is deleted with the ballot that it was for, in one transaction, and the log of changes is cut
off at once: what is left on the disk is the same whoever used which word, and in whatever order.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from gongkai.domain.terms import Rating
from gongkai.editing.counting import OVERALL, Marks
from gongkai.inbox.store import Store
from gongkai.inbox.word import ballot_digest

_RETURNED, _VALID = "returned", "valid"
_ITEM = "item/"
"""Before the id of an item, where others have the id of a survey."""
_SURVEY = "survey/"
Answers = Mapping[str, Rating]


class BallotBox:
    """The counters in an open database."""

    def __init__(self, store: Store) -> None:
        self.store, self.database = store, store.database

    def issue(self, survey: str, board: str, words: Iterable[str], questions: Iterable[str]) -> int:
        """Keep words, each for one ballot of a board; how many there are of it now. All counters
        begin here at nothing, so that none tells when it was first needed."""
        digests = [(survey, ballot_digest(survey, word), board) for word in words]
        with self.store.change():
            self.database.executemany("INSERT INTO ballot_words VALUES (?, ?, ?)", digests)
            self.database.execute(
                "INSERT INTO ballots_sent VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET sent = sent + excluded.sent",
                (survey, board, len(digests)),
            )
            self._begin(_SURVEY + survey, board, (OVERALL, *questions))
        (sent,) = self.database.execute(
            "SELECT sent FROM ballots_sent WHERE survey = ? AND board = ?", (survey, board)
        ).fetchone()
        return int(sent)

    def cast(self, survey: str, typed: str, answers: Answers) -> bool:
        """Count a ballot, and delete its word; False for a word that is none, or was used."""
        key = survey, ballot_digest(survey, typed)
        with self.store.change():
            row = self.database.execute(
                "DELETE FROM ballot_words WHERE survey = ? AND digest = ? RETURNING board", key
            ).fetchone()
            if row is None:
                return False
            self._count(_SURVEY + survey, row[0], answers, is_valid=OVERALL in answers)
        self.store.cut_log()
        return True

    def appraise(self, item: str, questions: Iterable[str], answers: Answers) -> None:
        """Count what somebody says of an item."""
        with self.store.change():
            self._begin(_ITEM + item, "", questions)
            self._count(_ITEM + item, "", answers, is_valid=True)
        self.store.cut_log()

    def sent(self, survey: str) -> Mapping[str, int]:
        """How many words were made, by board."""
        rows = self.database.execute(
            "SELECT board, sent FROM ballots_sent WHERE survey = ?", (survey,)
        )
        return dict(rows.fetchall())

    def marks(self, survey: str) -> Mapping[str, Marks]:
        """What the ballots of a survey say, by board."""
        return self._marks(_SURVEY + survey)

    def items(self) -> Mapping[str, Marks]:
        """What workers say of items, by their ids."""
        rows = self.database.execute(
            "SELECT DISTINCT matter FROM tallies WHERE substr(matter, 1, 5) = ?", (_ITEM,)
        ).fetchall()
        return {matter.removeprefix(_ITEM): self._marks(matter)[""] for (matter,) in rows}

    def forget(self, survey: str) -> None:
        """Delete the words of a survey that is over, used or not."""
        with self.store.change():
            self.database.execute("DELETE FROM ballot_words WHERE survey = ?", (survey,))

    def _begin(self, matter: str, board: str, questions: Iterable[str]) -> None:
        names = [("", _RETURNED), ("", _VALID)]
        names += [(question, rating.value) for question in questions for rating in Rating]
        self.database.executemany(
            "INSERT OR IGNORE INTO tallies VALUES (?, ?, ?, ?, 0)",
            [(matter, board, question, answer) for question, answer in names],
        )

    def _count(self, matter: str, board: str, answers: Answers, *, is_valid: bool) -> None:
        """One more ballot, and one more of each of its answers where it is valid."""
        found = [("", _RETURNED)]
        if is_valid:
            found += [("", _VALID), *((name, value.value) for name, value in answers.items())]
        self.database.executemany(
            "UPDATE tallies SET count = count + 1"
            " WHERE matter = ? AND board = ? AND question = ? AND answer = ?",
            [(matter, board, question, answer) for question, answer in found],
        )

    def _marks(self, matter: str) -> Mapping[str, Marks]:
        rows = self.database.execute(
            "SELECT board, question, answer, count FROM tallies WHERE matter = ?", (matter,)
        )
        by_board: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            by_board.setdefault(row["board"], []).append(row)
        return {board: _of(ones) for board, ones in by_board.items()}


def _of(rows: Iterable[sqlite3.Row]) -> Marks:
    counts = {(row["question"], row["answer"]): row["count"] for row in rows}
    answers = Counter({(name, Rating(answer)): of for (name, answer), of in counts.items() if name})
    return Marks(counts["", _RETURNED], counts["", _VALID], answers)
