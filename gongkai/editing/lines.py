"""The lines of a text that changed, from the first to the last."""

from __future__ import annotations

from typing import NamedTuple


class Splice(NamedTuple):
    """What comes in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    put: str


def changed_lines(
    text: str, head: int, stood: list[str], new: str, indent: str, newline: str
) -> Splice:
    """The lines from the first that changed to the last; ``stood`` are those from ``head`` on, each
    with its indentation and perhaps a sign of its end."""
    lines = [f"{indent}{one}" if one else "" for one in new.split("\n")]
    plain = [one.removesuffix("\r") for one in stood]
    shown = [one if one.strip() or not indent else one.strip() for one in plain]
    same = 0
    while same < min(len(lines), len(shown)) and lines[same] == shown[same]:
        same += 1
    tail = 0
    while tail < min(len(lines), len(shown)) - same and lines[-1 - tail] == shown[-1 - tail]:
        tail += 1
    first = head + sum(len(one) + 1 for one in stood[:same])
    kept, put = stood[same : len(stood) - tail], lines[same : len(lines) - tail]
    if not tail:  # up to the end, of which the sign stays
        length = sum(len(one) + 1 for one in kept) - 1
        if kept and put:
            end = first + length - (1 if kept[-1].endswith("\r") else 0)
            return Splice(first, end, newline.join(put))
        if kept:
            start = first - 1 - (1 if same and stood[same - 1].endswith("\r") else 0)
            return Splice(start, first + length - (1 if kept[-1].endswith("\r") else 0), "")
        at = first - 1 - (1 if same and stood[same - 1].endswith("\r") else 0)
        at = min(at, len(text)) if text[at : at + 1] in ("\r", "\n") else len(text)
        return Splice(at, at, "".join(newline + one for one in put))
    end = first + sum(len(one) + 1 for one in kept)
    return Splice(first, end, "".join(one + newline for one in put))
