"""A matter on one line of time (事项的经过): plan, progress and result with the days of votes, of
outcomes, of effect and of what was corrected or taken down. 「既要公开结果,又要公开过程」."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai.domain.model import Opinion, Vote
from gongkai.domain.terms import Kind, State
from gongkai.render.words import Words
from gongkai.status.edition import Entry
from gongkai.status.standing import Standing

MOST = 16
"""Days that a page tells of; of a longer line the last ones."""


class TimelineEvent(NamedTuple):
    """Something that happened on a day. ``id`` is of another item that tells of it, or empty."""

    day: str
    text: str
    id: str = ""


def timeline(entry: Entry, words: Words, today: date) -> list[TimelineEvent]:
    """What happened in the matter of an item, in order; nothing where the item is alone."""
    told = {
        (day, text, "")
        for opinion in entry.opinions
        for day, text in _raised(opinion, words, today)
    }
    dated = told | {
        (day, text, name if name != entry.item.id else "")
        for standing in (*entry.thread, *entry.corrections)
        for day, text, name in _moments(standing, words)
    }
    return [TimelineEvent(words.day(day), text, name) for day, text, name in sorted(dated)][-MOST:]


def _raised(one: Opinion, words: Words, today: date) -> Iterator[tuple[date, str]]:
    """An opinion by its number alone: what it says stands where it is answered."""
    yield one.received, words.t("line-opinion", number=one.id)
    if one.replied and one.replied <= today:
        result = words.name(one.result) if one.result else ""
        yield one.replied, words.t("line-reply", number=one.id, result=result)


def _moments(standing: Standing, words: Words) -> Iterator[tuple[date, str, str]]:
    item, t = standing.item, words.t
    is_correction = item.kind is Kind.CORRECTION
    title = t("line-corrected", title=item.title) if is_correction else item.title
    yield item.first_day, title, item.id
    for vote in item.congress:
        if vote.date:
            yield vote.date, _voted(vote, words), ""
    if item.hearing and item.hearing.vote.date:
        yield item.hearing.vote.date, words.name(item.hearing.kind), ""
    if item.effective:
        yield item.effective, t("line-effective"), ""
    if item.outcome:
        yield item.outcome.date, t("line-outcome", result=item.outcome.result), ""
    if item.withdrawn and standing.state is State.WITHDRAWN:
        yield item.withdrawn.date, t("line-withdrawn", title=item.title), item.id


def _voted(vote: Vote, words: Words) -> str:
    result = words.name(vote.result) if vote.result else ""
    votes = words.t("line-votes", agree=vote.agree, delegates=vote.delegates)
    is_counted = vote.agree is not None and vote.delegates is not None
    parts = (vote.session or words.t("line-congress"), vote.matter, words.name(vote.act), result)
    told = dict.fromkeys(part for part in (*parts, votes if is_counted else "") if part)
    return words.t("comma").join(told)
