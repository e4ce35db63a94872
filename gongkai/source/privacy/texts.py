"""What is told of a file that was opened: texts, rows of tables, and why it could not be read."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple


class UnreadError(Exception):
    """Nobody but the right program can look into this; ``why`` is a word for the sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TableRow(NamedTuple):
    """A row of a table with the heads of its columns."""

    cells: tuple[str, ...]
    heads: tuple[str, ...]


Text = str | TableRow


def decoded(data: bytes) -> str:
    """Bytes as text in the encoding that they are most likely in; digits are the same in all."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:_BEGINNING]:
        is_little = data[1:_BEGINNING:2].count(0) >= data[:_BEGINNING:2].count(0)
        return data.decode("utf-16-le" if is_little else "utf-16-be", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("gb18030", "replace")


_BEGINNING = 4096
"""Bytes by which a text of wide characters is known that has no mark: every digit has a nought."""
