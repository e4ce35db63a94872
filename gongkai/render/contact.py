"""Whom to tell, out of a line such as ``组织部 内线 8031``: who it is, and how they are reached."""

from __future__ import annotations

import re

from gongkai.domain.model import Value

_DIGITS = r"\d[\d-]*\d(?: \d{3,4})*"
_NUMBERS = rf"{_DIGITS}(?:\s?[、/]\s?{_DIGITS})*"
"""One number or several, as they are dialled."""
_LABELLED = re.compile(
    rf"(.*?)[\s:：]*((?:内线|分机|(?:(?<=\s)|\A)(?:电话|手机))\s*{_NUMBERS})(.*)"
)
_PHONE = re.compile(
    rf"([^\d]*?[^\d\s:：])[\s:：]+((?=[\d -]*\d{{4}}){_NUMBERS})([^\d年月日时室号楼层栋].*)?"
)
_BOX = re.compile(r"(\S{2,12})(意见箱)")
_CALLED = re.compile(r"(\S{2,6}?)[:：\s]+(?!//)(\S.*)")
"""A contact that begins with what it is."""
_ADDRESS = re.compile(r"@|://|www\.")


class Reached(Value, frozen=True):
    """``who`` may be empty; ``more`` is what else is said."""

    who: str
    how: str
    more: str = ""


def reached(text: str) -> Reached:
    """Whom to tell, and how; a line in which nothing can be told apart is how."""
    if not _ADDRESS.search(text):
        for known in (_LABELLED, _PHONE):
            if found := known.fullmatch(text):
                return Reached(found[1].strip(" ，,:："), found[2], (found[3] or "").strip("，, "))
        if found := _BOX.fullmatch(text):
            return Reached(found[2], found[1])
    if found := _CALLED.fullmatch(text):
        return Reached(found[1], found[2])
    return Reached("", text)
