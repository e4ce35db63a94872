"""Everything of a site that is made anew for an edition."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.edition import Edition
from gongkai.render.artifact import Artifact
from gongkai.render.files import files
from gongkai.render.frame import Shell
from gongkai.render.pages import Pages
from gongkai.render.posters import Posters
from gongkai.render.screens import screens
from gongkai.render.search import search_index


def render(edition: Edition, shell: Shell) -> Iterator[Artifact]:
    """Pages, screens, posters, files and the search index of an edition."""
    yield from Pages(edition, shell).all()
    yield from screens(edition)
    yield from Posters(edition).all()
    yield from files(edition)
    yield from search_index(edition, shell)
