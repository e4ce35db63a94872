"""Pages of which there are thousands: a template is filled once for each shape of them, with holes,
and every further page of that shape is what was cut out around the holes, with its own texts.

A hole stands for a text. All that a template can do with one is to write it down. Whoever looks at
it, compares it, measures it, cuts it or hands it to a filter, gets no answer, and then there is no
stencil: pages are filled one by one. So are those of a template that does anything with what it has
written, besides writing it. So the page is the same whatever a template does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import wraps
from operator import itemgetter
from typing import Any, NoReturn, TypeVar

from jinja2 import nodes
from markupsafe import Markup, escape

T = TypeVar("T")

_MARK = re.compile("\x02([0-9]+)\x02")
"""With a character that no content may hold, so that nobody can type one."""
_BETWEEN = "\x00"


class Looked(Exception):
    """A template wants to know more of a value than can be told of all pages of a shape."""


class Placeholder:
    """Something in place of a value, of which only what is given by name can be asked."""

    def __init__(self, looked: list[str], **given: Any) -> None:
        self.__dict__.update(given, _looked=looked)

    def __getattr__(self, name: str) -> NoReturn:
        self.__dict__["_looked"].append(name)  # in case the refusal is taken for an answer
        raise Looked(name)

    def __bool__(self) -> bool:
        return True  # what is empty or lacking is no hole, and makes another shape

    def _look(self, *_: object) -> NoReturn:
        self.__getattr__("?")

    __str__ = __repr__ = __format__ = __hash__ = __eq__ = __ne__ = _look
    __lt__ = __le__ = __gt__ = __ge__ = __len__ = __iter__ = __contains__ = __getitem__ = _look
    __call__ = __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __rmul__ = _look
    __int__ = __float__ = __index__ = _look
    __class__ = property(_look)  # what kind of thing it is, too


def blind(function: Callable[..., T]) -> Callable[..., T]:
    """A filter, a test or a helper of templates that gives no answer when it is given a hole: some
    would take the mark for the text."""

    @wraps(function)
    def asked(*values: Any, **named: Any) -> T:
        for one in (*values, *named.values()):
            if isinstance(one, Placeholder):
                one._look()
        return function(*values, **named)

    return asked


def looks_back(tree: nodes.Template, helpers: Container[str]) -> bool:
    """Does a template do anything with what it has written itself? There a mark would stand for a
    text. ``helpers`` are the names of functions that never write anything of the kind."""
    if any(tree.find(kind) for kind in (nodes.AssignBlock, nodes.FilterBlock, nodes.CallBlock)):
        return True
    written = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    while choices := [expr for expr in written if isinstance(expr, nodes.CondExpr)]:
        written = [expr for expr in written if not isinstance(expr, nodes.CondExpr)]
        written += [part for choice in choices for part in (choice.expr1, choice.expr2) if part]
    known = {id(expr) for expr in written}
    return any(
        id(call) not in known and _may_be_macro(call.node, helpers)
        for call in tree.find_all(nodes.Call)
    )


def _may_be_macro(called: nodes.Node, helpers: Container[str]) -> bool:
    """Could this be a macro, of the template or of one that it imports?"""
    if isinstance(called, nodes.Getattr):
        return isinstance(called.node, nodes.Name)
    return not isinstance(called, nodes.Name) or called.name not in helpers


class Hole(Placeholder):
    """In place of a text that is not empty."""

    def __html__(self) -> Markup:
        return Markup(f"\x02{self.__dict__['number']}\x02")  # noqa: S704 - a number


class Holes:
    """The holes of one stencil, in the order of the texts that belong in them."""

    def __init__(self) -> None:
        self.looked: list[str] = []
        self.count = 0

    def hole(self) -> Any:
        """The next one."""
        self.count += 1
        return Hole(self.looked, number=self.count - 1)

    def holes(self, count: int) -> tuple[Any, ...]:
        """The next few."""
        return tuple(self.hole() for _ in range(count))

    def thing(self, **given: Any) -> Any:
        """What may be asked for these values only."""
        return Placeholder(self.looked, **given)


class Stencil:
    """What all pages of a shape have alike, cut at its holes."""

    def __init__(self, page: str) -> None:
        found = _MARK.split(page)
        self.pieces = found
        self.which = [int(number) for number in found[1::2]]
        self.pick = itemgetter(*self.which) if len(self.which) > 1 else None

    def filled(self, texts: Sequence[str]) -> str:
        """A page with its own texts, which are safe already."""
        pieces = self.pieces.copy()
        pieces[1::2] = self.pick(texts) if self.pick else [texts[number] for number in self.which]
        return "".join(pieces)


def stencil_of(fill: Callable[[Holes], str]) -> Stencil | None:
    """A stencil of what ``fill`` makes with holes; None where it has to look at what it is given.

    Whatever goes wrong in it goes wrong again, with the true values, where it can be told.
    """
    holes = Holes()
    try:
        page = fill(holes)
    except Exception:
        return None
    return None if holes.looked or "\x02" in _MARK.sub("", page) else Stencil(page)


def safe(texts: Sequence[str]) -> list[str]:
    """Texts as they are written in a page; escaped all at once, because there are many."""
    found = str(escape(_BETWEEN.join(texts))).split(_BETWEEN)
    return found if len(found) == len(texts) else [str(escape(text)) for text in texts]
