"""What stands below the text of a paper: what is attached, who signed it and when, and to whom it
was sent and how many were printed (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.source.word.model import Block, Paragraph, WordPicture, WordTable
from gongkai.source.word.redhead import is_rule
from gongkai.source.workbook.days import day_of, with_figures

_SENT = re.compile(r"\s*(?:抄\s*送|抄\s*报|分\s*送|主\s*题\s*词)\s*[:：]")
_PRINTED = re.compile(
    r".{0,60}(?:\d{4}年\d{1,2}月\d{1,2}日|[〇○零一二三四五六七八九十]{4}年.{2,7}日)\s*印\s*发?\s*"
    r"|\s*[(（]?(?:共印|印数|印刷)[:：]?\s*\d+\s*份?[)）]?\s*|.{0,20}校\s*对[:：].{0,20}"
)
_LAST = 10
"""Blocks at the end among which it is looked for to whom a paper was sent."""
_SIGNER = re.compile(
    r"(?:公司|集团|厂|会|工会|党委|支部|车间|科|部|处|室|组|班|中心|站|所|院)(?:[(（]?(?:盖?章|公章)[)）]?)?$"
)
_STOPS = re.compile(r"[。；：:;？！]$")
_LONGEST_SIGNER, _LONGEST_LINE, _MOST_SIGNERS = 40, 60, 4
_SIGNED = re.compile(
    r"(.{2,40}?)[\s\u3000]+((?:\d{4}|[〇○零0一二三四五六七八九]{4})\s*年.{3,12}日)"
)
_ATTACHED = re.compile(
    r"附\s*件\s*[:：]\s*(.*)|附\s*件\s*(\d{1,2})\s*[:：.．、]\s*(\S.*)", re.DOTALL
)
_ONE = re.compile(
    r"\s*(?:[(（]?\d{1,2}[)）.．、]|附\s*件\s*\d{1,2}\s*[:：.．、]?)\s*(.+)", re.DOTALL
)
_SECTION = re.compile(r"附\s*件\s*(?:\d{0,2}|[一二三四五六七八九十]{0,3})\s*[:：]?")


class Closing(NamedTuple):
    """The end of a paper. ``end`` is where what is told ends, ``sign`` where the signature begins
    (and ``signed`` who signed), both counted in the blocks."""

    signed: tuple[str, ...]
    formed: date | None
    attached: tuple[str, ...]
    left_out: tuple[str, ...]
    sign: range
    end: int


def closing_of(blocks: Sequence[Block], start: int) -> Closing:
    """Read the end of a paper whose text begins at ``start``."""
    end = _end(blocks, start)
    left_out = [" ".join(text.split()) for block in blocks[end:] for text in _texts(block)]
    sign, signed, formed = _signature(blocks, start, end)
    return Closing(
        signed=signed,
        formed=formed,
        attached=_attached(blocks, start, sign.start if sign else end),
        left_out=tuple(text for text in left_out if text and not is_rule(text)),
        sign=sign,
        end=end,
    )


def _texts(block: Block) -> list[str]:
    if isinstance(block, WordTable):
        return [cell for row in block.rows for cell in row if cell]
    return [block.whole] if isinstance(block, Paragraph) else []


def _end(blocks: Sequence[Block], start: int) -> int:
    """Where the lines begin that say to whom a paper was sent."""
    end = len(blocks)
    while end > start and _is_imprint(blocks[end - 1]):
        end -= 1
    last = range(max(start, end - _LAST), end)
    sent = next((n for n in last if any(map(_SENT.match, _texts(blocks[n])))), None)
    if sent is not None and end < len(blocks):
        end = sent  # a list of many runs over several lines
    if _is_printer(blocks[max(end - 2, start) : end + 1]):
        end -= 1
    while end < len(blocks) and end > start and _is_line(blocks[end - 1]):
        end -= 1
    return end


def _is_printer(blocks: Sequence[Block]) -> bool:
    """Are three lines the day of a signature, then who printed the paper, then when?"""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    if len(texts) != 3 or len(texts[1]) > _LONGEST_SIGNER:
        return False
    is_office = _SIGNER.search("".join(texts[1].split())) is not None
    is_printed = _PRINTED_ON.fullmatch("".join(with_figures(texts[2]).split())) is not None
    return signed_day(texts[0]) is not None and is_office and is_printed


_PRINTED_ON = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日印发?")
_NOTHING = re.compile(r"[(（【\[]?\s*(?:此|本|以下|下)页?无正文\s*[)）】\]]?")


def is_filler(block: Block) -> bool:
    """Does a line only say that its page has no text?"""
    return isinstance(block, Paragraph) and _NOTHING.fullmatch(block.text.strip()) is not None


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_rule(block.text)


def _is_imprint(block: Block) -> bool:
    """Is a block, all of it, about copies and printing?"""
    texts = _texts(block)
    if isinstance(block, WordTable):
        texts = ["\u3000".join(filter(None, row)) for row in block.rows if any(row)]
    return bool(texts) and all(
        _SENT.match(text) or _PRINTED.fullmatch(text) or is_rule(text) for text in texts
    )


class _Signature(NamedTuple):
    """Where a signature stands, who signed, and the day."""

    place: range = range(0)
    names: tuple[str, ...] = ()
    day: date | None = None


def _signature(blocks: Sequence[Block], start: int, end: int) -> _Signature:
    """The last signature before anything that is attached; a day at the top is none if another
    follows."""
    annexes = (at for at in range(start, end) if is_section(blocks[at]))
    annex = next(annexes, end)
    for last in (annex, end):
        found = (_signed_at(blocks, start, at, last) for at in range(last - 1, start - 1, -1))
        if (one := next(filter(None, found), None)) is not None:
            return one
    return _Signature()


def _signed_at(blocks: Sequence[Block], start: int, at: int, end: int) -> _Signature | None:
    """The signature whose day stands at a place."""
    block = blocks[at]
    if isinstance(block, WordTable):
        return _signed_table(block, at)
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINE:
        return None
    if both := _SIGNED.fullmatch(block.text.strip()):
        day = signed_day(both[2])
        if day and _SIGNER.search(both[1].strip()):
            return _Signature(range(at, at + 1), (both[1].strip(),), day)
    day = signed_day(block.text)
    if day is None:
        return None
    first = _first_signer(blocks, start, at)
    if first == at and block.align != "right" and at != end - 1:
        return None
    texts = (text for block in blocks[first:at] for text in _texts(block))
    return _Signature(range(first, at + 1), tuple(_names(texts)), day)


def _names(texts: Iterable[str]) -> Iterator[str]:
    """Who signed: several may stand on one line, each with a day of its own."""
    for text in texts:
        for one in _GAP.split(text):
            name = _LABEL.sub("", " ".join(one.split()))
            if name and signed_day(name) is None:
                yield name


def _signed_table(grid: WordTable, at: int) -> _Signature | None:
    """A signature in a table, which puts those side by side who signed, over their days."""
    rows = [[text for text in row if text.strip()] for row in grid.rows]
    rows = [row for row in rows if row]
    if not 1 < len(rows) <= _MOST_SIGNERS:
        return None
    day = (
        next(iter(days), None) if len(days := {signed_day(row) for row in rows[-1]}) == 1 else None
    )
    names = [text for row in rows[:-1] for text in row]
    if day is None or not all(_SIGNER.search("".join(name.split())) for name in names):
        return None
    return _Signature(range(at, at + 1), tuple(_names(names)), day)


def signed_day(text: str) -> date | None:
    """The day that a line is, in figures or in Han numerals, with blanks or without."""
    days = {_day(one) for one in _GAP.split(text.strip())}
    return days.pop() if len(days) == 1 and None not in days else _day(text)


def _day(text: str) -> date | None:
    plain = _LABEL.sub("", "".join(with_figures(text).split()))
    plain = _WEEKDAY.sub("", plain)
    return day_of(plain) if not plain.isdigit() else None


_WEEKDAY = re.compile(r"\((?:星期|周)[一二三四五六日天]\)$")
_GAP = re.compile(r"[ \u3000\xa0]{2,}|[\t\u3000]")
_LABEL = re.compile(
    r"^(?:(?:发布|发文|成文|签发|落款)(?:日期|时间)|日期|(?:发布|发文|落款)?单位)[:：]"
)


def _first_signer(blocks: Sequence[Block], start: int, at: int) -> int:
    """Where the names of those begin who signed on the day below."""
    first = at
    while first > start and at - first < _MOST_SIGNERS:
        block = blocks[first - 1]
        if isinstance(block, WordPicture) and block.is_floating:  # a seal
            first -= 1
            continue
        if not isinstance(block, Paragraph) or block.label or block.heading:
            break
        text = block.text.strip()
        is_short = len(text) <= _LONGEST_SIGNER and not _STOPS.search(text)
        is_named = _SIGNER.search("".join(text.split())) or block.align == "right"
        if not is_short or not is_named:
            break
        first -= 1
    while first < at and isinstance(blocks[first], WordPicture):
        first += 1
    return first


def _attached(blocks: Sequence[Block], start: int, end: int) -> tuple[str, ...]:
    """The names of what is said to be attached."""
    for at in range(start, end):
        block = blocks[at]
        found = _ATTACHED.fullmatch(block.whole) if isinstance(block, Paragraph) else None
        if found is None:
            continue
        names = [_name(found[1] if found[1] is not None else found[3])]
        for other in blocks[at + 1 : end]:
            more = _ONE.fullmatch(other.whole) if isinstance(other, Paragraph) else None
            if more is None:
                break
            names.append(_name(more[1]))
        return tuple(filter(None, names))
    return ()


def _name(text: str) -> str:
    found = _ONE.fullmatch(text)
    return " ".join((found[1] if found else text).split()).strip("《》。；; ")


def is_section(block: Block) -> bool:
    """Does an attachment of the paper itself begin here?"""
    return isinstance(block, Paragraph) and _SECTION.fullmatch(block.whole.strip()) is not None
