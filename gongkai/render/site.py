"""Everything of a site that is made anew for an edition, as jobs that can be done in any order."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.edition import Edition
from gongkai.model import Board, Value
from gongkai.render.artifact import Artifact
from gongkai.render.files import files
from gongkai.render.frame import Shell
from gongkai.render.pages import Pages
from gongkai.render.posters import Posters
from gongkai.render.screens import screen, screen_files
from gongkai.render.search import search_index
from gongkai.shelf import Shelf
from gongkai.terms import Channel


class Job(Value, frozen=True):
    """One thing to render, as plain data: what kind, and of which board or item."""

    kind: str
    name: str = ""


def jobs_of(edition: Edition) -> list[Job]:
    """Everything there is to render, the slow ones first so that workers finish together."""
    boards = [board.id for board in edition.library.boards]
    published = list(edition.published())
    on_paper = [
        one.item.id for one in published if one.hangs and Channel.POSTER in one.item.channels
    ]
    return [
        *(Job("board-poster", name) for name in boards),
        *(Job("poster", name) for name in on_paper),
        *(Job("screen", name) for name in boards),
        *(Job("board", name) for name in boards),
        *(Job(kind) for kind in ("home", "archive", "posters", "search", "screen-files", "files")),
        *(Job("item", one.item.id) for one in published if one.item.has_page),
    ]


class Renderer:
    """Does jobs of one edition."""

    def __init__(self, edition: Edition, shell: Shell, shelf: Shelf) -> None:
        self.edition, self.shell, self.shelf = edition, shell, shelf
        self.pages, self.papers = Pages(edition, shell), Posters(edition, shelf)
        self.boards = {board.id: board for board in edition.library.boards}

    def do(self, job: Job) -> Iterator[Artifact]:
        """The files of one job."""
        if job.kind in ("board", "screen", "board-poster"):
            yield self._of_board(job.kind, self.boards[job.name])
        elif job.kind == "item":
            yield from self.pages.item(self.edition.standings.by_id[job.name])
        elif job.kind == "poster":
            yield self.papers.item(self.edition.standings.by_id[job.name])
        else:
            yield from self._of_site(job.kind)

    def _of_board(self, kind: str, board: Board) -> Artifact:
        if kind == "screen":
            return screen(self.edition, board)
        return self.pages.board(board) if kind == "board" else self.papers.board(board)

    def _of_site(self, kind: str) -> Iterator[Artifact]:
        if kind == "search":
            yield from search_index(self.edition, self.shell)
        elif kind == "files":
            yield from files(self.edition)
        elif kind == "screen-files":
            yield from screen_files(self.edition)
        else:
            pages = self.pages
            page = {"home": pages.home, "archive": pages.archive, "posters": pages.posters}
            yield page[kind]()
