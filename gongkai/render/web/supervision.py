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
from gongkai.domain.terms import Channel
from gongkai.domain.text import width_of
from gongkai.render.artifact import Artifact
from gongkai.render.inspections import points_of
from gongkai.render.templates import fill
from gongkai.render.web.front import MOST_TOLD, lates
from gongkai.render.web.pages import Pages
from gongkai.render.words import Words
from gongkai.status.edition import Edition
from gongkai.status.opinion_statistics import YEAR, statistics
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import FORMULAS, Figures, Supervision
from gongkai.supervision.overview import LEADING, TRENDS, Cause, Overview, overview

NOTHING = "—"


def as_json(found: Supervision, library: Library, commit: str | None, _lang: str) -> str:
    """As programs read it."""
    window = {"from": str(found.first), "to": str(found.last), "commit": commit}
    told = {**window, **_figures(found)}
    told["voluntary"] = found.voluntary
    told["inspections"] = [_inspection(one) for one in found.inspections]
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
    return {rate.value: _told(one) for rate, one in figures.items()}


def _inspection(one: Inspection) -> dict[str, object]:
    mended = sum(flaw.mended is not None for flaw in one.flaws)
    looked = len(one.draw.items) if one.draw else None
    about = {"id": one.id, "date": str(one.date), "way": one.way.value, "by": one.by}
    return {**about, "unit": one.unit, "drawn": looked, "flaws": len(one.flaws), "mended": mended}


def _told(one: Figure) -> dict[str, object]:
    percent = None if one.percent is None else float(one.percent)
    return {"numerator": one.numerator, "denominator": one.denominator, "percent": percent}


def as_table(found: Supervision, library: Library, commit: str | None, lang: str) -> str:
    """As people read it in a terminal: the company, then each board."""
    words = Words(lang)
    window = words.t("supervision-window", first=found.first, last=found.last)
    lines = [window, words.t("supervision-stamp", formulas=FORMULAS, commit=commit or NOTHING)]
    units = [(words.t("supervision-company"), found.metrics)]
    units += [(one.title, found.units[one.id]) for one in library.boards]
    for name, figures in units:
        lines += ["", name, *_rows(figures, words)]
    lines += ["", words.t("voluntary", count=found.voluntary)]
    if found.inspections:
        lines += ["", words.t("inspections")]
        lines += [f"  {inspected(one, words)}" for one in found.inspections]
    return "\n".join(lines) + "\n"


def _rows(figures: Figures, words: Words) -> Iterator[str]:
    """One line a figure; of a board only those that say something."""
    for rate, one in figures.items():
        name = words.t(f"rate-{rate.value}")
        padding = " " * max(1, 26 - int(2 * width_of(name)))
        yield f"  {name}{padding}{shown(one):>8}  {one.numerator}/{one.denominator}"


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


def report(pages: Pages) -> tuple[Artifact, Artifact]:
    """The supervision group's page, and the same as others gather it."""
    found = overview(pages.edition.standings)
    return _page(pages, found), _gathered(pages.edition, found)


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
    month = Period.parse(f"{found.month.first:%Y-%m}")
    is_late = [any(one.days for one in cells) for _, cells in found.heat]
    heat = list(zip(found.heat, is_late, strict=True))
    return pages.stamp(
        "report", "report/index.html", "report", words.t("supervision-title"),
        words.t("supervision-hint"),
        found=found, rates=list(Rate), leading=LEADING, trends=TRENDS, shown=shown, whole=_whole,
        boards=edition.library.boards, formulas=FORMULAS, bars=dict(_bars(found)),
        late=lates(edition, words), most_told=MOST_TOLD,
        raised=[one for one in edition.raised if not one.is_answered],
        answers=edition.answers, month_name=words.period(month), brief=words.month_of,
        heat_late=[row for row, late in heat if late],
        heat_kept=[row for row, late in heat if not late],
        today=edition.standings.today, inspected=inspected, words=words,
        step_of=partial(_step, words=words),
        web={one.item.id for one in edition.published() if Channel.WEB in one.item.channels},
        statistics=statistics(
            edition.library, edition.standings.today - YEAR, edition.standings.today
        ),
    )  # fmt: skip


def _step(cause: Cause, words: Words) -> str:
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


def _whole(one: Figure) -> int:
    """A rate in whole percents, half up; none is a hundred that is not."""
    is_short = one.numerator < one.denominator
    found = (one.percent or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    return min(int(found), 99) if is_short else int(found)


def _bars(found: Overview) -> Iterator[tuple[Rate, list[tuple[int, float]]]]:
    """Of each trend a bar a month, ten wide and up to thirty high; a month without anything due has
    a stroke at the foot."""
    for rate in TRENDS:
        told = [one[rate].percent for _, one in found.months]
        yield rate, [(10 * n + 1, max(1.0, float(of or 0) * 0.3)) for n, of in enumerate(told)]
