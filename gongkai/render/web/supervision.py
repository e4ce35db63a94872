"""The supervision group's figures as JSON, as a table for a terminal, and as a page that stands
alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from msgspec import structs

from gongkai.domain.calendar import Period
from gongkai.domain.model import Inspection, Library
from gongkai.domain.rates import Rate
from gongkai.domain.terms import Channel, Handled
from gongkai.domain.text import width_of
from gongkai.render.artifact import Artifact
from gongkai.render.attached import csv_bytes
from gongkai.render.inspections import points_of
from gongkai.render.templates import fill
from gongkai.render.web.front import MOST_TOLD, lates
from gongkai.render.web.pages import Pages
from gongkai.render.words import Words
from gongkai.status.edition import Edition
from gongkai.status.opinion_statistics import YEAR, statistics
from gongkai.status.opinions import Raised
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import FORMULAS, Figures, Supervision
from gongkai.supervision.overview import LEADING, TRENDS, Overview, WeakCause, overview

NOTHING = "—"


def as_json(found: Supervision, library: Library, commit: str | None, _lang: str) -> str:
    """As programs read it."""
    window = {"from": str(found.first), "to": str(found.last), "commit": commit}
    told = {**window, **_figures(found)}
    told["voluntary"] = found.voluntary
    told["inspections"] = [_inspection(inspection) for inspection in found.inspections]
    told["opinions"] = _opinions(library, found.first, found.last)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _opinions(library: Library, first: date, last: date) -> dict[str, object]:
    """The opinions received in a window, counted in three ways."""
    found = statistics(library, first, last)
    by = {"kinds": found.kinds, "depts": found.depts, "sources": found.sources}
    return {name: [structs.asdict(row) for row in rows] for name, rows in by.items()}


def _figures(found: Supervision) -> dict[str, object]:
    units = {name: _metrics(ones) for name, ones in found.units.items()}
    return {"formulas": FORMULAS, "metrics": _metrics(found.metrics), "units": units}


def _metrics(figures: Figures) -> dict[str, object]:
    return {rate.value: _figure_data(value) for rate, value in figures.items()}


def _inspection(one: Inspection) -> dict[str, object]:
    mended = sum(flaw.mended is not None for flaw in one.flaws)
    looked = len(one.draw.items) if one.draw else None
    about = {"id": one.id, "date": str(one.date), "way": one.way.value, "by": one.by}
    return {**about, "unit": one.unit, "drawn": looked, "flaws": len(one.flaws), "mended": mended}


def _figure_data(one: Figure) -> dict[str, object]:
    percent = None if one.percent is None else float(one.percent)
    return {"numerator": one.numerator, "denominator": one.denominator, "percent": percent}


def as_table(found: Supervision, library: Library, commit: str | None, lang: str) -> str:
    """As people read it in a terminal: the company, then each board."""
    words = Words(lang)
    window = words.t("supervision-window", first=found.first, last=found.last)
    lines = [window, words.t("supervision-stamp", formulas=FORMULAS, commit=commit or NOTHING)]
    units = [(words.t("supervision-company"), found.metrics)]
    units += [(board.title, found.units[board.id]) for board in library.boards]
    for name, figures in units:
        lines += ["", name, *_rows(figures, words)]
    lines += ["", words.t("voluntary", count=found.voluntary)]
    if found.inspections:
        lines += ["", words.t("inspections")]
        lines += [f"  {inspected(inspection, words)}" for inspection in found.inspections]
    return "\n".join(lines) + "\n"


def _rows(figures: Figures, words: Words) -> Iterator[str]:
    """One line a figure; of a board only those that say something."""
    for rate, value in figures.items():
        name = words.t(f"rate-{rate.value}")
        padding = " " * max(1, 26 - int(2 * width_of(name)))
        yield f"  {name}{padding}{shown(value):>8}  {value.numerator}/{value.denominator}"


def inspected(one: Inspection, words: Words) -> str:
    """An inspection in a sentence."""
    timing = words.name(one.timing) if one.timing else ""
    parts = (one.id, words.day(one.date), timing, words.name(one.way), one.by, one.unit or "")
    mended = sum(flaw.mended is not None for flaw in one.flaws)
    told = [" ".join(filter(None, parts))]
    if one.draw:
        told.append(words.t("inspection-drawn", count=len(one.draw.items), seed=one.draw.seed))
    if points := points_of(one, words):
        told.append(points)
    told.append(words.t("inspection-flaws", count=len(one.flaws), mended=mended))
    return words.t("comma").join([*told, *([one.result] if one.result else [])])


def shown(one: Figure) -> str:
    """``83.33 %``, or a dash for nothing out of nothing."""
    return NOTHING if one.percent is None else f"{one.percent}%"


def as_page(found: Supervision, library: Library, commit: str | None, lang: str) -> str:
    """As a page that stands alone, to be printed or mailed."""
    return fill(
        library.site.root,
        lang,
        "pages/supervision.html",
        title=Words(lang).t("supervision-title"),
        found=found,
        rates=list(Rate),
        boards=library.boards,
        shown=shown,
        formulas=FORMULAS,
        commit=commit or NOTHING,
        org=library.org.name,
    )


GATHERED = "report/figures.json"
AS_TABLE = "report/figures.csv"


def report(pages: Pages) -> tuple[Artifact, ...]:
    """The supervision group's page, and the same as others gather it and as a spreadsheet reads
    it."""
    found = overview(pages.edition.standings)
    table = _as_csv(found, pages.edition.library, pages.words)
    return _page(pages, found), _gathered(pages.edition, found), Artifact(AS_TABLE, table)


def _as_csv(found: Overview, library: Library, words: Words) -> bytes:
    """Every figure that the page tells: last month's of the company and of each board, and a year
    of those that have one. With a mark by which Excel knows the encoding."""
    month, company = found.month, words.t("supervision-company")
    told = [(month.first, month.last, company, month.metrics)]
    told += [
        (month.first, month.last, board.title, month.units[board.id]) for board in library.boards
    ]
    told += [(first, _month(first).end, company, ones) for first, ones in found.months[:-1]]
    rows = [tuple(words.t("supervision-columns").split("/"))]
    for first, last, name, figures in told:
        for rate, value in figures.items():
            percent = "" if value.percent is None else str(value.percent)
            figure = (words.t(f"rate-{rate.value}"), str(value.numerator), str(value.denominator))
            rows.append((str(first), str(last), name, *figure, percent))
    return csv_bytes(rows)


def _month(first: date) -> Period:
    return Period.parse(f"{first:%Y-%m}")


def _gathered(edition: Edition, found: Overview) -> Artifact:
    """Last month's figures and what is amiss today, for a headquarters that gathers them."""
    org, month, weak = edition.library.org, found.month, found.amiss
    told = {
        "schema": 1,
        "org": {"name": org.name, "short": org.short},
        "day": str(edition.standings.today),
        "boards": len(edition.library.boards),
        "amiss": {"missing": weak.missing, "late": weak.late, "opinions": weak.opinions},
        "from": str(month.first),
        "to": str(month.last),
        **_figures(month),
    }
    return Artifact.text(GATHERED, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _page(pages: Pages, found: Overview) -> Artifact:
    """Last month's figures, a year of trends, how each row of the catalogue was kept, what is
    overdue and where. It needs no script."""
    edition, words = pages.edition, pages.words
    is_late = [any(cell.days for cell in cells) for _, cells in found.heat]
    heat = list(zip(found.heat, is_late, strict=True))
    return pages.stamp(
        "report", "report/index.html", "report", words.t("supervision-title"),
        words.t("supervision-hint"),
        found=found, rates=list(Rate), leading=LEADING, trends=TRENDS, shown=shown, whole=_whole,
        boards=edition.library.boards, formulas=FORMULAS, bars=dict(_bars(found)),
        late=lates(edition, words), most_told=MOST_TOLD,
        raised=[(raised, _days_left(raised, edition.standings.today)) for raised in edition.raised
                if not raised.is_answered],
        rated=[raised.opinion.rating for raised in edition.raised if raised.is_answered],
        table=AS_TABLE.partition("/")[2], gist=_gist(found.month.metrics),
        answers=edition.answers, brief=words.month_of,
        month_name=words.month(found.month.first, edition.standings.today),
        heat_late=[row for row, late in heat if late],
        heat_kept=[row for row, late in heat if not late],
        today=edition.standings.today, inspected=inspected, words=words,
        step_of=partial(_step, words=words),
        web={
            standing.item.id
            for standing in edition.published()
            if Channel.WEB in standing.item.channels
        },
        statistics=statistics(
            edition.library, edition.standings.today - YEAR, edition.standings.today
        ),
    )  # fmt: skip


def _step(cause: WeakCause, words: Words) -> str:
    """What a cause is, and what is to be done next."""
    about = [words.either(one) for one in cause.about[:_MOST_NAMED]]
    what = words.t("list-comma").join(about)
    if len(cause.about) > _MOST_NAMED:
        what = words.t("weak-more", what=what)
    who = words.t("list-comma").join(cause.who) or words.t("opinion-nobody")
    key = f"weak-{cause.rule.replace('/', '-')}"
    return words.t(key, count=cause.count, what=what, who=who)


_MOST_NAMED = 4
"""Things that are named of a cause."""


def _days_left(one: Raised, today: date) -> int:
    """Days until an opinion is to be answered, or done where that was promised."""
    opinion = one.opinion
    is_promise = one.handled in (Handled.UNDER_WAY, Handled.PUT_OFF)
    day = opinion.promised if is_promise and opinion.promised else opinion.due
    return (day - today).days


def _gist(figures: Figures) -> dict[str, int]:
    """How many figures are full, how many are not, and how many cannot be told."""
    told = [figure.percent for figure in figures.values() if figure.percent is not None]
    full = sum(decimal == 100 for decimal in told)
    return {"full": full, "short": len(told) - full, "none": len(figures) - len(told)}


def _whole(one: Figure) -> int:
    """A rate in whole percents, half up; none is a hundred that is not."""
    is_short = one.numerator < one.denominator
    found = (one.percent or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    return min(int(found), 99) if is_short else int(found)


def _bars(found: Overview) -> Iterator[tuple[Rate, list[tuple[int, float]]]]:
    """Of each trend a bar a month, ten wide and up to thirty high; a month without anything due has
    a stroke at the foot."""
    for rate in TRENDS:
        told = [month[rate].percent for _, month in found.months]
        yield rate, [(10 * n + 1, max(1.0, float(of or 0) * 0.3)) for n, of in enumerate(told)]
