"""A library for readers of English: its titles and texts in English where there are any."""

from __future__ import annotations

from msgspec import structs

from gongkai.domain.model import Board, Item, Library, Site


def in_english(library: Library, site: Site) -> Library:
    """The same library, for the English site."""
    return structs.replace(
        library,
        site=site,
        items=tuple(_item(item) for item in library.items),
        boards=tuple(_board(board) for board in library.boards),
    )


def _item(one: Item) -> Item:
    if one.title_en is None and one.body_en is None:
        return one
    return structs.replace(one, title=one.title_en or one.title, body=one.body_en or one.body)


def _board(one: Board) -> Board:
    return structs.replace(one, title=one.title_en or one.title, lang="en")
