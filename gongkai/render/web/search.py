"""What is found: what hangs in Material's box, and what hung before on the archive's page.

While everything together is small, it is all in one file. Of more, a browser would have to fetch
megabytes before the first hit; then what hangs lies in pieces, and what is past by the month, the
newest of which the archive's page looks through first. Material's own index stays empty: it goes by
words, which Chinese does not part, and guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec
from markupsafe import Markup

from gongkai.domain.terms import Channel, State
from gongkai.render.artifact import Artifact
from gongkai.render.html import read_text
from gongkai.render.shown import notes_of
from gongkai.render.web.pieces import FOLDER, Layout, SearchLine, lay_out, piece_files
from gongkai.render.words import Words
from gongkai.status.edition import Entry
from gongkai.status.opinions import Raised
from gongkai.status.standing import Standing

INDEX = f"{FOLDER}/search_index.json"
"""Material's index."""
WHOLE = f"{FOLDER}/whole.json"
"""Everything that is fetched at once: the ordinary pages, and of a small site the rest."""
ABOUT = f"{FOLDER}/about.json"
"""How the search is laid out, what it says, and what people say instead of what the boards call
it."""
LARGEST = 250_000
"""Bytes of what is fetched at once."""
PAGES_AT_ONCE = 60_000
"""Bytes of ordinary pages and opinions that are fetched at once beside what lies in pieces."""
OF_MONTH = 60_000
"""Characters of what is past in one file, of which a month may have several."""
OPINIONS = "opinions/"
"""Where opinions are told of."""
_SPEAK = "object/index.html"
"""The page that says how to speak up, where a site has one."""
_SAYS = ("none", "found", "first", "called", "and", "speak", "past")


class Search:
    """What a site's search is made of: everything in one file while that is small; of more what
    hangs in pieces, and what is past by the month.

    ``made`` is the index that MkDocs made of its own pages, the files of which are ``pages``;
    ``entries`` are what is or was up, ``raised`` the opinions that are told of; ``called`` leads
    from what people say to what boards call it.
    """

    def __init__(
        self,
        made: bytes,
        pages: Iterable[str],
        entries: Iterable[Entry],
        raised: Iterable[Raised],
        called: Mapping[str, tuple[str, ...]],
        words: Words,
    ) -> None:
        index = msgspec.json.decode(made)
        self.heard = [_heard(one, words) for one in raised if not one.opinion.private]
        self.pages = [*self.heard, *map(_page, index["docs"])]
        self.emptied = msgspec.json.encode({**index, "docs": []})
        self.words, self.called = words, called
        self.speak = _SPEAK.removesuffix("index.html") if _SPEAK in pages else ""
        self.hanging: list[Entry] = []
        past: dict[tuple[int, int], list[Entry]] = {}
        for one in filter(_is_found, entries):
            (past.setdefault(_month(one), []) if _is_past(one) else self.hanging).append(one)
        self.hanging.sort(key=_month, reverse=True)
        newest = sorted(past, reverse=True)
        self.at_once = [*self.hanging, *(entry for month in newest for entry in past[month])]
        self.months: Mapping[str, list[Entry]] = {}
        self.far_pages: list[SearchLine] = []
        if not self._is_small:
            self.at_once = []
            if len(msgspec.json.encode(self.pages)) > PAGES_AT_ONCE:
                self.far_pages, self.pages = self.pages, []
            self.months = {
                f"{year:04}-{month:02}{'' if part == 1 else f'-{part}'}": entries
                for year, month in newest
                for part, entries in enumerate(_files_of(past[year, month]), 1)
            }

    @property
    def _is_small(self) -> bool:
        """Has one file room for everything? It is only made where that is likely."""
        if sum(map(_length, self.at_once)) > LARGEST:  # most characters take three bytes
            return False
        return len(self.whole()) <= LARGEST

    @cached_property
    def layout(self) -> Layout | None:
        """How the pieces of what hangs are laid out, where not everything is fetched at once."""
        is_far = not self.at_once and (self.hanging or self.far_pages)
        return lay_out(self._lengths()) if is_far else None

    def _lengths(self) -> list[int]:
        """Of what lies in pieces: what hangs, and then the pages."""
        return [*map(_length, self.hanging), *(len(page.text) for page in self.far_pages)]

    def among(self, kind: str, month: str) -> list[Entry]:
        """What a file of the search is made of: ``whole``, ``month``, ``pieces`` or another."""
        found = {"whole": self.at_once, "month": self.months.get(month, []), "pieces": self.hanging}
        return found.get(kind, [])

    def files(self, kind: str, name: str, path: str) -> Iterator[Artifact]:
        """What comes of a task."""
        match kind:
            case "index":
                yield Artifact(path, self.emptied)
            case "whole":
                yield Artifact(path, self.whole())
            case "month":
                yield Artifact(path, self.month(name))
            case "pieces":
                pages = [page._replace(id=f"/{page.id}") for page in self.far_pages]
                lines = [*map(self._line, self.hanging), *pages]
                yield from piece_files(lines, self._lengths())
            case _:
                yield Artifact(path, self.about())

    def whole(self) -> bytes:
        """What hangs, the ordinary pages, and what is past, by their addresses."""
        hanging = [_addressed(self._line(entry)) for entry in self.at_once if not _is_past(entry)]
        past = [_addressed(self._line(entry)) for entry in self.at_once if _is_past(entry)]
        return msgspec.json.encode([*hanging, *self.pages, *past]) + b"\n"

    def month(self, name: str) -> bytes:
        """What is past of a month, or a part of it."""
        return msgspec.json.encode([self._line(month) for month in self.months[name]]) + b"\n"

    def about(self) -> bytes:
        """How it is laid out, the months of what is past, the newest first, and what is said."""
        says = {
            say: self.words.t(f"find-{say}", word="{word}", n="{n}", names="{names}")
            for say in _SAYS
        }
        told = {"months": [*self.months], "far": self.layout, "speak": self.speak}
        return msgspec.json.encode({**told, "says": says, "called": self.called}) + b"\n"

    def _line(self, entry: Entry) -> SearchLine:
        """An item as it is found, with all that its page says of it."""
        item = entry.item
        mark = self.words.t(f"state-{_state(entry.standing)}") if _is_past(entry) else ""
        text = _JOINT.join(filter(None, (read_text(item.body), *_texts_beside(entry, self.words))))
        return SearchLine(item.id, item.title, text, mark)


def _texts_beside(entry: Entry, words: Words) -> Iterator[str | None]:
    """What a page says of an item besides its text."""
    item = entry.item
    yield from (cell for rows in item.attached for row in rows for cell in row)
    yield from (table.caption for table in item.tables)
    yield item.summary
    yield words.name(item.kind)
    yield item.number
    yield words.period(item.period)
    yield words.category(entry.category)
    yield item.owner.dept
    yield item.owner.post
    yield item.approval.by if item.approval else None
    yield item.notice.channel if item.notice else None
    yield from notes_of(entry, words)
    for review in item.reviewed:
        yield from (review.by, review.checked)
    for one in (item, *(fix.item for fix in entry.corrections_in(Channel.WEB))):
        for change in one.correction.changes if one.correction else ():
            yield from (change.where, change.old, change.new)
    yield from (file.called for file in item.attachments)
    yield words.t("legal-basis") if item.legal_basis else None
    yield from item.legal_basis


def _length(entry: Entry) -> int:
    """About how many characters of it are found, which is enough for a layout."""
    item = entry.item
    return len(item.body.text) + sum(
        len(cell) + len(_JOINT) for rows in item.attached for row in rows for cell in row
    )


def _files_of(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """What is past of a month, in files that are soon fetched."""
    file, size = list[Entry](), 0
    for entry in entries:
        size += _length(entry)
        if file and size > OF_MONTH:
            yield file
            file, size = [], _length(entry)
        file.append(entry)
    yield file


_JOINT = " · "
"""Stands between what a page says besides its text."""


def _heard(one: Raised, words: Words) -> SearchLine:
    """An opinion as the page of opinions tells it."""
    opinion = one.opinion
    told = (opinion.text, opinion.dept, words.stands(one), opinion.reply if one.is_answered else "")
    title = f"{words.t('opinions')} {opinion.id}"
    return SearchLine(OPINIONS, title, _JOINT.join(filter(None, told)))


def _is_found(entry: Entry) -> bool:
    """Does the web show anything of it?"""
    is_taken = entry.standing.state is State.WITHDRAWN
    return Channel.WEB in entry.item.channels and not entry.is_gone and not is_taken


def _month(entry: Entry) -> tuple[int, int]:
    publish = entry.item.publish
    return publish.year, publish.month


def _is_past(entry: Entry) -> bool:
    return not entry.standing.hangs


def _addressed(line: SearchLine) -> SearchLine:
    return line._replace(id=f"items/{line.id}/")


def _page(document: Mapping[str, str]) -> SearchLine:
    """An ordinary page, or a part of one, out of what MkDocs made of it, which is HTML."""
    title, text = (Markup(document[name]).striptags() for name in ("title", "text"))  # noqa: S704
    return SearchLine(document["location"], title, text)


def _state(standing: Standing) -> str:
    return "superseded" if standing.freshness and not standing.hangs else standing.state.value
