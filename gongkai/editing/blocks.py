"""A body as a form shows it: pieces of text, and tables as grids of plain cells.

What nobody touched stays as it was typed, row by row: a grid is written back over its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gongkai.domain.text import Body, Node, plain_text
from gongkai.editing.written import table_text
from gongkai.source.markdown import tree

Rows = list[list[str]]
_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")


class BodyPart(NamedTuple):
    """A piece of a body: its source with the blank lines behind it, and the cells of a table.
    ``is_marked``: a cell has more than plain text in it, so that all are shown as typed."""

    source: str
    cells: Rows | None = None
    is_marked: bool = False

    @property
    def text(self) -> str:
        """What was typed, without the lines around it."""
        return self.source.strip("\n")

    @property
    def gap(self) -> str:
        """The blank lines behind it."""
        return self.source[len(self.source.rstrip("\n")) :]


def blocks_of(body: str) -> list[BodyPart]:
    """The pieces of a body, which together are the body."""
    lines = body.split("\n")
    found: list[BodyPart] = []
    done = 0
    for node in tree(Body(body, 1)):
        if node.kind != "table":
            continue
        if node.line - 1 > done:
            found.append(BodyPart("\n".join([*lines[done : node.line - 1], ""])))
        last = node.children[-1].line if len(node.children) > 1 else node.line + 1
        while last < len(lines) and not lines[last].strip():
            last += 1
        end = "" if last >= len(lines) else "\n"
        found.append(_table(node, "\n".join(lines[node.line - 1 : last]) + end))
        done = last
    if done < len(lines) and (done == 0 or "\n".join(lines[done:])):
        found.append(BodyPart("\n".join(lines[done:])))
    return found


def _table(node: Node, source: str) -> BodyPart:
    kinds = {part.kind for row in node.children for cell in row.children for part in cell.children}
    if kinds <= {"text"}:
        cells = [
            [plain_text(cell.children).strip() for cell in row.children] for row in node.children
        ]
        return BodyPart(source, cells)
    head, _, *rows = source.rstrip("\n").split("\n")
    return BodyPart(source, [_cells(text) for text in (head, *rows)], is_marked=True)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [one.strip().replace("\\|", "|") for one in _BAR.split(inner)]


def as_cells(text: str) -> Rows:
    """A grid as it is sent: a line a row, cells parted by tabs."""
    rows = [line.split("\t") for line in text.split("\n")]
    while rows and not any(row.strip() for row in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    while width > 1 and not any(row[width - 1].strip() for row in rows if len(row) >= width):
        width -= 1
    return [[cell.strip() for cell in (row + [""] * width)[:width]] for row in rows]


def as_sent(cells: Rows) -> str:
    """The reverse of ``as_cells``."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)


def rejoined(body: str, sent: Sequence[tuple[str, str, int | None]]) -> str:
    """A body of pieces as they were sent: each ``text`` or ``table``, what is in it, and the number
    of the piece it was before."""
    stood = blocks_of(body)
    made = [
        _piece(kind, text, stood[number] if number is not None and number < len(stood) else None)
        for kind, text, number in sent
    ]
    made = [text for text in made if text.strip("\n")]
    joined = "".join(
        text if text.endswith("\n\n") else f"{text.rstrip()}\n\n" for text in made[:-1]
    )
    exact = "".join(made)
    is_same = [number for _, _, number in sent] == [*range(len(stood))]
    whole = exact if is_same and len(made) == len(stood) else joined + "".join(made[-1:])
    return whole.strip("\n")


def _piece(kind: str, text: str, before: BodyPart | None) -> str:
    gap = before.gap if before else "\n\n"
    if kind == "text":
        return (
            before.source if before and text.strip("\n") == before.text else text.strip("\n") + gap
        )
    cells = as_cells(text)
    if not cells:
        return ""
    if before is None or before.cells is None:
        return _new_table(cells) + gap
    if cells == as_cells(as_sent(before.cells)):
        return before.source
    return _rewritten(before, cells) + gap


def _new_table(cells: Rows) -> str:
    return table_text(cells, _align(cells))


def _align(cells: Rows) -> str:
    """``r`` for each column of numbers."""
    columns = [[row[n] for row in cells[1:] if row[n]] for n in range(len(cells[0]))]
    return "".join(
        "r" if column and all(map(_NUMBER.fullmatch, column)) else "-" for column in columns
    )


def _rewritten(before: BodyPart, cells: Rows) -> str:
    """A table over its source: rows that stay are the lines they were."""
    lines = before.source.rstrip("\n").split("\n")
    stood = as_cells(as_sent(before.cells or []))
    if len(stood[0]) != len(cells[0]) or len(lines) != len(stood) + 1:
        return _new_table(cells) if not before.is_marked else _marked(cells)
    sources = [lines[0], *lines[2:]]
    made: list[str] = []
    keys = [["\t".join(row) for row in rows] for rows in (stood, cells)]
    for step, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if step == "equal":
            made += sources[i:j]
        else:
            made += [_row(row, is_marked=before.is_marked) for row in cells[k:m]]
    return "\n".join([made[0], lines[1], *made[1:]])


def _row(cells: list[str], *, is_marked: bool) -> str:
    if is_marked:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    return table_text([cells]).split("\n")[0]


def _marked(cells: Rows) -> str:
    rows = [_row(cell, is_marked=True) for cell in cells]
    marks = ["---:" if text == "r" else "---" for text in _align(cells)]
    return "\n".join([rows[0], "|" + "|".join(marks) + "|", *rows[1:]])


def sent_of(form: Mapping[str, str], trail: str) -> list[tuple[str, str, int | None]]:
    """The pieces of a body in a form, in their order."""
    numbers = sorted(
        {int(found[1]) for name in form if (found := re.fullmatch(rf"{trail}\.(\d+)\.text", name))},
        key=lambda n: (float(form.get(f"{trail}.{n}.order") or n), n),
    )
    return [
        (
            form.get(f"{trail}.{n}.kind", "text"),
            form[f"{trail}.{n}.text"],
            int(old) if (old := form.get(f"{trail}.{n}.was", "")).isdecimal() else None,
        )
        for n in numbers
    ]
