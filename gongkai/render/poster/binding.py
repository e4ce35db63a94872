"""Several PDFs bound into one, with the structure that readers for the blind go by.

Typst holds all of a document in memory, three megabytes a sheet; a board of two hundred sheets is
therefore set in parts. pikepdf carries the pages over, and leaves the structure to whoever binds.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.files.signals import uninterrupted

with uninterrupted():
    import pikepdf


def bound(parts: Sequence[bytes], title: str) -> bytes:
    """All pages in order under a title; language and standard are those of the first, which all
    share.

    Equal parts give equal bytes.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(parts[0])) as book:
        for number, data in enumerate(parts[1:], 1):
            with pikepdf.open(io.BytesIO(data)) as part:
                _append(book, part, f"P{number}")
        with book.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = title
        book.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _append(book: pikepdf.Pdf, part: pikepdf.Pdf, name: str) -> None:
    """Pages first, so that the structure finds them; then the structure, under names of its own."""
    root, other = book.Root.StructTreeRoot, part.Root.StructTreeRoot
    first = int(root.ParentTreeNextKey)
    for page in part.pages:
        if "/StructParents" in page.obj:  # a page of empty cells has none
            page.obj.StructParents = int(page.obj.StructParents) + first
    for element in _elements(other):
        _rename(element, name)
    book.pages.extend(part.pages)
    copied = book.copy_foreign(other)
    for element in copied.K:
        element.P = root
    root.K.extend(copied.K)
    numbers = list(copied.ParentTree.Nums)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        root.ParentTree.Nums.append(int(key) + first)
        root.ParentTree.Nums.append(value)
    root.ParentTreeNextKey = first + int(copied.ParentTreeNextKey)
    if "/IDTree" in copied:
        _join_names(root, copied, name)


def _elements(element: Any) -> Iterator[Any]:
    """Every element below one; numbers and references to marks in a page are none."""
    below = element.get("/K", [])
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from _elements(one)


def _rename(element: Any, name: str) -> None:
    """Heads of columns are found by name, and each part has begun to count anew."""
    if "/ID" in element:
        element.ID = _named(name, element.ID)
    attributes = element.get("/A", [])
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if "/Headers" in one:
            one.Headers = pikepdf.Array([_named(name, head) for head in one.Headers])


def _named(name: str, old: Any) -> pikepdf.String:
    return pikepdf.String(bytes(old).decode("latin-1") + name)


def _join_names(root: Any, copied: Any, name: str) -> None:
    """The names of both, in order, as a reader looks them up."""
    found = dict(_names(root.IDTree)) if "/IDTree" in root else {}
    found |= {key + name.encode(): element for key, element in _names(copied.IDTree)}
    names = pikepdf.Array()
    for key in sorted(found):
        names.append(pikepdf.String(key.decode("latin-1")))
        names.append(found[key])
    root.IDTree = pikepdf.Dictionary(Names=names)


def _names(tree: Any) -> Iterator[tuple[bytes, Any]]:
    if "/Names" in tree:
        pairs = list(tree.Names)
        yield from zip(map(bytes, pairs[::2]), pairs[1::2], strict=True)
    for kid in tree.get("/Kids", []):
        yield from _names(kid)
