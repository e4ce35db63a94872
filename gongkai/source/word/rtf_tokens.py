"""The signs of which an .rtf file is made (Rich Text Format 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?\ ?|\\(?P<sign>.)"
    rb"|(?P<text>[^{}\\\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)


class RtfToken(NamedTuple):
    """A sign: ``open`` or ``close`` of a group, a ``word`` with its number, a ``sign`` by itself,
    or bytes of ``text``."""

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[RtfToken]:
    """All signs of a file; binary data are left out."""
    at, end = 0, len(data)
    while at < end:
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        kind = found.lastgroup
        if found["word"]:
            name, digits = found["word"].decode(), found["number"]
            number = int(digits) if digits else None
            if name == "bin":
                yield RtfToken("bytes", data=data[at : at + max(number or 0, 0)])
                at += max(number or 0, 0)
                continue
            yield RtfToken("word", name, number)
        elif kind == "byte":
            yield RtfToken("text", data=bytes.fromhex(found["byte"].decode()))
        elif kind == "text":
            yield RtfToken("text", data=found["text"])
        elif kind == "sign":
            yield RtfToken("sign", found["sign"].decode("latin-1"))
        elif kind in ("open", "close"):
            yield RtfToken(kind)


CODINGS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 204: "cp1251", 161: "cp1253"}
"""Codings of fonts by the number of their set of characters."""
PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 65001: "utf-8"}
"""Codings of files by the number of their code page, where its name is not just that."""
SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "tab": "\t", "line": "\n", "emspace": "\u3000",
    "enspace": " ", "qmspace": " ", "lbr": "\n", "page": "\n", "column": "\n",
}  # fmt: skip
"""Words that stand for characters."""
