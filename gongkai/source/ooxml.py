"""The parts of an office file of Open XML (ECMA-376), and how they refer to each other."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

DAMAGED = (zipfile.BadZipFile, ElementTree.ParseError, LookupError, OSError, ValueError)
"""What comes of reading a file that is cut off, spoiled, or none of this kind."""


class Relation(NamedTuple):
    """What a part refers to: the end of its ``kind`` says what it is. ``part`` is the name of
    another part or, where it is outside of the file, its address."""

    kind: str
    part: str
    is_outside: bool = False


class OfficePackage:
    """A file of parts that is open. One of ``DAMAGED`` when it is none."""

    def __init__(self, data: bytes) -> None:
        self._packed = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {plain(name): name for name in self._packed.namelist()}

    def open(self, part: str) -> Iterator[tuple[str, Element]]:
        """The elements of a part, each when it begins and when it is whole."""
        with self._packed.open(self.parts[part]) as file:
            yield from ElementTree.iterparse(file, ("start", "end"))  # noqa: S314 - bounded process

    def tree(self, part: str) -> Element:
        """A part as a whole."""
        return ElementTree.fromstring(self.read(part))  # noqa: S314 - bounded process

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        return self._packed.read(self.parts[plain(part)])

    def part_of(self, part: str, kind: str) -> str:
        """The first part of a kind that a part refers to, or an empty name."""
        return next((relation.part for relation in self.relations(part).values()
                     if relation.kind.endswith(kind)), "")  # fmt: skip

    def relations(self, part: str) -> Mapping[str, Relation]:
        """The relations of a part by their names; those of the whole file for an empty name."""
        folder, name = posixpath.split(part)
        where = plain(posixpath.join(folder, "_rels", f"{name}.rels"))
        if where not in self.parts:
            return {}
        found = {}
        for element in self.tree(where):
            target, kind = element.get("Target", ""), element.get("Type", "")
            if element.get("TargetMode", "").lower() == "external":
                found[element.get("Id", "")] = Relation(kind, target, is_outside=True)
                continue
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            found[element.get("Id", "")] = Relation(kind, plain(posixpath.normpath(whole)))
        return found


def plain(name: str) -> str:
    """The name of a part as it is looked up: producers differ in slashes and in capitals."""
    return name.replace("\\", "/").lstrip("/").lower()


def name_of(element: Element) -> str:
    """The name of an element without its namespace, of which there are two generations."""
    return str(element.tag).rpartition("}")[2]


def all_of(tree: Element, name: str) -> Iterator[Element]:
    """Every element of a name within another."""
    return (element for element in tree.iter() if name_of(element) == name)


def first_of(tree: Element, name: str) -> Element | None:
    """The first element of a name within another."""
    return next(all_of(tree, name), None)
