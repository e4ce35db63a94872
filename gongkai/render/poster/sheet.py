"""What one item's sheet says, as data for the typesetter, in the order of importance: what can be
objected to and until when, the figures of the own workshop, the rest, and last the procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import structs

from gongkai.domain.glyphs import INVISIBLE
from gongkai.domain.model import Board
from gongkai.domain.terms import Channel, Kind
from gongkai.domain.text import Node, grid_of, plain_text, tables_in, width_of
from gongkai.render.attached import whole_body
from gongkai.render.codes import code, code_of
from gongkai.render.contact import reached
from gongkai.render.essential import Essential, essential, is_as_corrected
from gongkai.render.papers import paper_of
from gongkai.render.pictures import Picture
from gongkai.render.poster.setting import cut, set_body, told
from gongkai.render.poster.whole import marked, words_of
from gongkai.render.reading import changed, for_reading, places_of
from gongkai.render.shown import Fact, answering, show, steps_of, votes_of
from gongkai.render.words import Words
from gongkai.status.edition import Edition
from gongkai.status.standing import Standing

Sheet = dict[str, Any]
_MOST_DAYS = 10
"""Days of a window that have a box each; of a longer one nobody counts them."""
_MOST_CARDS = 3
"""Persons that have a card each; more are a table."""
_NAMED = ("姓名", "Name")


def sheet_of_item(
    edition: Edition,
    standing: Standing,
    board: Board,
    own: Board | None,
    pictures: Mapping[str, Picture],
) -> Sheet:
    """The sheet of an item in the language and on the paper of a ``board``; for that board alone if
    it is its ``own``, else for all boards that it hangs on."""
    return _Saying(edition, standing, board, own).sheet(pictures)


class _Saying:
    """One item for one sheet."""

    def __init__(
        self, edition: Edition, standing: Standing, board: Board, own: Board | None
    ) -> None:
        self.edition, self.standing, self.board, self.own = edition, standing, board, own
        self.item, self.words, self.site = standing.item, Words(board.lang), edition.site
        entry, library = edition.entry(standing), edition.library
        self.shown = show(library, entry, own, self.words, Channel.POSTER)
        self.workshop = own.workshop if own else None
        places = places_of(library)
        self.nodes = for_reading(whole_body(self.item), self.workshop, places)
        category = library.catalogue.categories[self.item.category]
        first = next(map(grid_of, tables_in(self.nodes)), None)
        found = essential(first, self.item, category, self.workshop, places)
        fixes = [correction.item for correction in self.shown.corrections]
        self.figure = found if found and is_as_corrected(found, fixes) else None

    def sheet(self, pictures: Mapping[str, Picture]) -> Sheet:
        """Everything at once."""
        item, words, shown, t = self.item, self.words, self.shown, self.words.t
        is_window = item.kind is Kind.NOTICE and item.notice is not None
        part = t("table-part", n="{n}", total="{total}")
        nodes = (*self._summary(), *(_carded(self.nodes) if is_window else self.nodes))
        paper = paper_of(item, self.board, self.site)
        setting = set_body(nodes, paper, pictures, part, self.workshop)
        notes = [marked(text, is_last=True) for text in votes_of(item, words)]
        title = INVISIBLE.sub("", item.title)
        return {
            **told(setting, [*notes, *shown.objection]),
            "board": t("board"),
            "org": self.edition.library.org.name,
            "place": self.workshop or "",
            "number": item.number or "",
            "kind": "" if item.kind is Kind.DISCLOSURE else shown.kind,
            "frame": is_window,
            "title": words_of(title),
            "plain": title,
            "again": t("continued-on", kind=shown.kind, title=cut(title)),
            "facts": [_pair(fact) for fact in self._facts()],
            "window": self._window() if is_window else None,
            "figure": _figure(self.figure),
            "pictures": bool(item.images),
            "fixes": list(self._fixes()),
            "notes": notes,
            "speak": t("object" if is_window else "objection"),
            "contacts": [_contact(text) for text in shown.objection],
            "fine": [_pair(fact) for fact in self._fine()],
            "stamp": t("stamp"),
            "sign": item.owner.dept,
            "signed": marked(words.day(shown.entry.told_since(Channel.POSTER))),
            "print": f"{item.id} · {t('version')} {self.standing.version}",
            "pages": t("sheet-of", n="{n}", total="{total}"),
            "goes-on": t("goes-on", n="{n}"),
            "codes": list(self._codes()),
            **self._take_down(),
        }

    def _summary(self) -> Iterator[Node]:
        """What it is about in a sentence, before the rest."""
        if self.item.summary:
            said = Node("strong", "", (Node("text", self.item.summary),))
            yield Node("paragraph", "", (said,))

    def _facts(self) -> Iterator[Fact]:
        """Since when and until when it hangs, and who answers for it."""
        item, words, t = self.item, self.words, self.words.t
        yield Fact(t("publish"), words.day(item.first_day))
        last = item.last_day
        yield Fact(t("hung-through"), words.day(last) if last else t("forever"))
        owner = item.owner
        yield Fact(t("owner"), answering(self.edition.library, owner.dept, owner.post))

    def _fine(self) -> Iterator[Fact]:
        """Where and about which time, and how it came about: the smallest on the sheet."""
        item, words, t = self.item, self.words, self.words.t
        if item.effective:
            yield Fact(t("effective"), words.day(item.effective))
        if not self.own or len(self.standing.boards) > 1:
            yield Fact(t("scope"), self._scope())
        if self.shown.period:
            yield Fact(t("period"), self.shown.period)
        if item.steps:
            yield Fact(t("how-it-came"), t("semicolon").join(steps_of(item, words)))
        if item.approval:
            approval = item.approval
            when = words.short(approval.date) if approval.date else ""
            yield Fact(t("approval"), " ".join(filter(None, (approval.by, when, approval.ref))))
        if item.legal_basis:
            yield Fact(t("legal-basis"), t("list-comma").join(item.legal_basis))
        if self.shown.original:
            yield Fact(t("corrects").rstrip("：:"), self.shown.original.item.title)
        one = self.standing
        if one.review_by and one.hangs and not one.is_followed:
            key = "next-period" if item.period else "next-review"
            yield Fact(t(key), words.day(one.review_by))

    def _scope(self) -> str:
        boards = self.edition.library.boards
        places = [
            board.workshop or board.title for board in boards if board.id in self.standing.boards
        ]
        if 1 < len(places) == len(boards):
            return self.words.t("all-boards")
        return self.words.t("list-comma").join(places)

    def _window(self) -> Sheet | None:
        """Days on which objections may be raised, with a box a day unless they are many."""
        if self.item.notice is None:
            return None
        words, days = self.words, self.shown.left
        first, last = self.item.notice.first, self.item.notice.last
        key = "window-day" if first == last else "window-open"
        count = words.t(f"count-{self.shown.unit.value}", count=len(days))
        boxes = [[words.weekday(day), str(day.day)] for day in days]
        return {
            "says": marked(words.t(key, first=words.short(first), last=words.short(last))),
            "count": marked(count),
            "last": words.t("window-last"),
            "days": boxes if len(boxes) <= _MOST_DAYS else [],
        }

    def _fixes(self) -> Iterator[Sheet]:
        """What was corrected, of the item itself or of one that corrects another."""
        for standing in [self.standing] if self.item.correction else self.shown.corrections:
            if standing.item.correction is None:
                continue
            lines = [
                self.words.t(
                    "changed",
                    where=change.where,
                    old=changed(change.old, change.where),
                    new=changed(change.new, change.where),
                )
                for change in standing.item.correction.changes
            ]
            lines.append(self.words.t("reason", reason=standing.item.correction.reason))
            text = self.words.t("semicolon").join(lines)
            yield {
                "head": marked(
                    self.words.t("fixed", day=self.words.short(standing.item.first_day))
                ),
                "text": marked(text, is_last=True),
            }

    def _codes(self) -> Iterator[Sheet]:
        """What a telephone reads, with a line that says what for."""
        address = code(self.site, f"items/{self.item.id}/?v={self.standing.version}")
        if address:
            yield {"svg": address, "says": self.words.t("valid")}
        if form := code_of(self.edition.library.org.form(self.item.id)):
            yield {"svg": form, "says": self.words.t("speak-scan")}

    def _take_down(self) -> Sheet:
        """Until when a sheet hangs, and the same to be read from two metres."""
        words, last = self.words, self.item.last_day
        if last is None:
            from_day = words.t("hangs-from", day=self.item.first_day)
            return {"until": marked(from_day), "take-down": words.t("take-down-never")}
        return {
            "until": marked(words.t("hangs-until", day=last)),
            "take-down": marked(words.t("take-down", day=words.short(last))),
        }


def _pair(fact: Fact) -> Sheet:
    return {"label": fact.label, "value": marked(fact.value)}


def _figure(one: Essential | None) -> Sheet | None:
    if one is None:
        return None
    beside = [{"label": label, "value": value} for label, value in one.beside]
    return {"label": one.label, "value": one.value, "beside": beside}


def _contact(text: str) -> Sheet:
    """Whom to tell; ``ends`` is the same as ``how``, for where it takes more than a line."""
    one = reached(text)
    ends = marked(one.how, is_last=True)
    return {"who": one.who, "how": one.how, "more": one.more, "ends": ends}


def _carded(nodes: Sequence[Node]) -> Iterator[Node]:
    """Tables of up to three persons as a card each."""
    for node in nodes:
        yield structs.replace(node, kind="cards") if _is_of_few(node) else node


def _is_of_few(node: Node) -> bool:
    if node.kind != "table" or not 1 < len(node.children) <= _MOST_CARDS + 1:
        return False
    heads = [plain_text((cell,)).strip() for cell in node.children[0].children]
    cells = [plain_text((cell,)) for row in node.children[1:] for cell in row.children]
    is_short = all(width_of(cell) <= 24 for cell in cells)
    return 2 < len(heads) <= 8 and heads[0] in _NAMED and is_short
