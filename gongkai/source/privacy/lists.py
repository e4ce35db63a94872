"""Lists of persons that are no tables: entries or lines one below the other, and names in a row
within a sentence. They matter for the class ``sensitive`` only, where a doubt has to be settled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from gongkai.source.privacy.persons import is_name
from gongkai.text import Node, plain_text

_FIRST = re.compile(r"[\s，,：:；;（(、。]|\d|[-—]")
"""What ends a name at the beginning of an entry."""
_THING = re.compile(
    r"[奖费金款贴助品券卡室部科处区岗组队站厂会表证单法度量率额期类项物具间库线机器量员长]$"
)
"""With what words end that look like names and are none: 安全奖, 高温补贴, 班组长."""
_OF_PERSONS = re.compile(
    r"名单|人员|人选|职工|员工|同志|患者|家庭|对象|[一二两三四五六七八九十\d]\s*(?:名|位|人)"
)
"""What says of a row of names that they are persons."""
_NAME = r"[\u3400-\u9fff]{2,4}"
_ROW = re.compile(rf"[\u3400-\u9fff]{{2,}}(?:、{_NAME})+、[\u3400-\u9fff]{{2,}}")
_FEWEST, _MOSTLY = 2, 0.6


def lists_of_persons(nodes: tuple[Node, ...], words: Collection[str]) -> Iterator[tuple[int, str]]:
    """The line and the text of each list, paragraph or sentence that seems to name persons."""
    for node in nodes:
        if node.kind == "list":
            entries = [plain_text((one,)) for one in node.children]
            if _are_names(entries, words):
                yield node.line, "\n".join(entries)
                continue
        elif node.kind == "paragraph":
            text = plain_text((node,))
            if _are_names(text.split("\n"), words) or _has_row(text, words):
                yield node.line, text
        if node.kind in ("list", "entry", "quote"):
            yield from lists_of_persons(node.children, words)


def _are_names(entries: list[str], words: Collection[str]) -> bool:
    """Do most of them begin with a name, and not with one and the same?"""
    first = [_FIRST.split(one.strip(), maxsplit=1)[0] for one in entries if one.strip()]
    names = [one for one in first if _is_person(one, words)]
    return len(set(names)) >= _FEWEST and len(names) >= _MOSTLY * len(first)


def _has_row(text: str, words: Collection[str]) -> bool:
    """Is there a row of three or more, of which those within are names and nothing else?"""
    if not _OF_PERSONS.search(text):
        return False
    for found in _ROW.finditer(text):
        first, *within, last = found[0].split("、")
        ends = any(_is_person(first[-size:], words) for size in (2, 3))
        begins = any(_is_person(last[:size], words) for size in (2, 3))
        if ends and begins and all(_is_person(one, words) for one in within):
            return True
    return False


def _is_person(text: str, words: Collection[str]) -> bool:
    return is_name(text, words) and not _THING.search(text)
