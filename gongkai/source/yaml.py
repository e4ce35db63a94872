"""Strict YAML: one tree with positions, every scalar as typed, everything clever refused.

PyYAML's C parser does the parsing. YAML 1.1 would turn ``no`` into false and ``12:30`` into 750;
here every scalar stays text and the shapes decide what it means. Anchors, aliases and tags are
refused, because a clerk never means them and a bomb is made of them.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # it is there, undeclared
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gongkai.source.problems import Problem

__all__ = [
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "compose",
    "find_control",
    "may_be_clever",
    "unreadable",
]

DEEPEST = 20
LONGEST = 1_000_000
"""Characters in one file; a disclosure item has a few thousand."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]{}]")
_DEEP = re.compile(r"^[ \t]{40}|(?:[-?:][ \t]++){10}", re.MULTILINE)


_BEGINNINGS = ("- -", "- :", ": -", ": :", "? ", "?\t", "-  ", ":  ", "\t", " " * 40)
"""One of these is in every text in which entries begin in one another on a line; in few others."""


class _Composer(CParser):
    """Composes nodes with positions and without guessing what plain scalars mean.

    The parser asks for a tag and tells of every step up and down, three calls a node; nobody looks
    at the answers, so they are given by built-in functions, which cost a fifth of our own.
    """

    resolve = slice
    descend_resolver = operator.is_
    ascend_resolver = tuple


def find_control(text: str) -> re.Match[str] | None:
    """The first character that has no place in a text; most texts are plainly without one."""
    return None if text.replace("\n", "").isprintable() else CONTROL.search(text)


def unreadable(text: str) -> Iterator[Problem]:
    """Characters that have no place in a file, and files too large to be an item."""
    if len(text) > LONGEST:
        yield Problem("format/syntax", 1, 1, "too-long", {"most": LONGEST})
    elif found := find_control(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        code = f"U+{ord(found[0]):04X}"
        yield Problem("format/syntax", line, column, "control", {"code": code})


def compose(text: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Parse one YAML document; the tree, or None with what is wrong with it.

    ``first_line`` is the line of the file on which the text begins. Marks in the tree count from 0
    within the text; the readers of the tree add ``first_line``.
    """
    text = _LINE_ENDS.sub(" ", text)
    if may_be_clever(text) and (problems := list(_refused(text, first_line))):
        return None, problems
    if "#" in text and _MARKED.search(text) and (problems := list(_cut_off(text, first_line))):
        return None, problems
    parser = _Composer(text)
    try:
        return parser.get_single_node(), []
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, text, first_line)]
    finally:
        parser.dispose()


_LINE_ENDS = re.compile("[\u2028\u2029\x85]")
"""What YAML takes for ends of lines and no editor does: lines are counted as people see them."""


_MARKED = re.compile(r"[\"']#|[ \t]#[^\s#]")
"""A # that may cut off a text; one with a blank on both sides begins a remark."""
_CUTS = re.compile(r"[ \t]+#[^\s#]")


def _cut_off(text: str, first_line: int) -> Iterator[Problem]:
    """Texts with a # right behind the quotation marks, or with one that is joined to what follows:
    that would be dropped as a remark, and ``关于 #3炉检修`` would end in 关于."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            end = event.end_mark
            if not end or not isinstance(event, yaml.ScalarEvent) or event.style in ("|", ">"):
                continue
            is_quoted = event.style in ('"', "'")
            line, column = _place(end)
            if is_quoted and text[end.index : end.index + 1] == "#":
                yield Problem("format/syntax", line + first_line, column + 1, "behind-quote")
            elif (
                not is_quoted
                and not _is_word(event.value)
                and (found := _CUTS.match(text, end.index))
            ):
                column += len(found[0]) - 2
                yield Problem("format/syntax", line + first_line, column + 1, "behind-text")
    except yaml.MarkedYAMLError:
        return  # told elsewhere


def _is_word(value: str) -> bool:
    """Is a value a day, a number or a name of ours, of which nothing can be cut off?"""
    return bool(value) and value.isascii() and " " not in value


def may_be_clever(text: str) -> bool:
    """Could there be an anchor, an alias, a tag, or more depth than is allowed?"""
    if "&" in text or "*" in text or "!" in text:
        return True
    if text.count("[") + text.count("{") >= DEEPEST and _may_nest(text):
        return True
    for (
        beginning
    ) in _BEGINNINGS:  # a loop: it is asked for every file, and "any" costs as much again
        if beginning in text:
            return _DEEP.search(text) is not None
    return False


def _may_nest(text: str) -> bool:
    """Are there ever so many brackets open at once? Those within texts are counted too."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth >= DEEPEST:
            return True
    return False


def _refused(text: str, first_line: int) -> Iterator[Problem]:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            case = _clever(event) or ("too-deep" if depth > DEEPEST else "")
            if case:
                line, column = _place(event.start_mark)
                values = {"most": DEEPEST} if case == "too-deep" else {}
                yield Problem("format/syntax", line + first_line, column + 1, case, values)
            if depth > DEEPEST:
                return
    except yaml.MarkedYAMLError as error:
        yield _syntax(error, text, first_line)


def _clever(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent):
        return "alias"
    if getattr(event, "anchor", None):
        return "anchor"
    return "tag" if getattr(event, "tag", None) else ""


def _place(mark: Any) -> tuple[int, int]:
    """Line and column of a mark, from 0; the top where there is none."""
    return (mark.line, mark.column) if mark else (0, 0)


def _syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Problem:
    """What is wrong, where it began: a quotation that never ends, a key without a colon."""
    lines = text.split("\n")
    said = f"{error.problem} {error.context}"
    if error.context_mark and "quoted scalar" in said:
        line, column = _place(error.context_mark)
        return Problem("format/syntax", line + first_line, column + 1, "quote")
    is_key = error.context_mark and "could not find expected ':'" in said
    line, column = _place(
        error.context_mark if is_key else error.problem_mark or error.context_mark
    )
    near = range(max(0, line - 1), min(line + 1, len(lines)))
    for at in near:
        if _WIDE_COLON.match(lines[at]):
            place = (at + first_line, lines[at].index("：") + 1)
            return Problem("format/syntax", *place, "wide-colon")
    for at in near:
        if tab := _INDENTED.match(lines[at]):
            return Problem("format/syntax", at + first_line, tab.end(), "tab")
    if is_key:
        found = lines[line].strip()[:30]
        return Problem("format/syntax", line + first_line, column + 1, "no-colon", {"found": found})
    return Problem("format/syntax", line + first_line, column + 1, "yaml", {"why": error.problem})


_WIDE_COLON = re.compile(r"\s*(?:- )?[\w\u4e00-\u9fff]+：(?!.*: )")
_INDENTED = re.compile(r" *\t")
