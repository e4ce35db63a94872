"""A kind of page as one value: where it lies, how it looks, what goes into it, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

Draw = Callable[["Renderer", str], list[bytes]]
"""Sets the files of a sheet by its name."""
CHEAP = 0.00015
"""Seconds that most pages take, about."""


def _once(_: Plan) -> Collection[str]:
    return ("",)


def _nothing(_: Plan, __: Task) -> Iterator[Any]:
    return iter(())


def _no_record(_: Renderer, __: Task) -> bytes:
    return b""


class PageKind(NamedTuple):
    """A kind of page or file of which a site has one, or one for each of some names."""

    name: str
    address: str
    """Where it lies, ``{}`` standing for its name."""
    make: Callable[[Renderer, Task], tuple[Artifact, ...]]
    inputs: Callable[[Plan, Task], Iterator[Any]] = _nothing
    """All that goes into it besides its templates, the site's configuration and the texts of the
    product: with equal inputs it is not made again."""
    names: Callable[[Plan], Collection[str]] = _once
    listed: Callable[[Plan], Iterable[Task]] | None = None
    """The tasks that there are, where they do not follow from its names."""
    found: Callable[[Plan, str], Task | None] | None = None
    """One of thousands by its path, where nobody wants to list them all."""
    draw: Draw | None = None
    record: Callable[[Renderer, Task], bytes] = _no_record
    """Its line in the manifest."""
    templates: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Files beside it."""
    is_framed: bool = True
    """Does MkDocs make the page around it?"""
    is_timed: bool = False
    """Does it tell the instant of the build, so that it may depend on the day?"""
    is_translated: bool = False
    """Has the site in English its own, even without a frame?"""
    is_slow: bool = False
    """Is what it makes kept besides being published, since it takes long?"""
    is_bound: bool = False
    """Is it made of what others have made?"""
    seconds: float = CHEAP
    """What it takes, about."""

    @property
    def is_shelved(self) -> bool:
        """Is what it makes kept besides being published: since it takes long, or since mostly
        nothing but the instant of the build is new?"""
        return self.is_slow or self.is_timed

    @property
    def is_many(self) -> bool:
        """Is there one for each of some names?"""
        return "{}" in self.address

    @property
    def source(self) -> str:
        """What MkDocs is given to make the frame from, with ``{}`` for a name."""
        return self.address.replace("{}/index.html", "{}.md").replace("index.html", "index.md")

    def task(self, name: str) -> Task:
        """The task of making the one with a name."""
        paths = (self.address.format(name), *self.more)
        return Task(self.name, name, paths, is_timed=self.is_timed)

    def tasks(self, plan: Plan) -> Iterable[Task]:
        """All there are of an edition."""
        return self.listed(plan) if self.listed else map(self.task, self.names(plan))

    def find(self, path: str, plan: Plan) -> Task | None:
        """The task that makes a path of the site, if there is one of this kind and it need not
        be looked for among all that are listed."""
        if self.found or self.listed:
            return self.found(plan, path) if self.found else None
        before, hole, behind = self.address.partition("{}")
        name = path[len(before) : len(path) - len(behind)] if hole else ""
        is_ours = path in self.more or path == self.address.format(name)
        return self.task(name) if is_ours and name in self.names(plan) else None
