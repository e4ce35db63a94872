"""One YAML file read by one shape, and its problems turned into findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.domain.finding import RULES, Finding, Severity
from gongkai.source.files import read_text
from gongkai.source.problems import Problem
from gongkai.source.shapes import BAD, Reading, Shape
from gongkai.source.yaml import compose


def read_document(path: Path, shape: Shape) -> tuple[Any, Reading]:
    """A whole file as one value, or BAD; the reading holds its problems and spots."""
    text, problems = read_text(path)
    reading = Reading()
    reading.problems += problems
    if problems:
        return BAD, reading
    node, problems = compose(text)
    reading.problems += problems
    if node is None:
        if not problems:
            reading.problems.append(Problem("format/syntax", 1, 1, "empty"))
        return BAD, reading
    return shape.read(node, "", reading), reading


def finding_of(
    problem: Problem,
    path: str,
    item: str | None = None,
    board: str | None = None,
    draft: bool = False,
) -> Finding:
    """A problem with the file it is in. A draft's problems inform, except that it is readable."""
    severity = RULES[problem.rule]
    if draft and problem.rule != "format/syntax":
        severity = Severity.INFO
    return Finding(
        rule=problem.rule,
        severity=severity,
        path=path,
        line=problem.line,
        column=problem.column,
        item=item,
        board=board,
        case=problem.case,
        values=problem.values,
    )
