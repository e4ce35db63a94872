"""``ref/*``: an item names a board, an item, an owner or a meeting that isn't there.

Also ``format/unknown-value`` for a key figure that its table does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from msgspec import structs

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Item, KeyFigure, Library, Meeting, MeetingRef
from gongkai.domain.terms import Kind, State
from gongkai.domain.text import UNIT, plain_text, tables_in
from gongkai.rules.found import about
from gongkai.source.markdown import tree
from gongkai.source.org import PATH
from gongkai.status.standing import Standings

_PAST = (State.EXPIRED, State.WITHDRAWN)


def check(standings: Standings) -> Iterator[Finding]:
    """Boards, corrected items and owners that are not there."""
    library = standings.library
    answering = _answering(library)
    names = _names(library)
    meetings = {meeting.id: meeting for meeting in library.meetings}
    yield from _robots(library)
    for standing in standings.all():
        item = standing.item
        past = standing.state in _PAST
        for finding in _boards(item, library) if item.lost_boards or item.posted else ():
            yield structs.replace(finding, severity=Severity.INFO) if past else finding
        if item.corrects is not None or item.kind is Kind.CORRECTION:
            yield from _corrects(item, names)
        if item.figure:
            yield from _figure(item)
        if item.meeting:
            yield from _meeting(item, item.meeting, meetings)
        if answering and not past:
            yield from _owner(item, answering)


def _robots(library: Library) -> Iterator[Finding]:
    """News of a board that is not there would never be sent."""
    known = [board.id for board in library.boards]
    for name in (name for robot in library.org.robots for name in robot.boards):
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            values = {"found": name, "near": near[0] if near else "", "known": known}
            yield Finding(
                rule="ref/board",
                severity=Severity.ERROR,
                path=PATH,
                keys=("robots",),
                values=values,
            )


def _boards(item: Item, library: Library) -> Iterator[Finding]:
    known = [board.id for board in library.boards]
    named = [("boards", board) for board in item.lost_boards]
    named += [
        (f"posted.{number} posted", posting.board) for number, posting in enumerate(item.posted)
    ]
    for key, name in named:
        if name not in known:
            values = {"found": name, "near": _near(name, known), "known": known}
            yield about(item, "ref/board", key, "", **values)


def _corrects(item: Item, names: Mapping[str, str]) -> Iterator[Finding]:
    if item.corrects is None:
        yield about(item, "ref/corrects", "kind title", "none")
    elif names.get(item.corrects, item.id) == item.id:
        near = get_close_matches(item.corrects, names, 1, 0.5)
        values = {"found": item.corrects, "near": near[0] if near else ""}
        yield about(item, "ref/corrects", "corrects", "", **values)


def _meeting(item: Item, ref: MeetingRef, meetings: Mapping[str, Meeting]) -> Iterator[Finding]:
    """A record that is not there, or no row of its agenda that could be meant."""
    record = meetings.get(ref.id)
    if record is None:
        known = [*meetings]
        values = {"found": ref.id, "near": _near(ref.id, known), "known": known}
        yield about(item, "ref/meeting", "meeting.id meeting", "", **values)
    elif not record.agenda:
        yield about(item, "ref/meeting", "meeting.id meeting", "bare", found=ref.id)
    elif record.row(ref.matter, item.title) is None:
        known = [matter.matter for matter in record.agenda]
        wanted = ref.matter or item.title
        if record.called(wanted):
            values = {"found": wanted, "id": ref.id}
            yield about(item, "ref/meeting", "meeting.matter meeting", "several", **values)
            return
        values = {"found": wanted, "near": _near(wanted, known), "known": known, "id": ref.id}
        yield about(item, "ref/meeting", "meeting.matter meeting", "matter", **values)


def _near(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, 1, 0.5)
    return close[0] if close else ""


def _figure(item: Item) -> Iterator[Finding]:
    """A column or row of the first table that is not there, or no table at all."""
    heads, names = _first_table(item)
    if not heads:
        yield about(item, "format/unknown-value", "figure", "no-table")
        return
    wanted = item.figure or KeyFigure()
    for key, name, known in (("column", wanted.column, heads), ("row", wanted.row, names)):
        bare = [UNIT.sub("", text).strip() for text in known] if key == "column" else []
        if name and name not in [*known, *bare]:
            near = get_close_matches(name, known, 1, 0.3)
            values = {"key": key, "found": name, "near": near[0] if near else "", "known": known}
            yield about(item, "format/unknown-value", f"figure.{key} figure", "choice", **values)


def _first_table(item: Item) -> tuple[list[str], list[str]]:
    """Its heads, and what its rows are called."""
    for table in tables_in(tree(item.body)):
        head, *rows = table.children
        heads = [plain_text((cell,)).strip() for cell in head.children]
        return heads, [plain_text(row.children[:1]).strip() for row in rows]
    attached = next(filter(None, item.attached), ((),))
    return [*attached[0]], [row[0] for row in attached[1:]]


def _names(library: Library) -> Mapping[str, str]:
    """Every present and former id, and the item it belongs to."""
    return {name: item.id for item in library.items for name in (item.id, *item.aliases)}


def _answering(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Departments and groups of the factory, with their posts."""
    departments = {department.name: department.posts for department in library.org.departments}
    groups = {group.name: tuple(m.post for m in group.members) for group in library.org.groups}
    return departments | groups


def _owner(item: Item, answering: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    owner = item.owner
    if owner.dept not in answering:
        near = get_close_matches(owner.dept, answering, 1, 0.3)
        values = {"found": owner.dept, "near": near[0] if near else "", "known": list(answering)}
        yield about(item, "ref/owner", "owner.dept owner", "dept", **values)
        return
    posts = answering[owner.dept]
    if owner.post and posts and owner.post not in posts:
        near = get_close_matches(owner.post, posts, 1, 0.3)
        values = {"found": owner.post, "near": near[0] if near else "", "known": list(posts)}
        yield about(item, "ref/owner", "owner.post owner", "post", dept=owner.dept, **values)
