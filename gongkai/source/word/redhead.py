"""What stands over the text of an official paper (GB/T 9704-2012): who issues it, its number, how
secret and how urgent it is, then the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.source.word.model import Block, Paragraph, WordTable
from gongkai.source.workbook.days import day_of

_REACH = 14
"""Paragraphs among which the head is looked for."""
_NUMBER = re.compile(
    r"(?:文号[:：]\s*|编号[:：]\s*)?"
    r"([\u4e00-\u9fffA-Za-z·、()]{0,24}[〔\[【(﹝]\s*(?:19|20)\d\d\s*[〕\]】)﹞]\s*第?\s*\d{1,5}\s*[号期])"
)
_LEVEL = r"(?:绝密|机密|秘密|工作秘密|(?:核心|普通)?商密|(?:核心|普通)?商业秘密)"
_SECRET = re.compile(
    rf"(?:密级|(?:秘密|保密)等级)?[:：]?[【\[(（〔]?{_LEVEL}[】\])）〕]?"
    r"(?:[★☆▲△◆*].{0,12}|[一二三四五六七八九十\d]{1,3}年)?"
    r"|内部[★☆▲△◆*].{0,12}|(?:密级|(?:秘密|保密)等级)(?:[:：]?内部|[:：](?!无|普通|一般|公开|非密|不涉密).{1,12})"
)
_CLOSED = re.compile(
    r"[(（]?\s*此件(?:(?:不|不予|免予)公开.{0,20}|依申请公开)[)）]?"
    r"|(?:信息)?公开(?:方式|属性|形式|选项)[:：](?:不予?公开|免予公开|依申请公开)"
)
_URGENT = re.compile(r"(?:紧急程度[:：]?\s*)?(?:特急|加急|特提|平急|急件|紧急)")
_COPY = re.compile(
    r"(?:份号[:：]?\s*|No\.?\s*|№\s*)?\d{6}|(?:份号[:：]\s*|№\s*)\d{1,6}", re.IGNORECASE
)
_SIGNER = re.compile(r"(?:签\s*发\s*人|会签人)[:：].{0,30}")
_RULE = re.compile(r"[-—–―_─━═=~～★☆*＊·.。\s]{2,}")
_LABEL = re.compile(
    r"(?:密级|紧急程度|保密期限)[:：]?(?:无|普通|一般|公开)?|内部"
    r"|(?:文件编号|编号|发放编号|版本号?|版次|受控状态)[:：].{1,40}"
)
_TITLE = re.compile(
    r"关于|(?:通知|决议|决定|公示|公告|通告|通报|办法|规定|制度|方案|报告|意见|纪要|请示|批复|名单"
    r"|情况|细则|条例|说明|计划|总结|函|令|议案|守则|规程|倡议书|协议|合同|账目|明细|结果)$"
)
_FIRM = re.compile(r"(?:公司|集团|工厂|厂|委员会|工会|党委|支部|车间|科|部|处|室|小组|文件)$")
_SENTENCE = re.compile(r"[。；：:;!！]$|。")
_LONGEST = 100
"""Characters of a title."""
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]+(?=[\u4e00-\u9fff])")


class Head(NamedTuple):
    """The head of a paper: its title, if it has one, its number, the lines that are not part of
    what is told, and where its text begins."""

    title: str | None
    number: str | None
    left_out: tuple[str, ...]
    end: int


def head_of(blocks: Sequence[Block]) -> Head:
    """Read the head of a paper."""
    lead = _lead(blocks)
    left_out: list[str] = []
    number: str | None = None
    at = 0
    while at < len(lead) and (part := _part(lead, at)) is not None:
        number = number or (_number(lead[at].text) if part == "number" else None)
        left_out += [] if part == "rule" else [" ".join(lead[at].text.split())]
        at += 1
    title, end = _title(lead, at)
    if title and end < len(lead) and (below := _number(lead[end].text)):
        number, end = number or below, end + 1
    while title and end < len(lead) and _RULE.fullmatch(lead[end].text):
        end += 1
    told = tuple(text for text in left_out if _number(text) is None or _SIGNER.search(text))
    return Head(title, number, told, end)


def _lead(blocks: Sequence[Block]) -> list[Paragraph]:
    """The paragraphs at the top, up to the first table or picture."""
    lead: list[Paragraph] = []
    for block in blocks[:_REACH]:
        if not isinstance(block, Paragraph):
            break
        lead.append(block)
    return lead


def is_secret(text: str) -> bool:
    """Does a line say that a paper is secret, or not to be made public?"""
    plain = _plain(text)
    is_whole = _SECRET.fullmatch(plain) or _CLOSED.fullmatch(plain)
    return bool(is_whole) or _several(text) == "secret"


def is_rule(text: str) -> bool:
    """Is it a line drawn with signs?"""
    return _RULE.fullmatch(text) is not None


def _part(lead: Sequence[Paragraph], at: int) -> str | None:
    """Which part of the head a paragraph is; None where the title begins."""
    paragraph = lead[at]
    plain = _plain(paragraph.text)
    if _RULE.fullmatch(paragraph.text):
        return "rule"
    for part, pattern in _PARTS:
        if pattern.fullmatch(plain):
            return part
    if _number(paragraph.text) is not None:
        return "number"
    if (several := _several(paragraph.text)) is not None:
        return several
    return "issuer" if not paragraph.is_title and _is_issuer(lead, at, plain) else None


_ANNEX = re.compile(r"附[件表录](?:\d{1,2}|[一二三四五六七八九十]{1,3})?[:：]?")
_PARTS = (
    ("annex", _ANNEX),
    ("secret", _SECRET),
    ("secret", _CLOSED),
    ("label", _LABEL),
    ("urgent", _URGENT),
    ("copy", _COPY),
    ("signer", _SIGNER),
)


_GAP = re.compile(r"[ \u3000\xa0]{2,}|[\t\u3000]")


def _several(text: str) -> str | None:
    """Which part of the head a line is that consists of several, put side by side by blanks."""
    pieces = [_plain(one) for one in _GAP.split(text) if one.strip()]
    found = [
        next((part for part, known in _PARTS if known.fullmatch(piece)), "") for piece in pieces
    ]
    if len(found) < 2 or not all(found):
        return None
    is_kept = any(_SECRET.fullmatch(piece) or _CLOSED.fullmatch(piece) for piece in pieces)
    return "secret" if is_kept else "label"


def unfolded(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with a line for each row of a table at the top that only puts the head into its
    place."""
    for at, block in enumerate(blocks):
        rows = _head_rows(block) if at < _FIRST and isinstance(block, WordTable) else None
        if rows is None:
            yield block
            continue
        for row in rows:
            yield Paragraph(row, block.number if isinstance(block, WordTable) else 0)


_FIRST, _MOST_ROWS = 3, 8
"""Blocks at the top, and rows of a table, among which a head may be."""


def _head_rows(grid: WordTable) -> list[str] | None:
    """The rows of a table that is a head: names of who issues it, and at least one thing else."""
    rows = ["\u3000".join(filter(None, row)) for row in grid.rows if any(row)]
    kinds = [_row_kind(row) for row in rows]
    is_head = 0 < len(rows) <= _MOST_ROWS and all(kinds) and any(kind != "firm" for kind in kinds)
    return rows if is_head else None


def _row_kind(row: str) -> str | None:
    plain = _plain(row)
    if any(known.fullmatch(plain) for _, known in _PARTS) or _several(row):
        return "part"
    if _number(row) is not None:
        return "number"
    if len(plain) >= 40 or "关于" in plain or not _FIRM.search(plain):
        return None
    is_issuer = plain.endswith("文件") and _FIRM.search(plain.removesuffix("文件"))
    return "head" if is_issuer else "firm"


def _is_issuer(lead: Sequence[Paragraph], at: int, plain: str) -> bool:
    """The name of who issues it: it ends with 文件, is red, or stands over the number."""
    if plain.endswith("文件") and len(plain) < 40 and not plain.startswith("关于"):
        return True
    if _TITLE.search(plain) and not _FIRM.search(plain):
        return False
    if lead[at].is_red and _FIRM.search(plain) and "关于" not in plain:
        return True
    for other in lead[at + 1 :]:
        if _number(other.text) is not None:
            return len(plain) < 40
        if _TITLE.search(_plain(other.text)) or _SENTENCE.search(other.text):
            return False
    return False


def _number(text: str) -> str | None:
    """The number of a paper, where a line is nothing but it, or it and who signed."""
    found = _NUMBER.match(_plain(text))
    if not found:
        return None
    rest = _plain(text)[found.end() :]
    if rest and not _SIGNER.fullmatch(rest):
        return None
    made = re.sub(r"\s", "", found[1])
    return re.sub(r"[\[【(﹝]((?:19|20)\d\d)[\]】)﹞]", r"〔\1〕", made)


def _plain(text: str) -> str:
    """Without blanks, wide figures as plain ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _title(lead: Sequence[Paragraph], at: int) -> tuple[str | None, int]:
    """The title from a place on, and where it ends; it may stand on several lines."""
    if at >= len(lead) or _is_no_title(lead[at]):
        return None, at
    end = at + 1
    while end < len(lead) and _goes_on(lead[at:end], lead[end]):
        end += 1
    whole = "".join(paragraph.whole for paragraph in lead[at:end])
    return " ".join(_HAN_GAP.sub("", whole).split()), end


def _is_no_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    is_marked = paragraph.is_title or paragraph.align == "center"
    return not is_marked and (len(text) > _LONGEST or bool(_SENTENCE.search(text.strip())))


def _goes_on(above: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Does a title go on in a paragraph?"""
    first, text = above[0], _plain(paragraph.text)
    if sum(len(one.text) for one in above) + len(text) > _LONGEST or paragraph.label:
        return False
    if text[:1] in "(〔[" or _SENTENCE.search(text) or _number(text) or day_of(text):
        return False
    if first.is_title or paragraph.is_title:
        return first.is_title and paragraph.is_title
    told = _plain("".join(one.text for one in above))
    is_open = bool(_FIRM.search(told)) and len(told) < 40 and bool(_TITLE.search(text))
    if told.endswith("的") or is_open or (told.startswith("关于") and not _TITLE.search(told[2:])):
        return len(text) < 60
    is_alike = first.align == paragraph.align == "center" and first.size == paragraph.size
    return is_alike and first.size > _BODY


_BODY = 16.0
"""Points of the usual text of a paper; what is larger is a title."""
