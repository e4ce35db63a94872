"""What a record lacks before it can be filed: the complaint was 「档案规范欠佳」."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum

from gongkai.domain.calendar import Grain, Period
from gongkai.domain.model import Item, Library, Opinion, Value
from gongkai.domain.terms import MeetingKind, StepName
from gongkai.render.words import Words
from gongkai.rules import congress
from gongkai.rules.needs import Requirements


class RecordLack(Enum):
    """One thing that a record should have and has not."""

    CLASS = "class"
    """No class or no retention period to file it under, as the firm's own table has them
    (国家档案局令第10号)."""
    APPROVAL = "approval"
    """Nobody is recorded as having approved it."""
    STEPS = "steps"
    """Steps are recorded, and not all five are done."""
    CONGRESS = "congress"
    """The congress had to act on it, and there is no valid record."""
    OUTCOME = "outcome"
    """It is a notice whose window is over, and no outcome is recorded."""
    REPLY = "reply"
    """An opinion that was received and is not closed."""
    DOCUMENTS = "documents"
    """Documents that its category needs are not beside it."""
    MINUTES = "minutes"
    """A session of the congress, or a joint meeting, without minutes."""
    MENDING = "mending"
    """An inspection found something that is not mended."""
    SCORE = "score"
    """A criterion of the appraisal that is scored by hand and was not."""


class LackingRecord(Value, frozen=True):
    """What an item or another record lacks, by its id; ``what`` are the documents."""

    name: str
    title: str
    lack: RecordLack
    what: tuple[str, ...] = ()


def missing_in(
    items: Iterable[Item], opinions: Iterable[Opinion], library: Library, year: int, today: date
) -> tuple[LackingRecord, ...]:
    """Everything that is missing of a year, in the order of what it is missing from."""
    asked = Requirements(library)
    found: list[LackingRecord] = []
    for item in items:
        found += [LackingRecord(item.id, item.title, lack) for lack in _lacks(item, library, today)]
        documents = asked.documents_lacking(item)
        if documents:
            found.append(LackingRecord(item.id, item.title, RecordLack.DOCUMENTS, documents))
    open_ones = (opinion for opinion in opinions if not opinion.is_closed(today))
    found += (
        LackingRecord(opinion.id, "" if opinion.private else opinion.text, RecordLack.REPLY)
        for opinion in open_ones
    )
    return (*found, *_of_records(library, year, today))


def _of_records(library: Library, year: int, today: date) -> Iterator[LackingRecord]:
    """What the records of meetings, inspections and the appraisal of a year lack."""
    for meeting in library.meetings:
        is_deciding = meeting.kind in (MeetingKind.CONGRESS, MeetingKind.JOINT)
        is_held = meeting.date.year == year and meeting.date <= today
        if is_deciding and is_held and meeting.minutes is None:
            yield LackingRecord(meeting.id, meeting.session or "", RecordLack.MINUTES)
    for inspection in library.inspections:
        is_open = any(not flaw.is_mended(today) for flaw in inspection.flaws)
        if inspection.date.year == year and inspection.date <= today and is_open:
            yield LackingRecord(inspection.id, inspection.unit or "", RecordLack.MENDING)
    appraisal = library.appraisal
    by_hand = (
        [criterion for criterion in appraisal.criteria if criterion.rate is None]
        if appraisal.own
        else []
    )
    for period in (Period(year, Grain.HALF_YEAR, 1), Period(year, Grain.HALF_YEAR, 2)):
        for row in by_hand if period.end < today else ():
            if not appraisal.given(period, row.id, None, today):
                yield LackingRecord(f"{period} {row.id}", row.text, RecordLack.SCORE)


def _lacks(item: Item, library: Library, today: date) -> Iterator[RecordLack]:
    if item.archive is None or not item.archive.retention:
        yield RecordLack.CLASS
    if item.approval is None:
        yield RecordLack.APPROVAL
    done = {step.step for step in item.steps if step.date and step.date <= today}
    if item.steps and done != set(StepName):
        yield RecordLack.STEPS
    if not congress.complies(item, library.category(item)):
        yield RecordLack.CONGRESS
    if item.notice and item.notice.last < today and item.outcome is None:
        yield RecordLack.OUTCOME


def told(one: LackingRecord, words: Words) -> str:
    """What is missing, in a few words."""
    return words.t(f"archive-lack-{one.lack.value}", what=words.t("list-comma").join(one.what))
