"""审批单: one sheet of A4 on which an item is approved, whether or not it is up yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pypdfium2
from msgspec import structs

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Group, Item, Library
from gongkai.domain.terms import State, StepName
from gongkai.render.codes import code
from gongkai.render.poster.posters import Posters
from gongkai.render.poster.typesetter import typeset_around
from gongkai.render.templates import APPROVAL
from gongkai.render.words import Words
from gongkai.rules.needs import Requirements
from gongkai.status.edition import make_edition
from gongkai.status.standing import Standing, proposed_version, stand

_BOXES = (StepName.PROPOSE, StepName.REVIEW, None, StepName.DISCLOSE)
"""Who signs before it is filed; None for the approval."""


def approval_sheet(library: Library, item: Item, at: datetime) -> bytes:
    """The sheet of an item as it will hang on its first day, printed at an instant. UsageError when
    it hangs nowhere, or when nothing of it may be told."""
    if item.withdrawn and item.withdrawn.hide:
        raise UsageError("error.hidden", found=item.id)
    poster = _as_it_will_hang(library, item)
    data = _ApprovalSheet(library, item, Words(library.site.lang)).data(poster)
    return typeset_around(library.site, APPROVAL, data, {"sheet.pdf": poster}, at)


def _as_it_will_hang(library: Library, item: Item) -> bytes:
    """Its own sheet on its first day, even of a draft."""
    shown = structs.replace(item, draft=False)
    items = tuple(shown if one.id == item.id else one for one in library.items)
    standings = stand(structs.replace(library, items=items), item.publish)
    edition = make_edition(standings)
    return Posters(edition).pdf(_hanging(standings.by_id[item.id], library))


def _hanging(standing: Standing, library: Library) -> Standing:
    known = tuple(name for name in standing.item.boards if library.board(name))
    if not known:
        raise UsageError("error.hangs-nowhere", found=standing.item.id)
    return structs.replace(standing, state=State.CURRENT, boards=known, review_by=None)


class _ApprovalSheet:
    """What one approval sheet says."""

    def __init__(self, library: Library, item: Item, words: Words) -> None:
        self.library, self.item, self.words = library, item, words
        self.version = proposed_version(item)

    def data(self, poster: bytes) -> dict[str, Any]:
        """Everything as data for the template."""
        t, pages = self.words.t, _sizes(poster)
        width, height = pages[0]
        return {
            "lang": self.words.lang,
            "title": self.item.title,
            "org": self.library.org.name,
            "sheet": t("approval-sheet"),
            "pages": pages,
            "is-wide": width > height,
            "facts": [*self._facts(len(pages))],
            "version": self.version,
            "version-label": t("approval-version"),
            "code": code(self.library.site, f"items/{self.item.id}/"),
            "code-says": t("approval-code"),
            "needs-label": t("approval-needs"),
            "needs": t("list-comma").join(self._needs()),
            "heads": [t(f"approval-{name}") for name in ("step", "name", "date", "result")],
            "boxes": [*self._boxes()],
            "hint": t("approval-hint", version=self.version),
        }

    def _facts(self, sheets: int) -> Iterator[dict[str, str]]:
        """What it is, and since when, until when and where it will hang."""
        for label, value in self._labelled(sheets):
            yield {"label": label, "value": value}

    def _labelled(self, sheets: int) -> Iterator[tuple[str, str]]:
        item, words, t = self.item, self.words, self.words.t
        yield t("category-label"), words.category(self.library.category(item))
        if item.number:
            yield t("number-label"), item.number
        if item.period:
            yield t("period"), words.period(item.period)
        yield t("publish"), words.day(item.first_day)
        yield t("expires"), words.day(item.last_day) if item.last_day else t("forever")
        boards = [board.title for board in self.library.boards if board.id in item.boards]
        is_everywhere = 1 < len(boards) == len(self.library.boards)
        yield t("scope"), t("all-boards") if is_everywhere else t("list-comma").join(boards)
        yield t("owner"), " ".join(filter(None, (item.owner.dept, item.owner.post)))
        if sheets > 1:
            yield t("approval-sheets"), str(sheets)

    def _needs(self) -> Iterator[str]:
        """What its category needs besides an approval: to be looked at before one signs."""
        needs, words = Requirements(self.library).needs(self.item), self.words
        if needs.steps:
            yield words.t("list-comma").join(words.name(step) for step in needs.steps)
        if needs.act:
            yield words.t("act", act=words.name(needs.act))
        yield from needs.documents

    def _boxes(self) -> Iterator[dict[str, str]]:
        """Who signs, with what is already recorded."""
        words, approval = self.words, self.item.approval
        for name in _BOXES:
            box = {"who": self._who(name), "by": "", "date": "", "result": ""}
            if name is None:
                box["step"] = words.t("approval")
                if approval:
                    when = words.short(approval.date) if approval.date else ""
                    box |= {"by": approval.by, "date": when, "result": approval.ref or ""}
            else:
                box["step"] = words.name(name)
                for step in (step for step in self.item.steps if step.step is name and step.date):
                    when = words.short(step.date)
                    box |= {"by": step.by or "", "date": when, "result": step.result or ""}
            yield box
        yield {"step": words.t("approval-filed"), "who": "", "by": "", "date": "", "result": ""}

    def _who(self, name: StepName | None) -> str:
        """Who is expected to sign, as far as the factory's own groups tell."""
        if name is StepName.PROPOSE:
            return self.item.owner.dept
        if name is None:
            return _leading(self.library.org.groups)
        return ""


def _leading(groups: tuple[Group, ...]) -> str:
    return groups[0].name if groups else ""


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(page.get_size()[0], page.get_size()[1]) for page in document]
    finally:
        document.close()
