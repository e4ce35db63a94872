"""``ref/*``: an item names a board, an item or an owner that isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from msgspec import structs

from gongkai.finding import Finding, Severity
from gongkai.model import Item, Library
from gongkai.rules.found import about
from gongkai.standing import Standings, State
from gongkai.terms import Kind

_PAST = (State.EXPIRED, State.WITHDRAWN)


def check(standings: Standings) -> Iterator[Finding]:
    """Boards, corrected items and owners that are not there."""
    library = standings.library
    for standing in standings.all():
        item = standing.item
        for finding in _boards(item, library):
            past = standing.state in _PAST
            yield structs.replace(finding, severity=Severity.INFO) if past else finding
        yield from _corrects(item, library)
        if standing.state not in _PAST:
            yield from _owner(item, library)


def _boards(item: Item, library: Library) -> Iterator[Finding]:
    known = [board.id for board in library.boards]
    for name in item.lost_boards:
        near = get_close_matches(name, known, 1, 0.5)
        values = {"found": name, "near": near[0] if near else "", "known": known}
        yield about(item, "ref/board", "boards", "", **values)


def _corrects(item: Item, library: Library) -> Iterator[Finding]:
    if item.corrects is None:
        if item.kind is Kind.CORRECTION:
            yield about(item, "ref/corrects", "kind title", "none")
    elif item.corrects not in _names(library, besides=item):
        near = get_close_matches(item.corrects, [one.id for one in library.items], 1, 0.5)
        values = {"found": item.corrects, "near": near[0] if near else ""}
        yield about(item, "ref/corrects", "corrects", "", **values)


def _names(library: Library, besides: Item) -> set[str]:
    """Every present and former id, but for those of one item."""
    others = (one for one in library.items if one.id != besides.id)
    return {name for one in others for name in (one.id, *one.aliases)}


def _owner(item: Item, library: Library) -> Iterator[Finding]:
    departments = {one.name: one.posts for one in library.org.departments}
    departments |= {one.name: tuple(m.post for m in one.members) for one in library.org.groups}
    if not departments:
        return
    owner = item.owner
    if owner.dept not in departments:
        near = get_close_matches(owner.dept, departments, 1, 0.3)
        values = {"found": owner.dept, "near": near[0] if near else "", "known": list(departments)}
        yield about(item, "ref/owner", "owner.dept owner", "dept", **values)
        return
    posts = departments[owner.dept]
    if owner.post and posts and owner.post not in posts:
        near = get_close_matches(owner.post, posts, 1, 0.3)
        values = {"found": owner.post, "near": near[0] if near else "", "known": list(posts)}
        yield about(item, "ref/owner", "owner.post owner", "post", dept=owner.dept, **values)
