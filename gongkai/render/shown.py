"""One item as a page, a screen or a sheet shows it: the same facts for all three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.domain.model import Board, Contact, Hearing, Item, Library, Step, Value, Vote
from gongkai.domain.terms import Channel, DayUnit, Freshness, StepName
from gongkai.render.words import Words
from gongkai.rules.needs import Requirements
from gongkai.status.edition import Entry
from gongkai.status.standing import Standing
from gongkai.status.windows import count_days

WAGES = "wages-bonus"
"""The category of which everybody wants to see the latest first."""
NEW_DAYS = 7
"""Days for which something is new on screens and paper."""


class Fact(Value, frozen=True):
    """A label with what stands behind it."""

    label: str
    value: str


class Taken(Value, frozen=True):
    """One of the five steps: by whom and when it was taken or is to be, or that nothing is
    recorded of it."""

    label: str
    value: str
    is_done: bool
    is_recorded: bool


class Shown(Value, frozen=True):
    """What there is to say of one item, besides its body.

    ``left`` are the days, today included, on which objections may still be raised. ``steps`` are
    all five where any is recorded or its category needs them.
    """

    entry: Entry
    title: str
    kind: str
    category: str
    period: str
    facts: tuple[Fact, ...]
    objection: tuple[str, ...]
    left: tuple[date, ...]
    unit: DayUnit
    status: str
    notes: tuple[str, ...]
    steps: tuple[Taken, ...]
    corrections: tuple[Standing, ...]

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.entry.item

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.entry.standing

    @property
    def is_open(self) -> bool:
        """May objections still be raised?"""
        return self.entry.is_open

    @property
    def is_gone(self) -> bool:
        """Is nothing left of its text?"""
        return self.entry.is_gone

    @property
    def original(self) -> Standing | None:
        """What it corrects."""
        return self.entry.original


def show(
    library: Library, entry: Entry, board: Board | None, words: Words, channel: Channel
) -> Shown:
    """Everything a reader of a channel is told about an item.

    Contacts come from the board it is read on.
    """
    item, category = entry.item, entry.category
    return Shown(
        entry=entry,
        title=item.title,
        kind=words.name(item.kind),
        category=words.category(category),
        period=words.period(item.period),
        facts=tuple(_facts(library, entry, words)),
        objection=tuple(_objection(library, item, board, words)) if entry.standing.hangs else (),
        left=tuple(days_left(library, entry)),
        unit=item.notice.unit or category.unit if item.notice else category.unit,
        status=status_of(entry.standing, words),
        notes=(*votes_of(item, words), *_corrected(entry, words)),
        steps=tuple(_line_of_steps(library, item, words)),
        corrections=entry.corrections_in(channel),
    )


def _facts(library: Library, entry: Entry, words: Words) -> Iterator[Fact]:
    standing, item, t = entry.standing, entry.item, words.t
    if item.notice:
        unit = item.notice.unit or entry.category.unit
        counted, _ = count_days(item.notice, unit, library.catalogue.work)
        days = f"{words.span(item.notice.first, item.notice.last)}({counted} {words.name(unit)})"
        yield Fact(t("window"), days)
    yield Fact(t("publish"), words.day(item.first_day))
    yield Fact(t("expires"), words.day(item.last_day) if item.last_day else t("forever"))
    if item.effective:
        yield Fact(t("effective"), words.day(item.effective))
    yield Fact(t("owner"), " ".join(filter(None, (item.owner.dept, item.owner.post))))
    if item.approval:
        when = words.short(item.approval.date) if item.approval.date else ""
        yield Fact(t("approval"), " ".join(filter(None, (item.approval.by, when))))
    if standing.review_by and standing.hangs and not standing.is_followed:
        key = "next-period" if item.period else "next-review"
        yield Fact(t(key), words.day(standing.review_by))


def _objection(library: Library, item: Item, board: Board | None, words: Words) -> Iterator[str]:
    """Where to speak up: the notice's own channel, the item's contact, then the board's."""
    if item.notice and item.notice.channel:
        yield from filter(None, map(str.strip, re.split("[;；]", item.notice.channel)))
        return
    contact = item.contact or (board.contact if board else Contact())
    parts = [" ".join(filter(None, (contact.office, contact.phone)))]
    parts += [contact.box and f"{words.t('box')} {contact.box}"] if contact.box else []
    parts += [f"{words.t('reception')} {contact.reception}"] if contact.reception else []
    given = [part for part in parts if part]
    yield from given or [f"{o.text}" for o in library.org.channels if o.kind != "web"][:3]


def answering(library: Library, dept: str, post: str | None) -> str:
    """The post that answers for something, with the telephone of its department."""
    phones = {department.name: department.phone for department in library.org.departments}
    is_named = post and post.startswith(dept)
    return " ".join(filter(None, (None if is_named else dept, post, phones.get(dept))))


def days_left(library: Library, entry: Entry) -> Iterator[date]:
    """The days, today included, on which objections may still be raised."""
    item = entry.item
    if item.notice is None:
        return
    unit = item.notice.unit or entry.category.unit
    day = item.notice.first
    while day <= item.notice.last:
        if unit is DayUnit.DAY or library.catalogue.work.is_workday(day):
            yield day
        day += timedelta(days=1)


def status_of(standing: Standing, words: Words) -> str:
    """Whether an item holds, in a word."""
    if standing.freshness is Freshness.SUPERSEDED:
        return words.t("state-superseded")
    return words.t(f"state-{standing.state.value}")


def notes_of(entry: Entry, words: Words) -> Iterator[str]:
    """Congress, outcome and steps, a sentence each."""
    yield from votes_of(entry.item, words)
    yield from steps_of(entry.item, words)
    yield from _corrected(entry, words)


def _corrected(entry: Entry, words: Words) -> Iterator[str]:
    if entry.original:
        yield _under(words.t("corrects"), entry.original.item.title)


def votes_of(item: Item, words: Words) -> Iterator[str]:
    """What the congress did and how a notice ended, a sentence each."""
    t = words.t
    for vote in item.congress:
        result = words.name(vote.result) if vote.result else ""
        count = _count(vote, words)
        ballot = words.name(vote.ballot) if vote.ballot else ""
        act = words.name(vote.act)
        parts = (vote.session, vote.matter, act, result, count, ballot, vote.note)
        yield _under(t("congress"), _joined(words, *parts))
    if item.hearing:
        yield _hearing(item.hearing, words)
    if item.outcome:
        objections = item.outcome.objections
        count = t("objections", count=objections) if objections is not None else ""
        when = words.day(item.outcome.date)
        yield _under(t("outcome"), _joined(words, count, item.outcome.result, when))


def _count(vote: Vote, words: Words) -> str:
    """How many were there, and how they voted, as far as that is recorded."""
    count = ""
    if vote.delegates and vote.present is not None:
        count = words.t("vote-present", delegates=vote.delegates, present=vote.present)
    if vote.agree is not None:
        against, abstain = vote.against or 0, vote.abstain or 0
        count += words.t("vote-count", agree=vote.agree, against=against, abstain=abstain)
    return count


def _hearing(hearing: Hearing, words: Words) -> str:
    """What another meeting did, under its own name."""
    vote = hearing.vote
    when = words.day(vote.date) if vote.date else ""
    result = words.name(vote.result) if vote.result else ""
    parts = (vote.session, vote.matter, when, result, _count(vote, words))
    return words.t("hearing", kind=words.name(hearing.kind), told=_joined(words, *parts))


def steps_of(item: Item, words: Words) -> Iterator[str]:
    """The five steps as far as they are recorded, a sentence each."""
    for step in item.steps:
        yield f"{words.name(step.step)} {_step(step, words)}"


def _step(step: Step, words: Words) -> str:
    when = words.short(step.date) if step.date else ""
    due = words.t("step-due", day=words.short(step.due)) if step.due else ""
    return _joined(words, step.by, when, due, step.status, step.result)


def _line_of_steps(library: Library, item: Item, words: Words) -> Iterator[Taken]:
    """All five steps in their order, whether they are done or open; none of an item that records
    none and needs none."""
    if not item.steps and not Requirements(library).needs(item).steps:
        return
    for name in StepName:
        ones = [step for step in item.steps if step.step is name]
        value = words.t("semicolon").join(_step(step, words) for step in ones)
        is_done = any(step.date for step in ones)
        yield Taken(words.name(name), value or words.t("step-open"), is_done, bool(ones))


def _under(label: str, text: str) -> str:
    """A label with what it introduces; a Chinese colon brings its own space."""
    return label + text if label.endswith("：") else f"{label} {text}"


def _joined(words: Words, *parts: str | None) -> str:
    """What there is of some parts; a matter that was to be passed and was says so once."""
    return words.t("comma").join(dict.fromkeys(part for part in parts if part))
