"""The supervision group's figures as JSON, as a table for a terminal, and as a page that stands
alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from gongkai.edition import Edition
from gongkai.figures import FORMULAS, TRENDS, Figure, Figures, Overview, Rate, Supervision, overview
from gongkai.model import Inspection, Library
from gongkai.render.artifact import Artifact
from gongkai.render.pages import Pages
from gongkai.render.templates import fill
from gongkai.render.words import Words
from gongkai.standing import Standing
from gongkai.terms import Channel
from gongkai.text import width_of

NOTHING = "—"


def as_json(found: Supervision, _library: Library, commit: str | None, _lang: str) -> str:
    """As programs read it."""
    window = {"from": str(found.first), "to": str(found.last), "commit": commit}
    told = {**window, **_figures(found)}
    told["inspections"] = [_inspection(one) for one in found.inspections]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


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
WIDE, HIGH = 560, 180
"""Of the picture of a year, in its own units."""


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
    edition = pages.edition
    return pages.stamp(
        "report", "report/index.html", "report", pages.words.t("supervision-title"),
        pages.words.t("supervision-hint"),
        found=found, rates=list(Rate), trends=TRENDS, boards=edition.library.boards, shown=shown,
        formulas=FORMULAS, curves=list(_curves(found)), wide=WIDE, high=HIGH,
        today=edition.standings.today, inspected=inspected, words=pages.words,
        told=partial(_called, edition, pages.words.lang),
    )  # fmt: skip


def _called(edition: Edition, lang: str, one: Standing) -> str:
    """What an item is called where everybody reads it: what is on paper only by its category."""
    if Channel.WEB in one.item.channels:
        return one.item.title
    row = edition.library.category(one.item)
    return row.name if lang == "zh" else row.en


def _curves(found: Overview) -> Iterator[tuple[Rate, list[tuple[float, float]]]]:
    """Of each trend its points in the picture; a month without anything due has none."""
    step = WIDE / max(1, len(found.months) - 1)
    for rate in TRENDS:
        told = [(n, one[rate].percent) for n, (_, one) in enumerate(found.months)]
        yield rate, [(n * step, HIGH - float(of) * HIGH / 100) for n, of in told if of is not None]
