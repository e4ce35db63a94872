"""Inspections as readers see them: the schedule, the checklist, what was found."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.model import Board, ChecklistPoint, Inspection, Library, Value
from gongkai.domain.terms import Aspect
from gongkai.render.words import Words
from gongkai.status.edition import Edition
from gongkai.status.inspections import Found, Recurrence, found_by, held, recurring, turns

_YEARS = 2
"""Of which inspections are listed: this one, and the one before."""


class ToldTurn(Value, frozen=True):
    """An inspection of the schedule: what it is, its period, and what became of it."""

    what: str
    period: str
    state: str
    is_missed: bool


class ToldInspection(Value, frozen=True):
    """An inspection in words. ``points`` is how many were looked at and how many were met."""

    inspection: Inspection
    head: str
    points: str
    drawn: str
    found: tuple[Found, ...]


class Ranked(Value, frozen=True):
    """What was found on a board within a year: how much, how much of it is mended, how much is past
    its day and is not, and how much came back."""

    board: Board
    found: int
    mended: int
    late: int
    again: int


class InspectionsView(Value, frozen=True):
    """Everything that the page of inspections tells."""

    turns: tuple[ToldTurn, ...]
    inspections: tuple[ToldInspection, ...]
    again: tuple[Recurrence, ...]
    ranks: tuple[Ranked, ...]
    points: tuple[tuple[Aspect, tuple[ChecklistPoint, ...]], ...]


def inspections_view(edition: Edition, words: Words) -> InspectionsView:
    """The inspections until the edition's instant, the newest first."""
    library, today = edition.library, edition.standings.today
    recent = [
        inspection
        for inspection in held(library, today)
        if inspection.date.year > today.year - _YEARS
    ]
    again, found = recurring(library, today), found_by(library, today)
    return InspectionsView(
        turns=tuple(_turns(edition, words)),
        inspections=tuple(
            _told_inspection(inspection, found, words) for inspection in reversed(recent)
        ),
        again=tuple(again),
        ranks=tuple(_ranks(edition, found, again)),
        points=tuple(_by_aspect(library)),
    )


def _turns(edition: Edition, words: Words) -> Iterator[ToldTurn]:
    today = edition.standings.today
    for turn in turns(edition.library, today.year, today):
        row = turn.round
        timing = words.name(row.timing) if row.timing else ""
        state = words.t("round-to-come")
        if turn.held:
            state = f"{words.short(turn.held.date)} {turn.held.id}"
        elif turn.is_missed(today):
            state = words.t("round-missed")
        yield ToldTurn(
            what=" ".join(filter(None, (timing, words.name(row.way), row.by))),
            period=words.period(turn.period),
            state=state,
            is_missed=turn.is_missed(today),
        )


def _told_inspection(one: Inspection, found: list[Found], words: Words) -> ToldInspection:
    timing = words.name(one.timing) if one.timing else ""
    ours = [each for each in found if each.inspection.id == one.id]
    return ToldInspection(
        inspection=one,
        head=" · ".join(filter(None, (timing, words.name(one.way), one.by, one.unit))),
        points=points_of(one, words),
        drawn=words.t("inspection-drawn", count=len(one.draw.items), seed=one.draw.seed)
        if one.draw
        else "",
        found=tuple(ours),
    )


def points_of(one: Inspection, words: Words) -> str:
    """How many points were looked at, and how many were met; empty where no list was used."""
    if not one.checked:
        return ""
    met = len(set(one.checked) - set(one.failed))
    return words.t("inspection-points", looked=len(one.checked), met=met)


def _ranks(edition: Edition, found: list[Found], again: list[Recurrence]) -> Iterator[Ranked]:
    """Every board, the one with the most to mend first; of those inspections that are listed."""
    library, today = edition.library, edition.standings.today
    recent = [one for one in found if (today - one.inspection.date).days < 366]
    ranks = []
    for board in library.boards:
        ours = [one for one in recent if one.board == board]
        flaws = [our.flaw for our in ours]
        ranks.append(
            Ranked(
                board=board,
                found=len(flaws),
                mended=sum(flaw.is_mended(today) for flaw in flaws),
                late=sum(
                    bool(flaw.due and flaw.due < today and not flaw.is_mended(today))
                    for flaw in flaws
                ),
                again=sum(recurrence.last.board == board for recurrence in again),
            )
        )
    yield from sorted(ranks, key=lambda one: (-one.late, -one.again, -one.found))


def _by_aspect(library: Library) -> Iterator[tuple[Aspect, tuple[ChecklistPoint, ...]]]:
    for aspect in Aspect:
        points = tuple(point for point in library.checklist.points if point.aspect is aspect)
        if points:
            yield aspect, points
