"""A file with something else said in it: only what changed is written.

Comments, the order of keys, what no form knows of and the ends of lines stay as they are, byte for
byte. What was made is read again: it says what it was to say, or nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from gongkai.domain.errors import UsageError
from gongkai.editing.lines import Splice, changed_lines
from gongkai.editing.parts import UNKNOWN, KeyGroup, Part, Rows, Said, ShownText, WordList, said
from gongkai.editing.values import TooOdd, block_pair, literal, pair_text, written, written_block
from gongkai.source.yaml import MappingNode, Node, SequenceNode, compose


def spliced(text: str, part: Part, new: Said) -> str:
    """A YAML text that says something new. TooOdd where that cannot be written with certainty;
    UsageError where it cannot be read as it is."""
    if not text.strip():
        return _checked(part, written_block(part, new, 0, "\n"), new, "")
    node = tree_of(text)
    old = said(part, node)
    if old == new:
        return text
    for writer in (_Splicer(text), _Coarse(text)):
        try:
            found = applied(text, writer.value(part, node, old, new))
            return _checked(part, found, new, text if isinstance(writer, _Coarse) else "")
        except TooOdd:
            continue
    raise TooOdd


def tree_of(text: str) -> Node:
    """The tree of a text. UsageError when there is none."""
    node, problems = compose(text)
    if node is None:
        line = problems[0].line if problems else 1
        raise UsageError("error.form-broken", line=line)
    return node


def _checked(part: Part, text: str, new: Said, before: str) -> str:
    node, problems = compose(text)
    if problems or said(part, node) != new or _lines(before) - _lines(text):
        raise TooOdd
    return text


def _lines(text: str) -> set[str]:
    """The remarks that stand on lines of their own."""
    return {line for line in text.splitlines() if line.lstrip().startswith("#")}


def applied(text: str, splices: list[Splice]) -> str:
    """A text with its splices, from the last to the first. TooOdd when two are at one place."""
    ordered = sorted(splices)
    if any(splice.end > two.start for splice, two in pairwise(ordered)):
        raise TooOdd
    for splice in reversed(ordered):
        text = text[: splice.start] + splice.put + text[splice.end :]
    return text


class _Splicer:
    """Finds the splices that bring a tree from what it says to what it is to say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def value(self, part: Part, node: Node, old: Said, new: Said) -> list[Splice]:
        """The splices of a value that stays where it is."""
        if old == new:
            return []
        if isinstance(part, KeyGroup) and isinstance(new, dict):
            if isinstance(node, MappingNode) and isinstance(old, dict):
                return [*self.mapping(part, node, old, new)]
        elif isinstance(part, (Rows, WordList)) and isinstance(new, list):
            if isinstance(node, SequenceNode) and isinstance(old, list):
                return [*self.sequence(part, node, old, new)]
            is_one = isinstance(part, Rows) and isinstance(old, list) and len(new) == 1
            if is_one and isinstance(node, MappingNode):
                return self.value(part.of, node, old[0], new[0])
        return [self.whole(part, node, new)]

    def whole(self, part: Part, node: Node, new: Said) -> Splice:
        """Something else in place of a node."""
        start, end = node.start_mark.index, self.end(node)
        if isinstance(part, ShownText) and part.is_body:
            return self.body(node, str(new))
        return Splice(start, end, written(part, new))

    def body(self, node: Node, new: str) -> Splice:
        """The lines of a text that changed, or all of it where they do not stand one for one."""
        start, end = node.start_mark.index, self.end(node)
        indent = self.indent(start) + "  "
        if getattr(node, "style", None) != "|":
            return Splice(start, end, literal(new, indent, self.newline))
        head = self.text.index("\n", start) + 1
        stood = self.text[head:].split("\n")[: len(node.value.rstrip("\n").split("\n"))]
        inner = next((text for text in stood if text.strip()), "")
        found = inner[: len(inner) - len(inner.lstrip(" "))]
        if not found or re.match(r"\|[-+]?\d", self.text[start:head]) or new[:1] in (" ", "\n"):
            return Splice(start, end, literal(new, indent, self.newline))
        return changed_lines(self.text, head, stood, new, found, self.newline)

    def mapping(
        self, part: KeyGroup, node: MappingNode, old: dict[str, Said], new: dict[str, Said]
    ) -> Iterator[Splice]:
        """What changed under the keys of a mapping."""
        where = {self.name(part, key): (key, value) for key, value in node.value}
        gone = [name for name in old if name not in new]
        come = [name for name in new if old.get(name) is None]
        if node.flow_style and gone and (len(gone) > 1 or come):
            yield Splice(node.start_mark.index, self.end(node), written(part, new))
            return
        if not node.value and come:
            yield Splice(node.start_mark.index, self.end(node), written(part, new))
            return
        for name in gone:
            yield self.without(node, [pair[0] for pair in node.value].index(where[name][0]))
        for name, each in new.items():
            if name in old and old[name] != each:
                yield from self.under(part.table[name][1], *where[name], old[name], each)
        if come:
            staying = {name: pair for name, pair in where.items() if name not in gone}
            if not staying:
                raise TooOdd
            yield from self.added(part, come, new, staying, is_flow=bool(node.flow_style))

    def name(self, part: KeyGroup, key: Node) -> str:
        """The name of a key as it is said."""
        found = part.table.get(str(key.value))
        return found[0].name if found else f"{UNKNOWN}{key.value}"

    def under(self, part: Part, key: Node, value: Node, old: Said, new: Said) -> list[Splice]:
        """The value under a key: a block goes away as a whole with the ends of its lines."""
        is_block = isinstance(value, (MappingNode, SequenceNode)) and not value.flow_style
        if is_block:
            fine = self.value(part, value, old, new)
            whole = len(fine) == 1 and fine[0].start == value.start_mark.index
            if not whole:
                return fine
            return [Splice(self.colon(key), self.end(value), f" {written(part, new)}")]
        if old is None or self.end(value) <= key.end_mark.index:
            put = self.plain_orliteral(part, new, key)
            return [Splice(self.colon(key), max(self.colon(key), self.end(value)), f" {put}")]
        return self.value(part, value, old, new)

    def plain_orliteral(self, part: Part, new: Said, key: Node) -> str:
        if isinstance(part, ShownText) and part.is_body:
            return literal(str(new), self.indent(key.start_mark.index) + "  ", self.newline)
        return written(part, new)

    def colon(self, key: Node) -> int:
        """The place behind the colon of a key."""
        at: int = self.text.index(":", key.end_mark.index)
        return at + 1

    def added(
        self,
        part: KeyGroup,
        come: list[str],
        new: dict[str, Said],
        where: dict[str, tuple[Node, Node]],
        *,
        is_flow: bool,
    ) -> Iterator[Splice]:
        """Keys that were not there, each behind the last of those that stand before it in order;
        one that stands empty is filled."""
        order = [key.name for key, _ in part.keys]
        for name in [text for text in come if text in where]:
            yield from self.under(part.table[name][1], *where[name], None, new[name])
        groups: dict[str | None, list[str]] = {}
        for name in (text for text in order if text in come and text not in where):
            earlier = [text for text in order[: order.index(name)] if text in where]
            groups.setdefault(earlier[-1] if earlier else None, []).append(name)
        for before, names in groups.items():
            is_first = before is None
            anchor = where[before] if before else next(iter(where.values()))
            yield self.inserted(part, anchor, names, new, is_flow=is_flow, is_first=is_first)

    def inserted(
        self,
        part: KeyGroup,
        pair: tuple[Node, Node],
        names: list[str],
        new: dict[str, Said],
        *,
        is_flow: bool,
        is_first: bool,
    ) -> Splice:
        """Keys behind a pair, or in front of it."""
        key, value = pair
        start, end = key.start_mark.index, self.behind(key, value)
        if is_flow:
            texts = [pair_text(part, name, new[name]) for name in names]
            if is_first:
                return Splice(start, start, "".join(f"{text}, " for text in texts))
            return Splice(end, end, "".join(f", {text}" for text in texts))
        indent = " " * key.start_mark.column
        lines = [block_pair(part, name, new[name], indent, self.newline) for name in names]
        if is_first:
            return Splice(start, start, "".join(f"{line}{self.newline}{indent}" for line in lines))
        at = self.line_end(end)
        return Splice(at, at, "".join(f"{self.newline}{indent}{line}" for line in lines))

    def without(self, node: MappingNode, number: int) -> Splice:
        """A key with its value taken away."""
        key, value = node.value[number]
        start, end = key.start_mark.index, max(self.colon(key), self.end(value))
        if node.flow_style:
            if len(node.value) == 1:
                return Splice(start, end, "")
            if number:
                return Splice(self.behind(*node.value[number - 1]), end, "")
            return Splice(start, node.value[1][0].start_mark.index, "")
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():  # the first key of an entry stays, empty
            return Splice(self.colon(key), end, "")
        return Splice(line, self.next_line(end), "")

    def behind(self, key: Node, value: Node) -> int:
        return max(self.colon(key), self.end(value))

    def sequence(
        self, part: Rows | WordList, node: SequenceNode, old: list[Said], new: list[Said]
    ) -> Iterator[Splice]:
        """What changed among the entries of a list."""
        before, after = ([repr(one) for one in ones] for ones in (old, new))
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        is_longer = after[: len(before)] == before
        if node.flow_style and len(old) != len(new) and not is_longer:
            yield Splice(node.start_mark.index, self.end(node), written(part, new))
            return
        for step, first, last, begin, stop in steps:
            if step == "equal":
                continue
            both = min(last - first, stop - begin)
            for n in range(both):
                entry = node.value[first + n]
                yield from self.value(part.of, entry, old[first + n], new[begin + n])
            for n in range(first + both, last):
                yield self.without_entry(node.value[n])
            if begin + both < stop:
                yield self.entries(part, node, first + both, new[begin + both : stop])

    def without_entry(self, entry: Node) -> Splice:
        dash = self.text.rfind("-", 0, entry.start_mark.index)
        line = self.text.rfind("\n", 0, dash) + 1
        if self.text[line:dash].strip():
            raise TooOdd
        return Splice(line, self.next_line(self.end(entry)), "")

    def entries(
        self, part: Rows | WordList, node: SequenceNode, at: int, new: list[Said]
    ) -> Splice:
        """Entries in front of the one of a number, or at the end."""
        if not node.value:
            return Splice(node.start_mark.index, self.end(node), written(part, new))
        if node.flow_style:
            place = self.end(node.value[-1])
            return Splice(place, place, "".join(f", {written(part.of, one)}" for one in new))
        before = node.value[at - 1] if at else node.value[0]
        dash = self.text.rfind("-", 0, before.start_mark.index)
        indent = " " * (dash - self.text.rfind("\n", 0, dash) - 1)
        is_block = any(isinstance(one, MappingNode) and not one.flow_style for one in node.value)
        texts = [
            f"{indent}- "
            + (
                written_block(part.of, one, len(indent) + 2, self.newline)
                if is_block
                else written(part.of, one)
            )
            for one in new
        ]
        if at:
            place = self.line_end(self.end(before))
            return Splice(place, place, "".join(self.newline + text for text in texts))
        place = self.text.rfind("\n", 0, dash) + 1
        return Splice(place, place, "".join(text + self.newline for text in texts))

    def end(self, node: Node) -> int:
        """Where the last sign of a node stands; marks of blocks lie further down."""
        if isinstance(node, MappingNode) and not node.flow_style and node.value:
            key, value = node.value[-1]
            return max(self.end(value), self.colon(key))
        if isinstance(node, SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return max(self.end(last), int(last.start_mark.index))
        start, end = node.start_mark.index, node.end_mark.index
        length = len(self.text[start:end].rstrip())
        return int(start + length)

    def indent(self, at: int) -> str:
        """The blanks before the first sign of a line."""
        line = self.text[self.text.rfind("\n", 0, at) + 1 :]
        return line[: len(line) - len(line.lstrip(" "))]

    def line_end(self, at: int) -> int:
        """The end of the line, before its sign."""
        found = self.text.find("\n", at)
        if found < 0:
            return len(self.text.removesuffix("\r"))
        return found - 1 if self.text[found - 1 : found] == "\r" and found > at else found

    def next_line(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1


class _Coarse(_Splicer):
    """The same with every value under a key of the file written anew as a whole: for what is
    written in a way that nobody writes."""

    def value(self, part: Part, node: Node, old: Said, new: Said) -> list[Splice]:
        if node.start_mark.index == 0 or node.start_mark.line == 0 or self.is_top(node):
            return super().value(part, node, old, new)
        return [] if old == new else [self.whole(part, node, new)]

    def is_top(self, node: Node) -> bool:
        """Does nothing but remarks stand before it?"""
        before = self.text[: node.start_mark.index]
        return all(not line.strip() or line.lstrip()[0] == "#" for line in before.splitlines())
