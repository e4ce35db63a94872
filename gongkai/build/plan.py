"""Everything of a site that is made for an edition, as tasks that can be done in any order.

A task says by its key what it would make: with an equal key it makes equal bytes, so it need not
be done again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from gongkai.build.kinds import KINDS
from gongkai.domain.model import Board, Count, File, Item, Value
from gongkai.domain.terms import Channel, State
from gongkai.files.artifact_cache import Shelf
from gongkai.files.program_version import fingerprint
from gongkai.render import subscriptions
from gongkai.render.artifact import Artifact
from gongkai.render.built import stamped
from gongkai.render.frame import Shell
from gongkai.render.months import Series, is_told_by_months
from gongkai.render.papers import Papers
from gongkai.render.screen.letters import letter_files, rare_in
from gongkai.render.screen.screens import carried, screen_files
from gongkai.render.tasks import Task
from gongkai.render.templates import Sources, font_hashes, poster_sources
from gongkai.render.web.files import files_of
from gongkai.render.web.forms import form_files
from gongkai.render.web.pages import ARCHIVE, Pages, media_path, past_by_year
from gongkai.render.web.search import INDEX, Search
from gongkai.render.words import Words
from gongkai.source.site import ENGLISH
from gongkai.status.deadlines import Deadline, deadlines
from gongkai.status.edition import Edition, Entry, View
from gongkai.status.standing import Standing
from gongkai.status.surveys import appraisals

if TYPE_CHECKING:
    from gongkai.render.poster.posters import Posters

_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
_PARTS = msgspec.msgpack.Decoder(list[bytes])
_JSON = msgspec.json.Encoder(enc_hook=str)


class Made(NamedTuple):
    """What came of a task: files, and of an item as a record its line in the manifest."""

    files: tuple[Artifact, ...]
    record: bytes = b""


class Work(Value, frozen=True):
    """What has to be there to do any task."""

    edition: Edition
    shell: Shell
    english: Work | None = None


class Plan:
    """The tasks of an edition, and what stands for all that goes into each."""

    def __init__(self, work: Work, main: Plan | None = None) -> None:
        self.work, self.edition, self.shell = work, work.edition, work.shell
        self.library, self.site = work.edition.library, work.edition.site
        self._owns: dict[Task, bytes] = {}
        self._tolds: dict[str, bytes] = {}
        self._styles: dict[str, bytes] = {}
        self._pasts: dict[str, bytes] = {}
        self._hangings: dict[tuple[str, ...], bytes] = {}
        self.boards = {board.id: board for board in self.library.boards}
        self.main = main
        self.english = Plan(work.english, self) if work.english else None

    def version(self, standing: Standing) -> str:
        """The version of an item: that of what it was written in, in any language."""
        known = self.main.edition.standings.by_id if self.main else {}
        return known.get(standing.item.id, standing).version

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Everything that is or was up, by id."""
        return {
            standing.item.id: self.edition.entry(standing) for standing in self.edition.published()
        }

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Files beside items, by their paths in the site: of what is or was up, and the pictures of
        what a screen shows by itself when its time comes."""
        up = dict(self.beside())
        soon = [
            standing.item
            for standing in self.carried.values()
            if standing.item.id not in self.entries
        ]
        return up | {media_path(image): image for item in soon for image in item.images}

    def beside(self) -> Iterator[tuple[str, File]]:
        """The files beside what is or was up, by their paths in the site."""
        for standing in self.edition.published():
            if standing.item.images or standing.item.attachments:
                yield from files_of(self.edition.entry(standing))

    def published(self, name: str) -> Standing | None:
        """What is or was up under an id or a former one."""
        one = self.edition.standings.by_id.get(name) or self.former.get(name)
        return one if one and one.state not in (State.DRAFT, State.SCHEDULED) else None

    @cached_property
    def former(self) -> Mapping[str, Standing]:
        """Items by their former ids."""
        published = self.edition.published()
        return {name: standing for standing in published for name in standing.item.aliases}

    @cached_property
    def theme_files(self) -> Mapping[str, Path]:
        """The files of the theme that screens and forms consist of, by their paths in the site."""
        root, forms = self.site.root, self.site.forge
        found = {**dict(screen_files(root)), **dict(letter_files(self.site))}
        return {**found, **dict(form_files(root))} if forms else found

    @cached_property
    def carried(self) -> Mapping[str, Standing]:
        """Everything that a screen is told of, by id."""
        boards = self.library.boards
        return {
            standing.item.id: standing
            for board in boards
            for standing, _ in carried(self.edition, board)
        }

    @cached_property
    def ahead(self) -> tuple[Deadline, ...]:
        """What falls due in the days to come."""
        return deadlines(self.edition.standings)

    @cached_property
    def subscribed(self) -> list[tuple[str, str, str]]:
        """The kind, the name and the path of each calendar and feed."""
        return [*subscriptions.names(self.edition, self.ahead)]

    @cached_property
    def rare(self) -> str:
        """The characters of screens that every box has to be given."""
        items = [standing.item for standing in self.carried.values()]
        told_of = (*items, *self.library.boards, self.library.org)
        return rare_in(self.site.root, (_JSON.encode(value).decode() for value in told_of))

    @cached_property
    def past(self) -> Mapping[str, list[Standing]]:
        """What was shown before, by the year of its first day."""
        return past_by_year(self.edition)

    def tasks(self) -> list[Task]:
        """Everything there is to make, the slow things first so that workers finish together."""
        own = (task for kind in KINDS.values() for task in kind.tasks(self))
        return [*own, *self._in_english()]

    def _in_english(self) -> Iterator[Task]:
        """The pages once more. What hangs on a wall has one language, that of its board."""
        for task in self.english.tasks() if self.english else ():
            if KINDS[task.kind].is_framed or KINDS[task.kind].is_translated:
                paths = tuple(ENGLISH + path for path in task.paths)
                yield task._replace(paths=paths, below=ENGLISH)

    @cached_property
    def search(self) -> Search | None:
        """What the search of the site is made of, if it has one."""
        if INDEX not in self.shell.files:
            return None
        made = (self.shell.folder / INDEX).read_bytes()
        called = self.library.catalogue.called
        entries, pages = self.entries.values(), self.shell.files
        raised, words = self.edition.raised, Words(self.site.lang)
        return Search(made, pages, entries, raised, called, words)

    @cached_property
    def papers(self) -> Papers:
        """What is printed."""
        return Papers(self.edition)

    @cached_property
    def sheets(self) -> list[Task]:
        """Everything that is typeset of boards and items."""
        return self.papers.sheets()

    @cached_property
    def bundles(self) -> list[Task]:
        """What is bound of it."""
        return [*self.papers.bundles()]

    @property
    def years(self) -> Collection[str]:
        """The years that have a page of their own: where what was shown before is much."""
        return self.past if sum(map(len, self.past.values())) > ARCHIVE else ()

    def key(self, task: Task) -> bytes:
        """What stands for all that goes into a task: with an equal key it makes equal bytes."""
        own = self.own(task)
        return _hash(own + self._moment) if task.is_timed else own

    @cached_property
    def _moment(self) -> bytes:
        return self.edition.now.isoformat().encode()

    def own(self, task: Task) -> bytes:
        """The same but for the instant of the build, which is stamped in at the end."""
        if task.below and self.english:
            return self.english.own(task.inner)
        found = self._owns.get(task)  # asked for once more where it is kept on the shelf
        if found is None:
            parts = [self._style(task.kind), *KINDS[task.kind].inputs(self, task)]
            day = [str(self.edition.standings.today)] if task.is_timed else []
            found = self._owns[task] = _digest([*parts, *day])
        return found

    def hung(self, name: str) -> bytes:
        """What stands for the boards that an item hangs on."""
        boards = self.entries[name].standing.boards
        found = self._hangings.get(boards)
        if found is None:
            found = self._hangings[boards] = b"".join(map(self.board, boards))
        return found

    def before(self, board: Board) -> list[bytes]:
        """What was up on a board earlier and is of the series that are up now."""
        views = (self._view(board, channel) for channel in (Channel.WEB, Channel.SCREEN))
        up = [standing.item for view in views for standing in view.entries]
        rows = sorted({item.category for item in up if item.period})
        return [self.told(name) for row in rows for name in self._series.get((row, board.id), ())]

    def earlier(self, entry: Entry) -> list[bytes]:
        """What stands for earlier periods of an item whose page shows its figure over time."""
        if not is_told_by_months(entry):
            return []
        return [self.told(item.id) for item in self._figures.before(entry.item)]

    @cached_property
    def _figures(self) -> Series:
        return Series(self.edition, Words(self.site.lang), Channel.WEB)

    @cached_property
    def _series(self) -> Mapping[tuple[str, str], list[str]]:
        """What is or was up and is about a period, by category and board."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, entry in self.entries.items():
            for board in entry.item.boards if entry.item.period else ():
                found[entry.item.category, board].append(name)
        return found

    def year(self, year: str) -> bytes:
        """What stands for a year of what was shown before."""
        found = self._pasts.get(year)
        if found is None:
            told = [self.told(standing.item.id) for standing in self.past[year]]
            found = self._pasts[year] = _digest(told)
        return found

    def _view(self, board: Board, channel: Channel) -> View:
        return self.edition.view(board, channel)

    def is_blank(self, board: str) -> bool:
        """Does nothing hang on a board's paper? Its one sheet tells the day on which that is so."""
        return not self._view(self.boards[board], Channel.POSTER).entries

    def told(self, name: str) -> bytes:
        """What stands for an item and everything that is told beside it."""
        found = self._tolds.get(name)
        if found is None:
            entry = self.entries.get(name)
            if entry is None:  # it begins within a board's horizon
                entry = self.edition.entry(self.edition.standings.by_id[name])
            found = self._tolds[name] = _hash(_entry_digest(entry))
        return found

    def board(self, name: str) -> bytes:
        """What stands for a board."""
        return self._boards.get(name, b"")

    @cached_property
    def appraised(self) -> Mapping[str, Count]:
        """What workers say of single items."""
        return appraisals(self.library, self.edition.standings.today)

    @cached_property
    def places(self) -> bytes:
        """What stands for all boards."""
        return b"".join(self._boards.values())

    @cached_property
    def _boards(self) -> Mapping[str, bytes]:
        return {name: _digest(board) for name, board in self.boards.items()}

    def seen(self, board: Board, channel: Channel) -> list[Any]:
        """Everything that is shown of a board in a channel, in its order."""
        view = self._view(board, channel)
        sections = [
            (
                section.id,
                section.name,
                section.last and self.told(section.last.item.id),
                [self.told(entry.item.id) for entry in section.entries],
            )
            for section in view.sections
        ]
        first = [
            [standing.item.id for standing in ones]
            for ones in (view.notices, view.late, view.urgent)
        ]
        is_printed = self._view(board, Channel.POSTER).is_used
        return [self.board(board.id), is_printed, sections, first, self.edition.answers]

    @cached_property
    def _common(self) -> bytes:
        """What every page may tell or depend on, whatever it is about."""
        site, catalogue = self.site, self.library.catalogue
        about = (site.lang, site.name, site.url, site.zone.key, site.largest_paper)
        below = site.is_below, self.english is not None
        return _digest([fingerprint(), *about, self.library.org, catalogue, below])

    def _style(self, kind: str) -> bytes:
        """How a kind of thing looks: its templates and its frame."""
        found = self._styles.get(kind)
        if found is None:
            found = self._styles[kind] = self._style_of(kind)
        return found

    @cached_property
    def paper(self) -> bytes:
        """How everything that is typeset looks."""
        root = self.site.root
        return _digest([poster_sources(root), self.site.fonts, font_hashes(root)])

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.site.root)

    def _style_of(self, kind: str) -> bytes:
        texts: list[Any] = [self._sources.of(name) for name in KINDS[kind].templates]
        return _digest([kind, self._common, self.shell.frames.get(kind), *texts])


def _entry_digest(entry: Entry) -> bytes:
    """An item and all that is told beside it, in as few words as tell it from any other.

    The item itself is told by the digest of its files; what else it depends on is when it is seen
    and which item it corrects, and its category. What stands beside it is told in full.
    """
    one, item = entry.standing, entry.item
    thread = [
        (it.item.id, it.item.source, it.state, it.item.outcome, _decided(it.item))
        for it in entry.thread
    ]
    is_alone = not (item.corrects or entry.corrections or thread)
    if one.state is State.EXPIRED and one.is_whole and is_alone:
        return _ENCODER.encode((item.source, item.path, one.boards))  # nothing else can change
    seen = (item.source, item.path, item.id, item.expires, item.withdrawn, item.outcome is None)
    steps = [step.date is not None for step in item.steps]
    dated = (steps, len(item.reviewed), _decided(item), entry.is_open)
    stands = (one.state, one.freshness, one.review_by, one.boards, one.left, one.followed)
    beside = (entry.corrections, entry.original, entry.successor)
    replied = [
        (opinion.id, opinion.received, opinion.replied, opinion.result)
        for opinion in entry.opinions
    ]
    return _ENCODER.encode((seen, dated, stands, beside if any(beside) else None, thread, replied))


def _decided(item: Item) -> tuple[int, bool, bool]:
    """Which of an item's dated decisions there are."""
    return len(item.congress), item.approval is None, item.hearing is None


def _digest(value: Any) -> bytes:
    """A digest of a value and of everything in it."""
    return _hash(_ENCODER.encode(value))


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


class Renderer:
    """Does tasks of one edition."""

    def __init__(self, plan: Plan, shelf: Shelf) -> None:
        self.plan, self.edition, self.shelf = plan, plan.edition, shelf
        english = plan.english is not None
        self.pages = Pages(plan.edition, plan.shell, plan.past, has_english=english)
        self.words = Words(plan.site.lang)
        self.english = Renderer(plan.english, shelf) if plan.english else None

    def make(self, task: Task) -> Made:
        """What comes of a task."""
        if task.below and self.english:
            made = self.english.make(task.inner)
            files = (Artifact(task.below + file.path, file.data) for file in made.files)
            return made._replace(files=tuple(files))
        kind = KINDS[task.kind]
        if not task.is_timed:
            return Made(kind.make(self, task), kind.record(self, task))
        page = self.shelf.get(self.plan.own(task).hex(), lambda: kind.make(self, task)[0].data)
        return Made((Artifact(task.paths[0], stamped(page, self.edition.now)),))

    def drawn(self, task: Task) -> list[bytes]:
        """The files of something typeset, as they are on the shelf or drawn now."""
        draw = KINDS[task.kind].draw
        assert draw, f"{task.kind} is no sheet"
        key, name = self.plan.own(task).hex(), task.name
        return _PARTS.decode(self.shelf.get(key, lambda: _ENCODER.encode(draw(self, name))))

    @cached_property
    def papers(self) -> Posters:
        """What draws posters."""
        # 265 ms; most runs draw no paper.
        from gongkai.render.poster.posters import Posters

        return Posters(self.edition)

    def standing(self, name: str) -> Standing:
        """How an item stands."""
        return self.edition.standings.by_id[name]
