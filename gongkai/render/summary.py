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
        return [
            summary_section
            for summary_section in made
            if summary_section.lines or summary_section.table
        ]

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
                NOTHING if value.percent is None else f"{value.percent}%",
                f"{value.numerator}/{value.denominator}" if value.denominator else "",
            )
            for rate, value in found.metrics.items()
        ]
        heads = (self._t("rate"), self._t("percent"), self._t("of-count"))
        line = self.words.t("voluntary", count=found.voluntary)
        return SummarySection(
            self._t("figures"), (line,) if found.voluntary else (), (heads, *rows)
        )

    def _plan(self) -> SummarySection:
        plan = year_plan(self.standings, self.year)
        heads = tuple(self._t(name) for name in ("month", "due", "done", "late", "open"))
        rows = []
        for month, lines in plan.months():
            parts = [part for line in lines for part in line.parts]
            done = [part for part in parts if part.done]
            late = sum(part.done is not None and part.done > part.due for part in parts)
            missing = sum(part.done is None and part.due < self.today for part in parts)
            counts = (len(parts), len(done), late, missing)
            rows.append((self.words.month_of(month), *map(str, counts)))
        total = len(plan.planned)
        done_all = sum(planned.done is not None for planned in plan.planned)
        line = self._t("plan-line", total=total, done=done_all)
        return SummarySection(
            self._t("plan"), (line,) if total else (), (heads, *rows) if rows else ()
        )

    def _sessions(self) -> SummarySection:
        view = congress_view(self.edition, self.words)
        ours = [
            told_meeting for told_meeting in view.deciding if self._is_in(told_meeting.meeting.date)
        ]
        rows = [
            (
                self.words.day(our.meeting.date),
                our.meeting.session or our.kind,
                our.attendance,
                str(len(our.meeting.agenda)),
            )
            for our in reversed(ours)
        ]
        heads = tuple(self._t(name) for name in ("day", "session", "attendance", "matters"))
        others = Counter(
            meeting.kind
            for meeting in self.library.meetings
            if meeting.kind not in (*_DECIDING, MeetingKind.TRAINING) and self._is_in(meeting.date)
        )
        counted = [
            self._t("meetings-line", kind=self.words.name(kind), count=count)
            for kind, count in sorted(others.items(), key=lambda one: one[0].value)
        ]
        return SummarySection(self._t("sessions"), tuple(counted), (heads, *rows) if rows else ())

    def _opinions(self) -> SummarySection:
        ours = [opinion for opinion in self.library.opinions if self._is_in(opinion.received)]
        if not ours:
            return SummarySection(self._t("opinions"))
        closed = [opinion for opinion in ours if opinion.is_closed(self.today)]
        late = sum(not opinion.is_closed(min(opinion.due, self.today)) and opinion.due < self.today
                   for opinion in ours)  # fmt: skip
        lines = [self._t("opinions-line", count=len(ours), closed=len(closed), late=late)]
        if closed:
            lines.append(self.words.t("semicolon").join(self._results(closed)))
        for topic in topics(self.library, self.last):
            name, count = self.words.category(topic.category), len(topic.opinions)
            shown = self.words.t("topic-untold")
            if topic.shown:
                shown = self.words.t("topic-shown", day=topic.shown.first_day)
            lines.append(self._t("topic-line", name=name, count=count, shown=shown))
        return SummarySection(self._t("opinions"), tuple(lines))

    def _results(self, closed: list[Opinion]) -> Iterator[str]:
        counts = Counter(opinion.result for opinion in closed)
        for result in Handling:
            if counts[result]:
                values = {"result": self.words.name(result), "count": counts[result]}
                yield self._t("result-line", **values)

    def _surveys(self) -> SummarySection:
        ours = [survey for survey in self.library.surveys if self._is_in(survey.date)]
        rate = self.found.metrics[Rate.SATISFACTION]
        lines = [f"{self.words.day(our.date)} {our.title}" for our in ours]
        if rate.denominator:
            values = {"percent": rate.percent, "of": rate.numerator, "total": rate.denominator}
            lines.append(self._t("satisfaction-line", **values))
        return SummarySection(self._t("surveys"), tuple(lines) if ours else ())

    def _trainings(self) -> SummarySection:
        ours = [
            meeting
            for meeting in self.library.meetings
            if meeting.kind is MeetingKind.TRAINING and self._is_in(meeting.date)
        ]
        present = sum(meeting.present or 0 for meeting in ours)
        line = self._t("trainings-line", count=len(ours), present=present)
        return SummarySection(self._t("trainings"), (line,) if ours else ())

    def _inspections(self) -> SummarySection:
        ours = [
            inspection
            for inspection in held(self.library, self.today)
            if self._is_in(inspection.date)
        ]
        found = [found for found in found_by(self.library, self.today) if found.inspection in ours]
        heads = tuple(self._t(name) for name in ("day", "inspection", "points", "found", "mended"))
        rows = [
            (
                self.words.day(our.date),
                " ".join(filter(None, (self.words.name(our.way), our.by, our.unit))),
                points_of(our, self.words),
                str(len(our.flaws)),
                str(sum(flaw.is_mended(self.today) for flaw in our.flaws)),
            )
            for our in ours
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
            appraise(self.library, halve, self.standings)
            for halve in halves
            if halve.start <= self.today
        ]  # fmt: skip
        heads = [self.words.t("appraisal-unit")]
        heads += [self.words.period(appraised.period) for appraised in made]
        rows = [
            (
                self.words.t("appraisal-company"),
                *(share_of(appraised.company) for appraised in made),
            )
        ]
        for board in self.library.boards:
            shares = (share_of(appraised.units[board.id]) for appraised in made)
            rows.append((self.words.named(board), *shares))
        return SummarySection(self._t("appraisal"), (), (tuple(heads), *rows))

    def _published(self) -> list[Item]:
        return [
            standing.item
            for standing in self.edition.published()
            if self._is_in(standing.item.first_day) and not standing.is_hidden
        ]

    def _titles(self, items: list[Item]) -> Iterator[str]:
        """What may be told on a page; what is on paper alone, or left only a trace, is counted."""
        by_id = self.standings.by_id
        told = [
            item
            for item in items
            if Channel.WEB in item.channels and not self.edition.entry(by_id[item.id]).is_gone
        ]
        ordered = sorted(told, key=lambda one: (one.first_day, one.id))
        yield from (f"{self.words.day(item.first_day)} {item.title}" for item in ordered)
        if len(told) < len(items):
            yield self._t("untold", count=len(items) - len(told))

    def _honours(self) -> SummarySection:
        ours = [item for item in self._published() if item.category in HONOURS]
        ours = [item for item in ours if item.kind is not Kind.CORRECTION]
        return SummarySection(self._t("honours"), tuple(self._titles(ours)))

    def _faults(self) -> SummarySection:
        published = self._published()
        fixes = [item for item in published if item.kind is Kind.CORRECTION]
        taken = [item for item in published if item.withdrawn and item.withdrawn.date <= self.today]
        plan = year_plan(self.standings, self.year).planned
        missing = sum(planned.done is None and planned.due < self.today for planned in plan)
        late = sum(planned.done is not None and planned.done > planned.due for planned in plan)
        counts = {"missing": missing, "late": late, "fixes": len(fixes), "taken": len(taken)}
        return SummarySection(
            self._t("faults"), (self._t("faults-line", **counts), *self._titles(fixes))
        )
