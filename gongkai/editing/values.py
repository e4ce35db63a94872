"""What a form says as YAML, in Chinese where there is a word for it."""

from __future__ import annotations

import json
import re
from typing import Any

from gongkai.editing.parts import (
    WORD,
    YES,
    KeyGroup,
    Odd,
    Pairs,
    Part,
    Rows,
    Said,
    ShownText,
    WordList,
)


class TooOdd(Exception):
    """Something that cannot be written so that it says what it is to say."""


def literal(text: str, indent: str, newline: str) -> str:
    mark = "|2" if text[:1] in (" ", "\n", "\t") else "|"
    lines = [indent + line if line else "" for line in text.split("\n")]
    return newline.join([mark, *lines])


def pair_text(part: KeyGroup, name: str, value: Said) -> str:
    key, inner = part.table[name]
    return f"{key.chinese}: {written(inner, value)}"


def block_pair(part: KeyGroup, name: str, value: Said, indent: str, newline: str) -> str:
    key, inner = part.table[name]
    if isinstance(inner, ShownText) and inner.is_body:
        return f"{key.chinese}: {literal(str(value), indent + '  ', newline)}"
    return f"{key.chinese}: {written(inner, value)}"


def written_block(part: Part, value: Said, indent: int, newline: str) -> str:
    """A value on lines of its own, a key each."""
    space = " " * indent
    if isinstance(part, Rows):
        rows = [written_block(part.of, one, indent + 2, newline) for one in value]
        return "".join(f"{space}- {row}{newline}" for row in rows)
    if not isinstance(part, KeyGroup) or not isinstance(value, dict) or set(value) & {WORD}:
        return written(part, value)
    order = [key.name for key, _ in part.keys if key.name in value]
    lines = [block_pair(part, name, value[name], space, newline) for name in order]
    return f"{newline}{space}".join(lines) + ("" if indent else newline)


def written(part: Part, value: Said) -> str:
    """A value on one line, in Chinese where there is a word for it."""
    match part:
        case ShownText():
            return _scalar(YES if part.is_flag and value else str(value))
        case WordList():
            return f"[{', '.join(_scalar(one) for one in value)}]"
        case Pairs():
            return f"{{{', '.join(f'{_scalar(k)}: {_scalar(v)}' for k, v in value.items())}}}"
        case Rows():
            return f"[{', '.join(written(part.of, one) for one in value)}]"
        case KeyGroup():
            return _group(part, value)
    raise TooOdd


def _group(part: KeyGroup, value: Any) -> str:
    if part.word and WORD in value and len(value) == 1:
        return _scalar(value[WORD])
    if any(name not in part.table or isinstance(each, Odd) for name, each in value.items()):
        raise TooOdd
    order = [key.name for key, _ in part.keys if key.name in value]
    return f"{{{', '.join(pair_text(part, name, value[name]) for name in order)}}}"


_SIGNS = r"\n,\[\]{}:#\"'&*!|>%@`：\x00-\x1f\x7f-\x9f"
_PLAIN = re.compile(rf"[\w\u3007\u4e00-\u9fff（《“](?:[^{_SIGNS}]*[^\s{_SIGNS}])?")
"""What may stand without quotation marks, in brackets too."""
_TIME = re.compile(r"[\d-]+ \d\d:\d\d(:\d\d)?")
_BLANKS = re.compile("[\u2028\u2029\x85]")
"""What some readers of YAML take for ends of lines."""


def _scalar(text: str) -> str:
    text = _BLANKS.sub(" ", text)
    is_plain = _PLAIN.fullmatch(text) or _TIME.fullmatch(text)
    if is_plain and text.lower() not in ("null", "~") and "\ufeff" not in text:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")
