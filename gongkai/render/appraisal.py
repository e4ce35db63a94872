"""The appraisal as people read it: in words, as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from gongkai.domain.calendar import Period
from gongkai.domain.model import Board, Value
from gongkai.domain.rates import Rate
from gongkai.render.attached import csv_bytes
from gongkai.render.words import Words
from gongkai.status.appraisal import periods
from gongkai.status.standing import Standings
from gongkai.supervision.appraisal import CAUSES, AppraisalSheet, Appraised, Scored, appraise

NOTHING = "—"
_DAY = timedelta(days=1)
HEADS = ("part", "text", "points", "score", "basis")
_COLUMNS = ("period", "unit", "id", *HEADS)


class CriterionRow(Value, frozen=True):
    """A criterion in words: its scores in the periods that are told, the newest first, and what the
    first of them was scored by."""

    part: str
    text: str
    points: str
    scores: tuple[str, ...]
    basis: str
    is_short: bool


class UnitRow(Value, frozen=True):
    """A unit: its share of the points in each period, and the change against the one before."""

    board: Board
    shares: tuple[str, ...]
    change: str


class WeakCriterion(Value, frozen=True):
    """What lost points, how many, what it was scored by, and the rules that show it."""

    text: str
    lost: str
    basis: str
    rules: tuple[str, ...]


class AppraisalView:
    """The appraisal at an instant in one language: the newest half-year beside those before."""

    def __init__(self, standings: Standings, lang: str, first: Period | None = None) -> None:
        self.library, self.words, self.today = standings.library, Words(lang), standings.today
        told = periods(self.library, self.today) if first is None else _from(first)
        self.appraised = [appraise(self.library, period, standings) for period in told]

    @property
    def title(self) -> str:
        """What it is called, with its newest period."""
        return self.words.t("appraisal-of", period=self.words.period(self.appraised[0].period))

    def heads(self) -> list[str]:
        """The names of the periods that are told."""
        return [self._head(appraised) for appraised in self.appraised]

    def _head(self, one: Appraised) -> str:
        name = self.words.period(one.period)
        return name if one.is_over else f"{name} {self.words.t('appraisal-running')}"

    def totals(self) -> list[tuple[str, str, str]]:
        """Of each period what the company got, out of how much, and its share."""
        return [
            (
                self.words.t("appraisal-total", total=_number(appraised.company.total)),
                self.words.t("appraisal-out-of", points=_number(appraised.company.out_of)),
                share_of(appraised.company),
            )
            for appraised in self.appraised
        ]

    def rows(self) -> list[CriterionRow]:
        """The criteria of the company."""
        sheets = [appraised.company for appraised in self.appraised]
        return [self._row(ones) for ones in zip(*(sheet.rows for sheet in sheets), strict=True)]

    def _row(self, ones: tuple[Scored, ...]) -> CriterionRow:
        newest = ones[0]
        return CriterionRow(
            part=newest.criterion.part,
            text=newest.criterion.text,
            points=_number(newest.points),
            scores=tuple(map(_score, ones)),
            basis=self.basis(newest),
            is_short=newest.lost > 0,
        )

    def basis(self, one: Scored) -> str:
        """The formula with its numbers, or the reason of who scored it."""
        words, row = self.words, one.criterion
        if one.score is None:
            return words.t("appraisal-no-basis" if row.rate else "appraisal-to-score")
        if one.given:
            by = words.t("appraisal-by", by=one.given.by) if one.given.by else ""
            return words.t("semicolon").join(filter(None, (one.given.reason, by)))
        if not (row.rate and one.figure):
            raise ValueError(row.id)
        figure, target = one.figure, f"{row.target:g}"
        if row.rate is Rate.CORRECTED:
            met = max(0, figure.denominator - figure.numerator)
            values = {"numerator": met, "denominator": figure.denominator, "target": target}
            return words.t("appraisal-formula-corrected", **values)
        return words.t(
            "appraisal-formula",
            rate=words.t(f"rate-{row.rate.value}"),
            numerator=figure.numerator,
            denominator=figure.denominator,
            percent=figure.percent,
            target=target,
        )

    def units(self) -> list[UnitRow]:
        """The boards, the one with the least in the newest period first; those without anything to
        go by last."""
        rows = []
        for board in self.library.boards:
            sheets = [appraised.units[board.id] for appraised in self.appraised]
            shares = tuple(map(share_of, sheets))
            rows.append((sheets[0].percent, UnitRow(board, shares, _change(sheets))))
        return [row for _, row in sorted(rows, key=lambda one: _order(one[0]))]

    def weak(self) -> list[WeakCriterion]:
        """Where the company lost points in the newest period."""
        return [
            WeakCriterion(
                text=scored.criterion.text,
                lost=self.words.t("appraisal-lost", lost=_number(scored.lost)),
                basis=self.basis(scored),
                rules=CAUSES.get(scored.criterion.rate, ()) if scored.criterion.rate else (),
            )
            for scored in self.appraised[0].company.weak
        ]

    def table(self) -> Iterator[tuple[str, ...]]:
        """Every score of every unit and period, for spreadsheets."""
        yield tuple(self.words.t(f"appraisal-{column}") for column in _COLUMNS)
        for appraised in self.appraised:
            yield from self._lines(appraised, self.words.t("appraisal-company"), appraised.company)
            for board in self.library.boards:
                yield from self._lines(
                    appraised, self.words.named(board), appraised.units[board.id]
                )

    def _lines(self, one: Appraised, unit: str, sheet: AppraisalSheet) -> Iterator[tuple[str, ...]]:
        for row in sheet.rows:
            told = row.criterion
            cells = (told.id, told.part, told.text, _number(row.points), _score(row))
            yield (str(one.period), unit, *cells, self.basis(row))


def as_csv(view: AppraisalView) -> bytes:
    """As spreadsheets open it."""
    return csv_bytes(tuple(view.table()))


def _from(first: Period) -> tuple[Period, ...]:
    """A period, and the one before it."""
    before = Period.containing(first.start - _DAY, first.grain)
    return (first, before)


def share_of(sheet: AppraisalSheet) -> str:
    """The share of its points that a unit got."""
    return NOTHING if sheet.percent is None else f"{sheet.percent}%"


def _change(sheets: list[AppraisalSheet]) -> str:
    if len(sheets) < 2 or sheets[0].percent is None or sheets[1].percent is None:
        return NOTHING
    return f"{sheets[0].percent - sheets[1].percent:+}"


def _order(percent: Decimal | None) -> Decimal:
    return Decimal(1000) if percent is None else percent


def _score(one: Scored) -> str:
    return NOTHING if one.score is None else _number(one.score)


def _number(value: Decimal) -> str:
    """Points without zeros that say nothing."""
    return f"{value.normalize():f}"
