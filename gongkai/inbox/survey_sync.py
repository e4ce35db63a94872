"""From the inbox into the surveys' files: counts of surveys that are over, and what enough workers
say of an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gongkai.domain.model import Count, Item, Library, Survey, Tally
from gongkai.domain.terms import Rating
from gongkai.editing.counting import Marks, counted
from gongkai.editing.surveys import new_survey, with_count
from gongkai.inbox.ballot_box import BallotBox
from gongkai.messages import say
from gongkai.source.surveys import OF_AN_ITEM
from gongkai.status.surveys import LEAST, planned


def over(library: Library, today: date) -> list[Survey]:
    """The surveys with ballots in the inbox whose last day has passed."""
    return [
        survey
        for survey in planned(library)
        if survey.first and (survey.last or survey.date) < today
    ]


def counts(library: Library, box: BallotBox, today: date) -> Mapping[Path, str]:
    """The files as they are with what was counted. While a survey runs nobody is told how it
    stands, so that nobody can see what one more ballot changes."""
    files: dict[Path, str] = {}
    root = library.site.root
    for survey in over(library, today):
        marks, sent = box.marks(survey.id), box.sent(survey.id)
        if marks:
            files |= with_count(root, survey, *counted(survey, marks, sum(sent.values()), sent))
    for survey, count in _items(library, box, today):
        files |= with_count(root, survey, count, {})
    return files


def _items(library: Library, box: BallotBox, today: date) -> Iterator[tuple[Survey, Count]]:
    known = {survey.item: survey for survey in library.surveys if survey.item}
    for name, marks in box.items().items():
        item = library.item(name)
        if item is None or marks.valid < LEAST or (item.withdrawn and item.withdrawn.hide):
            continue
        yield known.get(name) or _new(library, item, today), _count(marks)


def _new(library: Library, item: Item, today: date) -> Survey:
    """Without the item's title: should that be hidden one day, nothing of it is left here."""
    title = say(library.site.lang, "ui.item-appraisal")
    return new_survey(
        f"item-{item.id}", title=title, date=today, item=item.id, questions=OF_AN_ITEM
    )


def _count(marks: Marks) -> Count:
    answers = {
        question.id: Tally(*(marks.answers.get((question.id, rating), 0) for rating in Rating))
        for question in OF_AN_ITEM
    }
    return Count(marks.returned, marks.returned, marks.valid, Tally(), answers)
