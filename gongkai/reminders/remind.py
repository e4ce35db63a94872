"""Who is told what, and the telling, with its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gongkai.domain.model import Robot
from gongkai.reminders.digest import Digest
from gongkai.reminders.matters import Reminder, ReminderStage
from gongkai.reminders.record import SentRecord, write_told
from gongkai.reminders.robots import Delivery, Fate


def news(ones: Sequence[Reminder], told: SentRecord, *, again: bool) -> dict[str, list[Reminder]]:
    """What each department has not been told yet; nobody is written to only because something is
    near its day. With ``again`` also what nobody knows to have arrived."""
    known = told.told if again else told.told | told.sending
    found: dict[str, list[Reminder]] = defaultdict(list)
    for reminder in ones:
        if reminder.key not in known:
            found[reminder.dept].append(reminder)
    return {
        dept: of_dept
        for dept, of_dept in sorted(found.items())
        if any(
            reminder.stage is not ReminderStage.DUE or reminder.key in told.sending
            for reminder in of_dept
        )
    }


def remind(
    ready: Sequence[tuple[Digest, Robot]],
    deliver: Callable[[Digest, Robot], Delivery],
    told: SentRecord,
    path: Path,
) -> Iterator[tuple[Digest, Delivery]]:
    """Deliver digests, each on record before it leaves and once its fate is known."""
    for digest, robot in ready:
        keys = [matter.key for matter in digest.matters]
        told = told.before(keys)
        write_told(path, told)
        answer = deliver(digest, robot)
        if answer.fate is not Fate.UNCLEAR:
            settle = told.taken if answer.fate is Fate.TAKEN else told.refused
            told = settle(keys)
            write_told(path, told)
        yield digest, answer
