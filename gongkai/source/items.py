"""Items: front matter and body, read strictly, then completed from category and boards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import structs

from gongkai.domain.calendar import Period
from gongkai.domain.finding import Finding
from gongkai.domain.model import (
    ELEMENTS,
    Catalogue,
    Category,
    Enclosure,
    File,
    Item,
    Posting,
    Privacy,
    Site,
    Stub,
    Vote,
    Window,
)
from gongkai.domain.terms import Channel
from gongkai.domain.text import Body
from gongkai.domain.text import Node as Part
from gongkai.files.reading import Refused, read_bytes
from gongkai.source.beside import IMAGES, MOST_BESIDE, AttachedTable, find_beside, read_table
from gongkai.source.document import finding_of
from gongkai.source.files import LARGEST_TEXT, decoded, read_text
from gongkai.source.item_shape import ALL_BOARDS, item_shape
from gongkai.source.kept import digest_of
from gongkai.source.markdown import has_even_tables, nests_too_deep, tree
from gongkai.source.pieces import pieces_of
from gongkai.source.privacy.leaks import leaks_in_item
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import read_id
from gongkai.source.shapes import BAD, Reading, Spot, nearest
from gongkai.source.yaml import MappingNode, Node, ScalarNode, compose

_FENCE = re.compile(r"^---[^\S\n]*(?:\n|\Z)", re.MULTILINE)


LONGEST_WINDOW = 366
"""Days in which objections may be raised; the longest any law asks for is two months."""
LONGEST_BODY = 200_000
"""Characters of a body: some hundred pages. A disclosure has a few thousand."""


class Context(NamedTuple):
    """What items are completed from."""

    site: Site
    catalogue: Catalogue
    boards: tuple[str, ...]
    root: str
    categories: Mapping[str, Category]
    phones: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, site: Site, catalogue: Catalogue, boards: tuple[str, ...], phones: frozenset[str]
    ) -> Context:
        """The context of a site. Its root as a plain text and its categories by id and by name are
        made once, because thousands of items ask for them."""
        rows = catalogue.categories
        both = {**{category.name: category for category in rows.values()}, **rows}
        return cls(site, catalogue, boards, str(site.root), both, phones)


class Read(NamedTuple):
    """What came of one file: an item, or a stub of an unfinished draft, and its findings."""

    item: Item | None
    stub: Stub | None
    findings: list[Finding]


def read_file(where: str, context: Context) -> tuple[Read, bytes]:
    """Read one file, named by its path from the site's folder, with forward slashes; also a digest
    of its bytes. Findings carry its place; an item with an error is not returned.
    """
    try:
        data = read_bytes(f"{context.root}/{where}", LARGEST_TEXT)
    except Refused as refused:
        problem = Problem("format/syntax", 1, 1, refused.case, refused.values)
        return Read(None, None, [finding_of(problem, where, stem(where))]), b""
    digest = digest_of(data)
    return read_item(where, data, context, digest), digest


def read_item(where: str, data: bytes, context: Context, digest: bytes) -> Read:
    """Read the bytes of one file, which have a digest."""
    text, problems = decoded(data)
    read = _read_text(where, text, problems, context, digest)
    name = read.item.id if read.item else stem(where)
    typed = text if not problems else data.decode("utf-8", "replace")
    leaks = leaks_in_item(where, typed, read.item, name, context.site.root, context.phones)
    return read._replace(findings=[*read.findings, *leaks])


def _read_text(
    where: str, text: str, problems: list[Problem], context: Context, digest: bytes
) -> Read:
    front, body, body_line = text, "", 1
    if not problems and where.lower().endswith(".md"):
        front, body, body_line, problems = split(text)
    if not problems and (read := _read_pieces(where, front, body, body_line, context, digest)):
        return read
    node, syntax = compose(front, 2 if body_line > 1 else 1) if not problems else (None, [])
    problems = problems + syntax
    if node is None:
        problems = problems or [Problem("format/syntax", 1, 1, "empty")]
        return Read(None, None, [finding_of(problem, where, stem(where)) for problem in problems])
    return _read_tree(where, node, body, body_line, context, digest)


def stem(where: str) -> str:
    """The name of a file without its ending: the id of an item that says none."""
    return where.rpartition("/")[2].rpartition(".")[0]


def spots_of(path: Path, zone: ZoneInfo) -> Mapping[str, Spot]:
    """Where each key of an item's file stands; nested keys joined by dots, entries from 0."""
    text, _ = read_text(path)
    front, first_line = text, 1
    if path.suffix.lower() == ".md":
        front, _, _, _ = split(text)
        first_line = 2
    node, _ = compose(front, first_line)
    reading = Reading(first_line)
    if node is not None:
        item_shape(zone).read(node, "", reading)
    return reading.spots


def split(text: str) -> tuple[str, str, int, list[Problem]]:
    """Front matter, body, and the line on which the body begins."""
    first = _FENCE.match(text)
    if not first:
        return "", "", 1, [Problem("format/syntax", 1, 1, "no-front")]
    end = _FENCE.search(text, first.end())
    if not end:
        return "", "", 1, [Problem("format/syntax", 1, 1, "open-front")]
    front = text[first.end() : end.start()]
    return front.removesuffix("\n"), text[end.end() :], front.count("\n") + 3, []


def _read_pieces(
    where: str, front: str, body: str, body_line: int, context: Context, digest: bytes
) -> Read | None:
    """An item by what is known of others; None if there is anything to say about it, which takes
    the tree."""
    found = pieces_of(context.site.zone).read(front)
    if found is None or (body_line > 1 and "body" in found.lines):
        return None
    reading = Reading(2 if body_line > 1 else 1)
    lines = {key: line + reading.first_line for key, line in found.lines.items()}
    typed = _Typed(where, found.values, body, body_line, lines)
    item = _completed(typed, context, reading, digest)
    return None if reading.problems else Read(item, None, [])


def _read_tree(
    where: str, node: Node, body: str, body_line: int, context: Context, digest: bytes
) -> Read:
    reading = Reading(2 if body_line > 1 else 1)
    values = item_shape(context.site.zone).read(node, "", reading)
    if body_line > 1 and "body" in reading.nodes:
        reading.problems.append(Problem("format/duplicate-key", *reading.spots["body"], "body"))
    item = None
    if values is not BAD:
        lines = {key: line for key, (line, _) in reading.spots.items()}
        item = _completed(_Typed(where, values, body, body_line, lines), context, reading, digest)
    return _broken(where, node, reading) if reading.problems else Read(item, None, [])


class _Typed(NamedTuple):
    """What an editor typed: the values of the front matter, the body behind it, and on which line
    of the file the body and each key begin."""

    where: str
    values: dict[str, Any]
    body: str
    body_line: int
    lines: Mapping[str, int]


def _completed(typed: _Typed, context: Context, reading: Reading, digest: bytes) -> Item | None:
    """The item; None where the reading's problems tell why there is none."""
    where, values = typed.where, typed.values
    values.setdefault("id", stem(where))
    text = values.pop("body", typed.body)
    line = typed.body_line if typed.body_line > 1 else typed.lines.get("body", 1) + 1
    whole = _body(text, line, reading)
    if "body_en" in values:
        values["body_en"] = _body(values["body_en"], typed.lines.get("body_en", 1) + 1, reading)
    return _Completion(where, values, whole, context, reading).item(digest)


def _body(text: str, line: int, reading: Reading) -> Body:
    """A text that begins on a line, without the empty lines around it; of one that cannot be made
    a page of nothing, because the rest of it would only take time."""
    if len(text) > LONGEST_BODY:
        most = {"most": LONGEST_BODY}
        reading.problems.append(Problem("format/type", line, 1, "long-body", most))
        return Body("", line)
    if deep := nests_too_deep(text):
        reading.problems.append(Problem("format/type", line + deep - 1, 1, "deep-body"))
        return Body("", line)
    first = line + len(text) - len(text.lstrip("\n"))
    text = text.strip("\n")
    return Body(text, first, has_even_tables(text, first))


def _broken(where: str, node: Node, reading: Reading) -> Read:
    """What is wrong with an item that cannot be used, under the id that was typed."""
    draft = _typed(node, "draft", "草稿") in ("true", "True", "是")
    item_id = _typed(node, "id", "标识") or stem(where)
    findings = [finding_of(problem, where, item_id, draft=draft) for problem in reading.problems]
    stub = Stub(item_id, where, _typed(node, "title", "标题")) if draft else None
    return Read(None, stub, findings)


def _typed(node: Node, *names: str) -> str | None:
    """What stands under a key, before anything is known to be right."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(value, ScalarNode) and getattr(key, "value", None) in names:
                return value.value or None
    return None


class _Completion:
    """Fills in what an editor may leave out, noting what is named but isn't there."""

    def __init__(
        self,
        where: str,
        values: dict[str, Any],
        body: Body,
        context: Context,
        reading: Reading,
    ) -> None:
        self.where, self.values = where, values
        self.context, self.reading, self.body = context, reading, body

    def item(self, digest: bytes) -> Item | None:
        category = self._category()
        typed = tuple(key for key in ELEMENTS if key in self.values)
        boards, lost_boards = self._boards()
        self._check_id()
        enclosed = self.values.pop("attachments", ())
        attachments = self._all(enclosed, "attachments", self._enclosed)
        named = self.values.get("tables", ())
        attached = self._all(named, "tables", self._table)
        tables = [one.rows for one in attached]
        images = self._images()
        posted = self._all(self.values.pop("posted", ()), "posted", self._posted)
        if category is None or self.reading.problems:
            self._wrong_boards(lost_boards)
            return None
        values = self.values
        if named:
            values["tables"] = tuple(
                table if table.caption else structs.replace(table, caption=one.title)
                for table, one in zip(named, attached, strict=True)
            )
        typed_notice = values.pop("notice", None)
        window = typed_notice if isinstance(typed_notice, Window) else None
        if window and (window.last - window.first).days > LONGEST_WINDOW:
            mistake = Mistake("format/type", "long-window", most=LONGEST_WINDOW)
            self._wrong(self._spot("notice"), mistake)
            return None
        privacy = {"klass": category.privacy, **values.pop("privacy", {})}
        privacy["columns"] = tuple(privacy.get("columns", {}).items())
        refresh = values.pop("refresh", category.refresh)
        expires = values.pop("expires")
        congress = values.pop("congress", ())
        return Item(
            path=self.where,
            category=category.id,
            kind=values.pop("kind", category.kind),
            boards=boards,
            lost_boards=lost_boards,
            typed=typed,
            due=values.pop("due", None) or due_day(category, values),
            expires=None if expires == "never" else expires,
            refresh=None if refresh == "never" else refresh,
            congress=(congress,) if isinstance(congress, Vote) else congress,
            notice=window,
            made_known=window is None and (typed_notice is not None or category.made_known),
            privacy=Privacy(**privacy),
            channels=_in_order(values.pop("channels", _CHANNELS)),
            paper=values.pop("paper", None),
            attachments=_kept(enclosed, attachments, is_archived=False),
            archived=_kept(enclosed, attachments, is_archived=True),
            attached=tuple(tables),
            images=tuple(images),
            posted=tuple(posted),
            body=self.body,
            source=_with_files(digest, attachments, tables, images, posted),
            **values,
        )

    def _wrong(self, spot: Spot, mistake: Mistake) -> None:
        self.reading.problems.append(Problem(mistake.rule, *spot, mistake.case, mistake.values))

    def _spot(self, *keys: str) -> Spot:
        nodes = self.reading.nodes
        return next((self.reading.spot(nodes[key]) for key in keys if key in nodes), (1, 1))

    def _check_id(self) -> None:
        try:
            read_id(self.values["id"])
        except Mistake:
            values = {"found": self.values["id"][:40]}
            self._wrong(self._spot("id"), Mistake("format/type", "file-id", **values))

    def _category(self) -> Category | None:
        word = self.values.pop("category", None)
        if word is None:
            return None
        categories = self.context.categories
        if word in categories:
            return categories[word]
        mistake = Mistake("ref/category", "", **nearest(word, categories))
        self._wrong(self._spot("category"), mistake)
        return None

    def _boards(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Boards that exist, in the site's order, and those typed that do not."""
        typed = self.values.pop("boards", (ALL_BOARDS,))
        known = self.context.boards
        if ALL_BOARDS in typed or "全部" in typed:
            return known, ()
        found = tuple(board for board in known if board in typed)
        return found, tuple(board for board in typed if board not in known)

    def _wrong_boards(self, names: tuple[str, ...]) -> None:
        """Boards that aren't there, of an item that no rule will get to see."""
        for name in names:
            values = nearest(name, self.context.boards)
            self._wrong(self._spot("boards"), Mistake("ref/board", "", **values))

    def _all(self, entries: Iterable[Any], key: str, read: Callable[[Any], Any]) -> list[Any]:
        found = []
        for number, entry in enumerate(entries):
            try:
                if number >= MOST_BESIDE:
                    raise Mistake("ref/attachment", "too-many", most=MOST_BESIDE)
                found.append(read(entry))
            except Mistake as mistake:
                self._wrong(self._spot(f"{key}.{number}", key), mistake)
        return found

    @property
    def _path(self) -> Path:
        return self.context.site.root / self.where

    def _enclosed(self, one: Enclosure) -> File:
        found = find_beside(self._path, one.file, self.context.site.root)
        return structs.replace(found, title=one.title)

    def _posted(self, one: dict[str, Any]) -> Posting:
        photo, root = one.get("photo"), self.context.site.root
        file = find_beside(self._path, photo, root, IMAGES) if photo else None
        return Posting(**{**one, "photo": file})

    def _table(self, table: Any) -> AttachedTable:
        return read_table(self._path, table, self.context.site.root)

    def _images(self) -> list[File]:
        found: dict[str, File | None] = {}
        for node in _walk(tree(self.body)) if "![" in self.body.text else ():
            if node.kind == "image" and node.text not in found:
                try:
                    root = self.context.site.root
                    found[node.text] = find_beside(self._path, node.text, root, IMAGES)
                except Mistake as mistake:
                    self._wrong((node.line, node.column), mistake)
                    found[node.text] = None
                if len(found) > MOST_BESIDE:
                    most = Mistake("ref/attachment", "too-many", most=MOST_BESIDE)
                    self._wrong((node.line, node.column), most)
                    break
        return [file for file in found.values() if file]


def _walk(nodes: Iterable[Part]) -> Iterable[Part]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _kept(
    enclosed: Iterable[Enclosure], found: Iterable[File], *, is_archived: bool
) -> tuple[File, ...]:
    """Those of the files that are for the archive alone, or those that are not."""
    both = zip(enclosed, found, strict=True)
    return tuple(file for enclosure, file in both if enclosure.archive is is_archived)


def _with_files(digest: bytes, *beside: list[Any]) -> bytes:
    """A digest of an item's file together with what lies beside it."""
    return digest_of(digest + repr(beside).encode()) if any(beside) else digest


_CHANNELS = tuple(Channel)


def _in_order(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    if channels is _CHANNELS:
        return channels
    return tuple(channel for channel in _CHANNELS if channel in channels)


def due_day(category: Category, values: dict[str, Any]) -> date | None:
    """When the item should have been up: after its period, or after the matter arose."""
    period, formed = values.get("period"), values.get("formed")
    if category.grain.months and isinstance(period, Period):
        return period.end + timedelta(days=category.lag)
    return formed + timedelta(days=category.lag) if formed else None
