"""Which sheets an edition has: one an item, others where a board is told something else, and the
files that are bound of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from gongkai.domain.model import WALL_PHOTO, Board, Item, Site, Value
from gongkai.domain.sheets import fitting, size_of
from gongkai.domain.terms import Channel, Paper
from gongkai.render.shown import NEW_DAYS
from gongkai.render.tasks import Task
from gongkai.status.edition import Edition
from gongkai.status.standing import Standing

TILE = "A4"
"""What nearly every office has a printer for."""


def paper_of(item: Item, board: Board, site: Site) -> Paper:
    """On which paper an item's sheet for a board is set."""
    return fitting(item.paper or board.paper, site.largest_paper)


def is_told_apart(item: Item, board: Board, first: Board, site: Site) -> bool:
    """Has an item a sheet of its own for a ``board``, other than that for the ``first`` and all
    others: because its tables have a row of the board's workshop, or the paper or language is
    another?"""
    if board.lang != first.lang or paper_of(item, board, site) != paper_of(item, first, site):
        return True
    return bool(board.workshop) and _is_short(item) and _has_row(item, str(board.workshop))


_MOST_ROWS = 300
"""Rows of tables in which the own workshop's are looked for; more are no list of workshops, and
take half a second a board."""


def _is_short(item: Item) -> bool:
    return item.body.text.count("\n|") + sum(map(len, item.attached)) <= _MOST_ROWS


def _has_row(item: Item, workshop: str) -> bool:
    if workshop in item.body.text:
        row = rf"^[ \t]*\|?[ \t*_]*{re.escape(workshop)}[ \t*_]*\|"
        if re.search(row, item.body.text, re.MULTILINE):
            return True
    return any(row[:1] == (workshop,) for rows in item.attached for row in rows)


class KioskSheet(Value, frozen=True):
    """A sheet at the print kiosk: of which item, for which boards, where it lies below
    ``posters/``, and where it lies in parts, if it is larger than A4."""

    item: Item
    boards: tuple[Board, ...]
    path: str
    tiles: str
    paper: str


class UnseenSheet(Value, frozen=True):
    """A sheet whose hanging is part of its effect, and the boards on which nobody recorded having
    seen what it says now."""

    item: Item
    boards: tuple[Board, ...]


class Kit(Value, frozen=True):
    """What can be printed of a board at once: how many sheets are new, how many there are, and on
    which sizes of paper."""

    board: Board
    new: int
    count: int
    sizes: tuple[str, ...]


class Papers:
    """The sheets of one edition, as tasks."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.site = edition, edition.site
        self.boards = {board.id: board for board in edition.library.boards}

    @cached_property
    def printed(self) -> list[Board]:
        """The boards of which anything hangs on paper, or did."""
        every = self.boards.values()
        return [board for board in every if self.edition.view(board, Channel.POSTER).is_used]

    @cached_property
    def hanging(self) -> dict[str, list[Standing]]:
        """What hangs on the paper of each board, in its order."""
        view = self.edition.view
        return {board.id: [*view(board, Channel.POSTER).entries] for board in self.printed}

    @cached_property
    def _hung(self) -> dict[str, list[tuple[Standing, Task]]]:
        """The same with the sheet of each: its own, or that for all."""
        return {
            board: [(standing, self._sheet(standing, board)) for standing in ones]
            for board, ones in self.hanging.items()
        }

    def sheets(self) -> list[Task]:
        """Everything that is typeset, each once."""
        first = [Task("cover", board.id, ()) for board in self.printed]
        heard = [Task("heard", board.id, ()) for board in self.printed if self._has_heard(board.id)]
        posted = {standing.item.id: standing for ones in self.hanging.values() for standing in ones}
        shared = [self._shared(standing) for standing in posted.values()]
        own = [task for ones in self._hung.values() for _, task in ones if task.kind == "sheet"]
        return [*first, *heard, *shared, *own]

    def bundles(self) -> Iterator[Task]:
        """What is bound of them."""
        for board in self.hanging:
            yield Task("bundle", board, (f"posters/boards/{board}.pdf",))
            if self.parts("news", board):
                yield Task("news", board, (f"posters/new/{board}.pdf",))
            for size in self.sizes(board):
                yield Task("stack", f"{size}/{board}", (f"posters/paper/{size}/{board}.pdf",))

    def sizes(self, board: str) -> list[str]:
        """The sizes of paper that the sheets of a board are on, the smallest first."""
        found = {self._size(standing, board) for standing in self.hanging[board]} | {
            self._own_size(board)
        }
        return sorted(found, reverse=True)

    def kits(self) -> list[Kit]:
        """What can be printed at once, board by board."""
        return [
            Kit(
                board=self.boards[name],
                new=len(self.parts("news", name)),
                count=len(ones),
                sizes=tuple(self.sizes(name)),
            )
            for name, ones in self.hanging.items()
        ]

    def listed(self) -> list[KioskSheet]:
        """Every sheet once, in the order of the boards, with the boards that it hangs on."""
        found: dict[str, tuple[Standing, Task, list[Board]]] = {}
        for name, ones in self._hung.items():
            for standing, task in ones:
                found.setdefault(task.label, (standing, task, []))[2].append(self.boards[name])
        return [self._listed(*row) for row in found.values()]

    @cached_property
    def unseen(self) -> tuple[UnseenSheet, ...]:
        """What hangs on paper by law or by rule, or was recorded to, as far as it was not seen."""
        found: dict[str, tuple[Standing, list[Board]]] = {}
        for name, ones in self.hanging.items():
            for standing in ones:
                if self._must_hang(standing) and name not in self._seen(standing):
                    found.setdefault(standing.item.id, (standing, []))[1].append(self.boards[name])
        return tuple(
            UnseenSheet(standing.item, tuple(boards)) for standing, boards in found.values()
        )

    def _must_hang(self, standing: Standing) -> bool:
        """Objections are raised against what hangs; other paper, where the category asks for a
        photo of it, or where somebody records it."""
        item = standing.item
        needs = self.edition.library.category(item).needs
        return bool(item.notice or item.posted or set(WALL_PHOTO) & set(needs.documents))

    def _seen(self, standing: Standing) -> set[str]:
        """The boards on which a sheet was seen since it says what it says."""
        since = self.edition.entry(standing).told_since(Channel.POSTER)
        is_corrected = since > standing.item.first_day
        posted = standing.item.posted
        return {posting.board for posting in posted if not is_corrected or posting.date >= since}

    def _listed(self, standing: Standing, task: Task, boards: list[Board]) -> KioskSheet:
        paths = [path.removeprefix("posters/") for path in task.paths]
        return KioskSheet(
            item=standing.item,
            boards=tuple(boards),
            path=paths[0],
            tiles=next((path for path in paths if path.startswith("a4/")), ""),
            paper=paper_of(standing.item, boards[0], self.site).value,
        )

    def parts(self, kind: str, name: str) -> list[Task]:
        """What a bundle is bound of, in its order."""
        size, _, board = name.rpartition("/")
        ones = self._hung[board]
        if kind == "news":
            return [task for standing, task in ones if self.is_new(standing)]
        is_whole = not size or size == self._own_size(board)
        cover = [Task("cover", board, ())] if is_whole else []
        heard = [Task("heard", board, ())] if is_whole and self._has_heard(board) else []
        those = [task for standing, task in ones if not size or self._size(standing, board) == size]
        return [*cover, *those, *heard]

    def is_new(self, standing: Standing) -> bool:
        """Was it hung or corrected within the last days?"""
        since = self.edition.entry(standing).told_since(Channel.POSTER)
        return (self.edition.standings.today - since).days < NEW_DAYS

    def _has_heard(self, board: str) -> bool:
        return bool(self.edition.raised_on(self.boards[board]))

    def _size(self, standing: Standing, board: str) -> str:
        return size_of(paper_of(standing.item, self.boards[board], self.site))

    def _own_size(self, board: str) -> str:
        """The size of what is about the board itself: its cover, and what it has heard."""
        return size_of(fitting(self.boards[board].paper, self.site.largest_paper))

    def _first(self, standing: Standing) -> Board:
        return next(board for board in self.boards.values() if board.id in standing.boards)

    def _shared(self, standing: Standing) -> Task:
        """The sheet of an item for its only board or for all, its picture, and it in parts."""
        name, board = standing.item.id, self._first(standing).id
        parts = () if self._size(standing, board) == TILE else (f"posters/a4/{name}.pdf",)
        paths = (f"posters/items/{name}.pdf", f"posters/items/{name}.png", *parts)
        return Task("poster", name, paths)

    def _sheet(self, standing: Standing, board: str) -> Task:
        """The sheet of an item for a board: its own, or that for all."""
        item, first = standing.item, self._first(standing)
        is_alone = len(standing.boards) < 2
        if is_alone or not is_told_apart(item, self.boards[board], first, self.site):
            return self._shared(standing)
        path = f"posters/boards/{board}/{item.id}.pdf"
        return Task("sheet", f"{board}/{item.id}", (path,))
