"""The text of a document as Markdown that shows what its reader saw."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from gongkai.editing.written import as_typed, table_text
from gongkai.source.word.grids import sheet_of_grid, understood_grid
from gongkai.source.word.labels import BULLET
from gongkai.source.word.model import Block, Paragraph, WordPicture, WordTable
from gongkai.source.workbook.reading import Worksheet

_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}[、．.]|第[一二三四五六七八九十百]{1,4}[章编篇]")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百]{1,4}节")
_SENTENCE = re.compile(r"[。；;：:，,！？]|[.]$")
_LONGEST = 40
"""Characters of a heading that is known by its number alone."""
_LOWERMOST = 4
"""The lowest level of headings in a text."""
_COUNTED = re.compile(r"(\d{1,9})([.)])")


def markdown(
    body: Sequence[Block], plain: Collection[int], names: Mapping[int, tuple[str, str]]
) -> str:
    """The blocks of a text. Those at the places ``plain`` are no headings; ``names`` are the files
    and titles of pictures by their places, and those without one are left out."""
    parts: list[str] = []
    at, is_list, levels = 0, False, _levels(body)
    while at < len(body):
        end = at + 1
        block = body[at]
        if isinstance(block, WordPicture):
            parts += [_picture(*names[at])] if at in names else []
        elif isinstance(block, WordTable):
            parts += _table(block)
        # Markdown would number a list on that follows another
        elif not is_list and (end := list_end(body, at)) > at:
            parts.append(_list([block for block in body[at:end] if isinstance(block, Paragraph)]))
            is_list, at = True, end
            continue
        else:
            end = at + 1
            level = 0 if at in plain else _level(block, levels)
            parts.append(_paragraph(block, level))
        is_list, at = False, end
    return "\n\n".join(filter(None, parts))


def _picture(name: str, title: str) -> str:
    return f"![{as_typed(title)}]({name})"


def _paragraph(paragraph: Paragraph, level: int) -> str:
    text = as_typed(paragraph.whole.replace("\t", "\u3000"))
    return f"{'#' * level} {text}" if level else text


def heading_count(body: Sequence[Block], plain: Collection[int]) -> int:
    """How many headings there are."""
    levels = _levels(body)
    return sum(at not in plain and _level(block, levels) > 0 for at, block in enumerate(body))


def _level(block: Block, levels: Collection[int]) -> int:
    """The level of a heading, 0 for none: by its style, or by its number if it is short and no
    sentence, and there is text below one of its kind."""
    if not isinstance(block, Paragraph):
        return 0
    if block.heading:
        return min(block.heading, _LOWERMOST)
    level = _numbered_level(block)
    return level if level in levels else 0


def _levels(body: Sequence[Block]) -> set[int]:
    """The levels of numbered lines of which one has anything below it but the next of its kind."""
    found: set[int] = set()
    for block, below in pairwise(body):
        level = _numbered_level(block) if isinstance(block, Paragraph) else 0
        if level and not (isinstance(below, Paragraph) and 0 < _numbered_level(below) <= level):
            found.add(level)
    return found


def _numbered_level(block: Paragraph) -> int:
    text = block.whole.strip()
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return 0
    if _FIRST.match(text):
        return 1
    return 2 if _SECOND.match(text) else 0


def _table(grid: WordTable) -> Iterator[str]:
    """A table with the lines above and below it; one without heads has its first row as such."""
    sheet = sheet_of_grid(grid)
    found = understood_grid(sheet)
    if found is None or (_is_form(grid) and "r" not in found.align):
        yield from _form(sheet)
        return
    above = [found.title] if found.title else []
    yield from map(as_typed, [*above, *found.before])
    yield table_text([list(row) for row in found.table], found.align)
    yield from map(as_typed, found.after)


def _is_form(grid: WordTable) -> bool:
    """Is there a row in which what is filled in is wider than a column, and not all of it?"""
    width = len(grid.rows[0]) if grid.rows else 0
    return any(span.top and 1 <= span.right - span.left < width - 1 for span in grid.spans)


def _form(sheet: Worksheet) -> Iterator[str]:
    rows = [[cell.text for cell in row] for row in sheet.rows]
    if rows:
        yield table_text(rows)


def list_end(body: Sequence[Block], at: int) -> int:
    """Where a list ends that begins at a place, with numbers as Markdown counts them; the place
    itself where there is none."""
    end, items = at, []
    while end < len(body) and _is_item(one := body[end]):
        assert isinstance(one, Paragraph)
        items.append(one)
        if not _is_counting(items):
            break
        end += 1
    return end


def _is_item(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.heading or not block.text:
        return False
    return block.label == BULLET or _COUNTED.fullmatch(block.label) is not None


def _is_counting(items: Sequence[Paragraph]) -> bool:
    """Does the last item come after the one before it on its level, and stand no more than one
    level further in than the one above it?"""
    last = items[-1]
    if len(items) == 1:
        return last.depth == 0 or last.label == BULLET or _COUNTED.fullmatch(last.label) is not None
    if last.depth > items[-2].depth + 1 or last.depth < items[0].depth:
        return False
    siblings = []
    for item in reversed(items):
        if item.depth < last.depth:
            break
        if item.depth == last.depth:
            siblings.append(item)
        if len(siblings) == 2:
            break
    return all(_follows(paragraph, other) for other, paragraph in pairwise(siblings))


def _follows(one: Paragraph, other: Paragraph) -> bool:
    if BULLET in (one.label, other.label):
        return one.label == other.label
    first, second = _COUNTED.fullmatch(one.label), _COUNTED.fullmatch(other.label)
    is_alike = bool(first and second and first[2] == second[2])
    return is_alike and int(second[1]) == int(first[1]) + 1 if first and second else False


def _list(items: Sequence[Paragraph]) -> str:
    """A list, each level as far in as the text of the one above it."""
    lines: list[str] = []
    indents = [0]
    least = items[0].depth
    for item in items:
        depth = item.depth - least
        marker = "-" if item.label == BULLET else item.label
        del indents[depth + 1 :]
        lines.append(f"{' ' * indents[depth]}{marker} {as_typed(item.text)}")
        indents.append(indents[depth] + len(marker) + 1)
    return "\n".join(lines)
