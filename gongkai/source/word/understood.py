"""What a document means: an official paper or any other text, with what stands over and below it.

Every word ends up in the title, the number, the text, or among what is said to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from gongkai.domain.model import Value
from gongkai.source.word.closing import closing_of, is_filler
from gongkai.source.word.grids import with_tables
from gongkai.source.word.model import (
    Block,
    Document,
    Objection,
    Paragraph,
    WordPicture,
    WordTable,
    quote,
)
from gongkai.source.word.redhead import head_of, is_rule, is_secret, unfolded

_TO = re.compile(r"[^。；;！？\d][^。；;！？]{1,160}[:：]")
_NAMED = re.compile(r"各|全体|部门|车间|科室|公司|单位|同志|职工|工会|代表|委员会|班组")
_HEAD_WORDS = re.compile(r"(?:如下|下列|以下).{0,8}[:：]$")


class UnderstoodDocument(Value, frozen=True):
    """A document as it was understood. ``signature`` are the places of the signature in ``body``;
    ``head`` and ``imprint`` are the lines above the title and below the signature that are no part
    of what is told."""

    title: str | None
    number: str | None
    to: str | None
    body: tuple[Block, ...]
    signature: tuple[int, ...]
    signed: tuple[str, ...]
    formed: date | None
    attached: tuple[str, ...]
    head: tuple[str, ...]
    imprint: tuple[str, ...]
    objections: tuple[Objection, ...]
    tabbed: int = 0
    """Tables that were made of lines."""


def understand_document(document: Document) -> UnderstoodDocument:
    """What a document means."""
    every = tuple(unfolded(tuple(_lines(document.blocks))))
    blocks = tuple(block for block in every if not is_filler(block))
    fillers = [block.text for block in every if isinstance(block, Paragraph) and is_filler(block)]
    head = head_of([block for block in blocks if not isinstance(block, WordPicture)])
    start = _start(blocks, head.end)
    closing = closing_of(blocks, start)
    own = blocks[start : closing.end]
    before, after = own[: closing.sign.start - start], own[closing.sign.stop - start :]
    if not closing.sign:
        before, after = own, ()
    signed = blocks[closing.sign.start : closing.sign.stop]
    over = [block for block in blocks[:start] if isinstance(block, WordPicture)]
    body, rest = _tidied([*over, *before]), _tidied(after)
    tabbed = sum(isinstance(block, WordTable) for block in (*body, *rest))
    return UnderstoodDocument(
        title=head.title,
        number=head.number,
        to=next((text for block in own[:2] if (text := _to(block))), None),
        body=(*body, *signed, *rest),
        signature=tuple(range(len(body), len(body) + len(signed))),
        signed=closing.signed,
        formed=closing.formed,
        attached=closing.attached,
        head=head.left_out,
        imprint=(*fillers, *closing.left_out),
        objections=(*document.objections, *_secret(document, blocks)),
        tabbed=tabbed - sum(isinstance(block, WordTable) for block in own),
    )


def _start(blocks: Sequence[Block], count: int) -> int:
    """Where the text begins behind a head of so many blocks, pictures among them not counted."""
    kept = [at for at, block in enumerate(blocks) if not isinstance(block, WordPicture)]
    return kept[count] if count < len(kept) else len(blocks)


def _tidied(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks with tables made of lines, and without lines drawn with signs."""
    kept = [block for block in blocks if not (isinstance(block, Paragraph) and is_rule(block.text))]
    return tuple(with_tables(kept))


def _lines(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with a paragraph for each line; the first has the label."""
    for block in blocks:
        if not isinstance(block, Paragraph) or "\n" not in block.text:
            yield block
            continue
        for n, text in enumerate(line for line in block.text.split("\n") if line.strip()):
            label = block.label if n == 0 else ""
            yield msgspec.structs.replace(block, text=text.strip(), label=label)


def _to(block: Block) -> str | None:
    """The line that names those to whom a paper is addressed, if it is that."""
    if not isinstance(block, Paragraph) or block.label or block.heading:
        return None
    text = block.text.strip()
    is_addressed = _TO.fullmatch(text) is not None and _NAMED.search(text) is not None
    return text if is_addressed and not _HEAD_WORDS.search(text) else None


def _secret(document: Document, blocks: Sequence[Block]) -> Iterator[Objection]:
    """Where it is said that a document is secret: in a line of its own, or in a table at the
    top."""
    for at, block in enumerate(blocks):
        texts: list[str] = []
        if isinstance(block, Paragraph):
            texts = [block.text]
        elif isinstance(block, WordTable) and at < _TOP:
            whole = ("".join(row) for row in block.rows if not any(map(is_secret, row)))
            texts = [*(text for row in block.rows for text in row), *whole]
        for text in filter(is_secret, texts):
            yield Objection("secret", block.number, quote(text))
    for text in filter(is_secret, document.margins):
        yield Objection("secret", 0, quote(text))


_TOP = 3
