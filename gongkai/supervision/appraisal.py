"""The appraisal of a half-year (质量考评): each criterion scored from a rate, or by hand.

A criterion with a rate gets its points × rate ÷ target, never more than its points, in hundredths,
half up. 更正率 counts the other way round: what did not have to be corrected. Where the rate has
nothing to go by, what was given by hand counts; where there is neither, the criterion is left out
on both sides, since silence is neither full marks nor none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gongkai.domain.calendar import Period
from gongkai.domain.model import AppraisalCriterion, Library, Score, Value
from gongkai.domain.rates import Rate
from gongkai.status.standing import Standings
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import Figures, Supervision, supervision

_HUNDREDTH = Decimal("0.01")
CAUSES: Mapping[Rate, tuple[str, ...]] = {
    Rate.DISCLOSURE: ("coverage/missing",),
    Rate.TIMELINESS: ("coverage/late", "coverage/missing"),
    Rate.CURRENCY: ("fresh/overdue", "fresh/long-overdue", "coverage/missing"),
    Rate.COVERAGE: ("board/still",),
    Rate.ELEMENTS: ("format/missing",),
    Rate.PROCEDURE: ("procedure/missing", "procedure/missing-step"),
    Rate.CONGRESS: ("congress/missing", "procedure/missing"),
    Rate.NOTICES: ("notice/no-outcome", "notice/too-short", "notice/no-channel"),
    Rate.OPINIONS_CLOSED: ("opinion/overdue",),
    Rate.OPINIONS_ON_TIME: ("opinion/overdue",),
    Rate.REPLIES_PUBLISHED: ("opinion/unpublished",),
    Rate.ARCHIVED: ("archive/lacking",),
    Rate.RECTIFIED: ("procedure/missing-step",),
    Rate.CORRECTED: ("table/total",),
}
"""The rules that show why a rate is low, item by item."""


class Scored(Value, frozen=True):
    """A criterion with its score; None where there is nothing to score it by. ``figure`` is what it
    was scored from, ``given`` what somebody gave."""

    criterion: AppraisalCriterion
    score: Decimal | None
    figure: Figure | None = None
    given: Score | None = None

    @property
    def points(self) -> Decimal:
        """How many it is worth."""
        return Decimal(str(self.criterion.points))

    @property
    def lost(self) -> Decimal:
        """How many points it lacks."""
        return Decimal(0) if self.score is None else self.points - self.score


class AppraisalSheet(Value, frozen=True):
    """The appraisal of a period: of the company, or of the board of an id."""

    period: Period
    board: str | None
    rows: tuple[Scored, ...]

    @property
    def total(self) -> Decimal:
        """The sum of all scores."""
        return sum((row.score for row in self.rows if row.score is not None), Decimal(0))

    @property
    def out_of(self) -> Decimal:
        """The points of what could be scored."""
        return sum((row.points for row in self.rows if row.score is not None), Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The total in hundredths of what could be scored; None for nothing."""
        if not self.out_of:
            return None
        return (self.total * 100 / self.out_of).quantize(_HUNDREDTH, ROUND_HALF_UP)

    @property
    def weak(self) -> tuple[Scored, ...]:
        """What lost points, the most first."""
        lost = [row for row in self.rows if row.lost > 0]
        return tuple(sorted(lost, key=lambda one: -one.lost))


class Appraised(Value, frozen=True):
    """The sheets of one period: the company's, and each board's by its id."""

    period: Period
    is_over: bool
    company: AppraisalSheet
    units: Mapping[str, AppraisalSheet]


def appraise(library: Library, period: Period, standings: Standings) -> Appraised:
    """The appraisal of a period, as far as it has passed at the instant of the standings."""
    today = standings.today
    last = min(period.end, today)
    found = supervision(library, period.start, last, standings if last == today else None)
    return Appraised(
        period=period,
        is_over=period.end < today,
        company=_sheet(library, found, period, None, today),
        units={
            board.id: _sheet(library, found, period, board.id, today) for board in library.boards
        },
    )  # fmt: skip


def _sheet(
    library: Library, found: Supervision, period: Period, board: str | None, today: date
) -> AppraisalSheet:
    figures = found.metrics if board is None else found.units[board]
    given = {
        appraisal_criterion.id: library.appraisal.given(
            period, appraisal_criterion.id, board, today
        )
        for appraisal_criterion in library.appraisal.criteria
    }
    rows = (
        _scored(appraisal_criterion, figures, given[appraisal_criterion.id])
        for appraisal_criterion in library.appraisal.criteria
    )
    return AppraisalSheet(period, board, tuple(rows))


def _scored(criterion: AppraisalCriterion, figures: Figures, given: Score | None) -> Scored:
    figure = figures[criterion.rate] if criterion.rate else None
    if figure and figure.denominator:
        return Scored(criterion, score_of(criterion, figure), figure)
    if given:
        return Scored(criterion, _rounded(Fraction(str(given.score))), figure, given)
    return Scored(criterion, None, figure)


def score_of(criterion: AppraisalCriterion, figure: Figure) -> Decimal:
    """What a rate is worth."""
    met = figure.numerator
    if criterion.rate is Rate.CORRECTED:
        met = max(0, figure.denominator - met)
    points, target = Fraction(str(criterion.points)), Fraction(str(criterion.target))
    share = Fraction(met * 100, figure.denominator) / target if target else Fraction(1)
    return _rounded(points * min(share, Fraction(1)))


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
