"""``procedure/missing``: what the category needs and is not recorded with an item.

An approval and the steps before publication (审查审批, 山东省厂务公开条例第十一条), what the
congress hears, deliberates, appraises or supervises, and the documents that prove it. Nothing of
this blocks an item: money is disclosed even where a report to the congress is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from msgspec import structs

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import WALL_PHOTO, Item, Library, Needs, Value
from gongkai.domain.terms import CongressAct, Kind, State, StepName
from gongkai.rules.congress import is_open_draft
from gongkai.rules.found import about
from gongkai.status.standing import Standings, proposed_version
from gongkai.status.windows import JUDGED

_YEAR = timedelta(days=366)
"""Within which the congress hears a matter that is told every month, quarter or half-year (yearly:
监发〔1998〕4号; 山东省厂务公开条例第十四条)."""

_SUFFICIENT: Mapping[CongressAct, tuple[CongressAct, ...]] = {
    CongressAct.REPORT: (
        CongressAct.REPORT,
        CongressAct.REVIEW,
        CongressAct.PASS,
        CongressAct.JOINT_MEETING,
    ),
    CongressAct.REVIEW: (CongressAct.REVIEW, CongressAct.PASS, CongressAct.JOINT_MEETING),
    CongressAct.SUPERVISE: (
        CongressAct.SUPERVISE,
        CongressAct.REPORT,
        CongressAct.REVIEW,
        CongressAct.PASS,
        CongressAct.JOINT_MEETING,
    ),
    CongressAct.APPRAISE: (CongressAct.APPRAISE,),
    CongressAct.JOINT_MEETING: (
        CongressAct.JOINT_MEETING,
        CongressAct.REPORT,
        CongressAct.REVIEW,
        CongressAct.PASS,
    ),
}
"""What counts for an act: who voted on a matter has also deliberated on it and heard of it, and
between sessions a joint meeting does, whose confirmation ``congress/*`` looks for. It speaks of
matters that are void without a vote, too."""

_MINUTES = ("会议纪要", "minutes")
"""What the record of a meeting brings along."""


class Need(Enum):
    """What an item may be in need of."""

    APPROVAL = "approval"
    """Somebody approved it."""
    STEPS = "steps"
    """Steps of the five were taken."""
    ACT = "act"
    """The workers' congress did what it has to."""
    DOCUMENTS = "documents"
    """Documents that prove it are attached."""
    VERSION = "version"
    """What was signed is what it says."""


class UnmetNeed(Value, frozen=True):
    """One need that is not met: the steps, documents or the act that are not there, or the versions
    that was signed and that it has."""

    need: Need
    what: tuple[object, ...] = ()


_KEYS = {
    Need.ACT: "congress",
    Need.DOCUMENTS: "attachments",
    Need.VERSION: "approval.version approval",
}
"""Under which keys of an item a need is met, where they are not called like it."""


def check(standings: Standings) -> Iterator[Finding]:
    """Items that are up, to come or being written, first up since duties count."""
    asked = Requirements(standings.library)
    for item in standings.library.items:
        state = standings.by_id[item.id].state
        if state in (*JUDGED, State.DRAFT):
            # What is planned for a day before it goes up is no lack of what is to come.
            for lack in asked.lacking(item, max(standings.today, item.first_day)):
                yield _missing(item, state, lack)


def _missing(item: Item, state: State, lack: UnmetNeed) -> Finding:
    """To be acted on once it is up; what is still to come is told in time."""
    values: dict[str, object] = {"what": lack.what}
    if lack.need is Need.VERSION:
        values = dict(zip(("signed", "found"), lack.what, strict=True))
    keys = _KEYS.get(lack.need, lack.need.value)
    found = about(item, "procedure/missing", f"{keys} category", lack.need.value, **values)
    is_up = state is State.CURRENT
    return found if is_up else structs.replace(found, severity=Severity.INFO)


class Requirements:
    """What the items of a library are asked for. ``since`` is the day before which nothing was."""

    def __init__(self, library: Library) -> None:
        self.library, self.since = library, library.catalogue.since

    @cached_property
    def heard(self) -> Mapping[tuple[str, str | None], Sequence[Item]]:
        """The items that have an act of the congress, by category, and by category and thread."""
        found: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
        for item in self.library.items:
            if item.congress and not item.draft:
                for thread in {None, item.thread}:
                    found[item.category, thread].append(item)
        return found

    @cached_property
    def corrections(self) -> Mapping[str, Sequence[Item]]:
        """The corrections of each item that has any."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.library.items:
            if item.corrects and not item.draft:
                found[item.corrects].append(item)
        return found

    def needs(self, item: Item) -> Needs:
        """What an item is in need of: what its category needs, if it is asked at all. A correction
        is approved and is otherwise part of what it corrects; what opinions are sought on before
        the congress meets has not been voted on."""
        if self.since and item.first_day < self.since:
            return Needs()
        needs = self.library.category(item).needs
        if item.kind is Kind.CORRECTION:
            return Needs(approval=needs.approval)
        if needs.act and is_open_draft(item):
            return structs.replace(needs, act=None, documents=())
        return needs

    def lacking(self, item: Item, day: date = date.max) -> Iterator[UnmetNeed]:
        """What an item needs and has not; by a day, if what is dated later is not to count."""
        needs, approval = self.needs(item), item.approval
        if needs.approval and (approval is None or not _by(approval.date, day)):
            yield UnmetNeed(Need.APPROVAL)
        steps = steps_lacking(item, needs.steps, day)
        if steps:
            yield UnmetNeed(Need.STEPS, steps)
        act = needs.act
        if act and act in _SUFFICIENT and not self._was_heard(item, act, day):
            yield UnmetNeed(Need.ACT, (act,))
        documents = self.documents_lacking(item)
        if documents:
            yield UnmetNeed(Need.DOCUMENTS, documents)
        yield from self._changed(item, day)

    def documents_lacking(self, item: Item) -> tuple[str, ...]:
        """The documents that an item needs and that are not beside it."""
        return tuple(
            document for document in self.needs(item).documents if not self._has(item, document)
        )

    def _changed(self, item: Item, day: date) -> Iterator[UnmetNeed]:
        """Does it say something else than what was signed? What was corrected says so by itself,
        once the correction is up and as long as it is."""
        signed = item.approval.version if item.approval else None
        if signed and not any(
            _is_up(correction, day) for correction in self.corrections.get(item.id, ())
        ):
            found = proposed_version(item)
            if found != signed:
                yield UnmetNeed(Need.VERSION, (signed, found))

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The meetings whose minutes are kept."""
        return frozenset(meeting.id for meeting in self.library.meetings if meeting.minutes)

    def _has(self, item: Item, document: str) -> bool:
        """Is there an attachment of that name, published or for the archive alone, or the minutes
        of the meeting that proves its vote?"""
        if document in _MINUTES and item.meeting and item.meeting.id in self.recorded:
            return True
        if document in WALL_PHOTO and item.photos:
            return True
        wanted = document.casefold()
        files = (*item.attachments, *item.archived)
        return any(wanted in f"{file.title or ''} {file.name}".casefold() for file in files)

    def _was_heard(self, item: Item, act: CongressAct, day: date) -> bool:
        """Did the congress do it: for the item itself, for another of the same matter, or, where
        there is one every period, for one within the year before?"""
        same = self.heard.get((item.category, item.thread), ()) if item.thread else ()
        if any(_heard(one, act, day) for one in (item, *same)):
            return True
        if not item.period or not self.library.category(item).grain.months:
            return False
        before = item.first_day - _YEAR
        return any(
            before <= one.first_day <= item.first_day and _heard(one, act, day)
            for one in self.heard.get((item.category, None), ())
        )


def steps_lacking(
    item: Item, steps: Sequence[StepName], day: date = date.max
) -> tuple[StepName, ...]:
    """Those of some steps that were not taken by a day."""
    taken = {step.step for step in item.steps if step.date and step.date <= day}
    return tuple(step for step in steps if step not in taken)


def _by(recorded: date | None, day: date) -> bool:
    """Was something done by a day? What has no date has been done whenever it is asked."""
    return recorded is None or recorded <= day


def _is_up(correction: Item, day: date) -> bool:
    """Was a correction put up by a day, and not taken down?"""
    taken = correction.withdrawn
    return correction.first_day <= day and not (taken and taken.date <= day)


def _heard(item: Item, act: CongressAct, day: date) -> bool:
    return any(vote.act in _SUFFICIENT[act] and _by(vote.date, day) for vote in item.congress)
