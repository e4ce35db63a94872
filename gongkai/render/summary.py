"""The year's summary (年度总结): what the records say of a year, for page, paper and Word.

Nothing is judged and nothing made up: what went well, what did not, and what comes next is for
those who write on from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from gongkai.domain.calendar import Grain, Period
from gongkai.domain.model import Item, Opinion, Value
from gongkai.domain.rates import Rate
from gongkai.domain.terms import Channel, Handling, Kind, MeetingKind
from gongkai.render.appraisal import share_of
from gongkai.render.inspections import points_of
from gongkai.render.meetings import congress_view
from gongkai.render.words import Words
from gongkai.status.duties import since
from gongkai.status.edition import Edition
from gongkai.status.inspections import Found, found_by, held, recurring
from gongkai.status.topics import topics
from gongkai.status.year_plan import year_plan
from gongkai.supervision.appraisal import appraise
from gongkai.supervision.metrics import Supervision, supervision

NOTHING = "—"
HONOURS = ("honors-selection", "rationalization-awards")
"""Categories that tell of honours and awards."""
_DECIDING = (MeetingKind.CONGRESS, MeetingKind.JOINT)


class SummarySection(Value, frozen=True):
    """A part of the summary: sentences, then a table, whose first row are its heads."""

    title: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


def years(edition: Edition) -> tuple[int, ...]:
    """The years that there is a summary of: the running one, and the one before, if duties counted
    in it."""
    today, begin = edition.standings.today, since(edition.library)
    before = (today.year - 1,) if begin and begin.year < today.year else ()
    return (today.year, *before)


class YearSummary:
    """The summary of a year as it stands at the edition's instant, in one language."""

    def __init__(self, edition: Edition, year: int, lang: str) -> None:
        self.edition, self.year, self.words = edition, year, Words(lang)
        self.library, self.standings = edition.library, edition.standings
        self.today = edition.standings.today
        self.first, self.last = date(year, 1, 1), min(date(year, 12, 31), self.today)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.words.t("summary-of", year=self.year)

    @property
    def stamp(self) -> str:
        """Of which days it tells, and as it stood when."""
        return self.words.t("summary-stamp", first=self.first, last=self.last, day=self.today)

    def sections(self) -> list[SummarySection]:
        """Everything in order; what there is no record of is left out."""
        made = (
            self._figures(),
            self._plan(),
            self._sessions(),
            self._opinions(),
            self._surveys(),
            self._trainings(),
            self._inspections(),
            self._appraisal(),
            self._honours(),
            self._faults(),
        )
        return [one for one in made if one.lines or one.table]

    def _t(self, key: str, **values: object) -> str:
        return self.words.t(f"summary-{key}", **values)

    def _is_in(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @cached_property
    def found(self) -> Supervision:
        """The figures of the year."""
        present = self.standings if self.last == self.today else None
        return supervision(self.library, self.first, self.last, present)

    def _figures(self) -> SummarySection:
        found = self.found
        rows = [
            (
                self.words.t(f"rate-{rate.value}"),
                NOTHING if one.percent is None else f"{one.percent}%",
                f"{one.numerator}/{one.denominator}" if one.denominator else "",
            )
            for rate, one in found.metrics.items()
        ]
        heads = (self._t("rate"), self._t("percent"), self._t("of-count"))
        line = self.words.t("voluntary", count=found.voluntary)
        return SummarySection(
            self._t("figures"), (line,) if found.voluntary else (), (heads, *rows)
        )

    def _plan(self) -> SummarySection:
        plan = year_plan(self.standings, self.year)
        heads = tuple(self._t(one) for one in ("month", "due", "done", "late", "open"))
        rows = []
        for month, lines in plan.months():
            parts = [one for line in lines for one in line.parts]
            done = [one for one in parts if one.done]
            late = sum(one.done is not None and one.done > one.due for one in parts)
            missing = sum(one.done is None and one.due < self.today for one in parts)
            counts = (len(parts), len(done), late, missing)
            rows.append((self.words.month_of(month), *map(str, counts)))
        total = len(plan.planned)
        done_all = sum(one.done is not None for one in plan.planned)
        line = self._t("plan-line", total=total, done=done_all)
        return SummarySection(
            self._t("plan"), (line,) if total else (), (heads, *rows) if rows else ()
        )

    def _sessions(self) -> SummarySection:
        view = congress_view(self.edition, self.words)
        ours = [one for one in view.deciding if self._is_in(one.meeting.date)]
        rows = [
            (
                self.words.day(one.meeting.date),
                one.meeting.session or one.kind,
                one.attendance,
                str(len(one.meeting.agenda)),
            )
            for one in reversed(ours)
        ]
        heads = tuple(self._t(one) for one in ("day", "session", "attendance", "matters"))
        others = Counter(
            one.kind
            for one in self.library.meetings
            if one.kind not in (*_DECIDING, MeetingKind.TRAINING) and self._is_in(one.date)
        )
        counted = [
            self._t("meetings-line", kind=self.words.name(kind), count=count)
            for kind, count in sorted(others.items(), key=lambda one: one[0].value)
        ]
        return SummarySection(self._t("sessions"), tuple(counted), (heads, *rows) if rows else ())

    def _opinions(self) -> SummarySection:
        ours = [one for one in self.library.opinions if self._is_in(one.received)]
        if not ours:
            return SummarySection(self._t("opinions"))
        closed = [one for one in ours if one.is_closed(self.today)]
        late = sum(not one.is_closed(min(one.due, self.today)) and one.due < self.today
                   for one in ours)  # fmt: skip
        lines = [self._t("opinions-line", count=len(ours), closed=len(closed), late=late)]
        if closed:
            lines.append(self.words.t("semicolon").join(self._results(closed)))
        for one in topics(self.library, self.last):
            name, count = self.words.category(one.category), len(one.opinions)
            shown = self.words.t("topic-untold")
            if one.shown:
                shown = self.words.t("topic-shown", day=one.shown.first_day)
            lines.append(self._t("topic-line", name=name, count=count, shown=shown))
        return SummarySection(self._t("opinions"), tuple(lines))

    def _results(self, closed: list[Opinion]) -> Iterator[str]:
        counts = Counter(one.result for one in closed)
        for result in Handling:
            if counts[result]:
                values = {"result": self.words.name(result), "count": counts[result]}
                yield self._t("result-line", **values)

    def _surveys(self) -> SummarySection:
        ours = [one for one in self.library.surveys if self._is_in(one.date)]
        rate = self.found.metrics[Rate.SATISFACTION]
        lines = [f"{self.words.day(one.date)} {one.title}" for one in ours]
        if rate.denominator:
            values = {"percent": rate.percent, "of": rate.numerator, "total": rate.denominator}
            lines.append(self._t("satisfaction-line", **values))
        return SummarySection(self._t("surveys"), tuple(lines) if ours else ())

    def _trainings(self) -> SummarySection:
        ours = [
            one
            for one in self.library.meetings
            if one.kind is MeetingKind.TRAINING and self._is_in(one.date)
        ]
        present = sum(one.present or 0 for one in ours)
        line = self._t("trainings-line", count=len(ours), present=present)
        return SummarySection(self._t("trainings"), (line,) if ours else ())

    def _inspections(self) -> SummarySection:
        ours = [one for one in held(self.library, self.today) if self._is_in(one.date)]
        found = [one for one in found_by(self.library, self.today) if one.inspection in ours]
        heads = tuple(self._t(one) for one in ("day", "inspection", "points", "found", "mended"))
        rows = [
            (
                self.words.day(one.date),
                " ".join(filter(None, (self.words.name(one.way), one.by, one.unit))),
                points_of(one, self.words),
                str(len(one.flaws)),
                str(sum(flaw.is_mended(self.today) for flaw in one.flaws)),
            )
            for one in ours
        ]
        lines = [self._flaws(found)] if ours else []
        return SummarySection(self._t("inspections"), tuple(lines), (heads, *rows) if rows else ())

    def _flaws(self, found: list[Found]) -> str:
        mended = sum(one.flaw.is_mended(self.today) for one in found)
        again = len(recurring(self.library, self.last))
        return self._t("flaws-line", found=len(found), mended=mended, again=again)

    def _appraisal(self) -> SummarySection:
        if not self.library.has_appraisal:
            return SummarySection(self._t("appraisal"))
        halves = [Period(self.year, Grain.HALF_YEAR, index) for index in (1, 2)]
        made = [
            appraise(self.library, one, self.standings)
            for one in halves
            if one.start <= self.today
        ]  # fmt: skip
        heads = [self.words.t("appraisal-unit")]
        heads += [self.words.period(one.period) for one in made]
        rows = [(self.words.t("appraisal-company"), *(share_of(one.company) for one in made))]
        for board in self.library.boards:
            shares = (share_of(one.units[board.id]) for one in made)
            rows.append((self.words.named(board), *shares))
        return SummarySection(self._t("appraisal"), (), (tuple(heads), *rows))

    def _published(self) -> list[Item]:
        return [
            one.item
            for one in self.edition.published()
            if self._is_in(one.item.first_day) and not one.is_hidden
        ]

    def _titles(self, items: list[Item]) -> Iterator[str]:
        """What may be told on a page; what is on paper alone, or left only a trace, is counted."""
        by_id = self.standings.by_id
        told = [
            one
            for one in items
            if Channel.WEB in one.channels and not self.edition.entry(by_id[one.id]).is_gone
        ]
        ordered = sorted(told, key=lambda one: (one.first_day, one.id))
        yield from (f"{self.words.day(one.first_day)} {one.title}" for one in ordered)
        if len(told) < len(items):
            yield self._t("untold", count=len(items) - len(told))

    def _honours(self) -> SummarySection:
        ours = [one for one in self._published() if one.category in HONOURS]
        ours = [one for one in ours if one.kind is not Kind.CORRECTION]
        return SummarySection(self._t("honours"), tuple(self._titles(ours)))

    def _faults(self) -> SummarySection:
        published = self._published()
        fixes = [one for one in published if one.kind is Kind.CORRECTION]
        taken = [one for one in published if one.withdrawn and one.withdrawn.date <= self.today]
        plan = year_plan(self.standings, self.year).planned
        missing = sum(one.done is None and one.due < self.today for one in plan)
        late = sum(one.done is not None and one.done > one.due for one in plan)
        counts = {"missing": missing, "late": late, "fixes": len(fixes), "taken": len(taken)}
        return SummarySection(
            self._t("faults"), (self._t("faults-line", **counts), *self._titles(fixes))
        )
