"""整改意见书: what an inspection found, told to each department that has to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from gongkai.domain.model import Flaw, Inspection, Library
from gongkai.render.inspections import points_of
from gongkai.render.poster.typesetter import typeset_around
from gongkai.render.templates import RECTIFICATION
from gongkai.render.words import Words
from gongkai.status.inspections import board_of

_BOXES = (("told", 16), ("done", 42), ("again", 26))
"""What is written by hand: that it was received, what was done, what was seen when somebody looked
again; with the height in millimetres."""


def rectification_sheet(library: Library, inspection: Inspection, at: datetime) -> bytes:
    """The sheet of an inspection that found something, a part for each department."""
    data = _RectificationSheet(library, inspection, at.date()).data()
    return typeset_around(library.site, RECTIFICATION, data, {}, at)


class _RectificationSheet:
    """What one sheet says."""

    def __init__(self, library: Library, inspection: Inspection, today: date) -> None:
        self.library, self.one, self.today = library, inspection, today
        self.words = Words(library.site.lang)

    def data(self) -> dict[str, Any]:
        """Everything as data for the template."""
        t = self.words.t
        boxes = [
            {
                "title": t(f"rectification-{name}"),
                "hint": t(f"rectification-{name}-hint"),
                "sign": t("rectification-sign"),
                "height": height,
            }
            for name, height in _BOXES
        ]
        return {
            "lang": self.words.lang,
            "title": t("rectification"),
            "org": self.library.org.name,
            "facts": [{"label": label, "value": value} for label, value in self._facts()],
            "heads": [t(f"rectification-{name}") for name in ("number", "flaw", "due", "state")],
            "boxes": boxes,
            "parts": [self._part(dept, flaws) for dept, flaws in self._by_dept()],
        }

    def _facts(self) -> Iterator[tuple[str, str]]:
        one, words, t = self.one, self.words, self.words.t
        timing = words.name(one.timing) if one.timing else ""
        yield t("rectification-of"), one.id
        yield t("inspection"), " ".join(filter(None, (timing, words.name(one.way), one.by)))
        yield t("rectification-day"), words.day(one.date)
        if one.unit:
            yield t("rectification-unit"), one.unit
        if one.checked:
            yield self.library.checklist.title, points_of(one, words)
        if one.result:
            yield t("rectification-result"), one.result

    def _by_dept(self) -> list[tuple[str, list[Flaw]]]:
        found: dict[str, list[Flaw]] = {}
        for flaw in self.one.flaws:
            board = board_of(flaw, self.one, self.library)
            place = self.words.named(board) if board else self.one.unit
            found.setdefault(flaw.dept or place or self.library.org.name, []).append(flaw)
        return [*found.items()]

    def _part(self, dept: str, flaws: list[Flaw]) -> dict[str, Any]:
        rows = [
            (str(number), self._flaw_text(flaw), self.words.day(flaw.due), self._state(flaw))
            for number, flaw in enumerate(flaws, 1)
        ]
        says = self.words.t("rectification-says", count=len(flaws), day=self.one.date)
        return {"to": self.words.t("rectification-to", dept=dept), "says": says, "rows": rows}

    def _flaw_text(self, flaw: Flaw) -> str:
        point = self.library.checklist.point(flaw.point) if flaw.point else None
        if point is None:
            return flaw.text
        which = self.words.t("inspection-point", id=point.id)
        return f"{flaw.text}\n{which} {point.text}"

    def _state(self, flaw: Flaw) -> str:
        if flaw.mended and flaw.is_mended(self.today):
            return self.words.t("rectification-mended", day=flaw.mended)
        return ""
