"""A kind of page as one value: where it lies, how it looks, what goes into it, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer

CHEAP = 0.00015
"""Seconds that most pages take, about."""


def _once(_: Plan) -> Collection[str]:
    return ("",)


def _nothing(_: Plan, __: Task) -> Iterator[Any]:
    return iter(())


class Kind(NamedTuple):
    """A kind of page or file of which a site has one, or one for each of some names.

    ``address`` is where it lies, ``{}`` standing for its name; ``more`` are files beside it. Where
    that is not as plain, ``listed`` gives the tasks that there are.
    ``inputs`` is everything that goes into it besides its templates, the site's configuration and
    the texts of the product: with equal inputs it is not made again. ``is_framed`` says that MkDocs
    makes the page around it, ``is_timed`` that it tells the instant of the build (and so may depend
    on the day), ``is_translated`` that the site in English has its own even without a frame.
    ``seconds`` is what it takes, about, where that is more than a page takes.
    """

    name: str
    address: str
    make: Callable[[Renderer, Task], tuple[Artifact, ...]]
    inputs: Callable[[Plan, Task], Iterator[Any]] = _nothing
    names: Callable[[Plan], Collection[str]] = _once
    listed: Callable[[Plan], Iterable[Task]] | None = None
    templates: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    is_framed: bool = True
    is_timed: bool = False
    is_translated: bool = False
    seconds: float = CHEAP

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
        """The task that makes a path of the site, if there is one of this kind."""
        if self.listed:
            return None
        before, hole, behind = self.address.partition("{}")
        name = path[len(before) : len(path) - len(behind)] if hole else ""
        is_ours = path in self.more or path == self.address.format(name)
        return self.task(name) if is_ours and name in self.names(plan) else None
