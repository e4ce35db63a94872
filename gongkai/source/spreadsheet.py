"""Reading a spreadsheet in a process of its own, with a bound on its memory and time.

A few bytes can say that a sheet has billions of cells, and readers make room for all of them. What
comes of a process that was ended is a finding, not the end of the build. Run as a program, this
file reads a spreadsheet from standard input and writes its sheet's rows as JSON.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 1 << 30, 30
"""Bytes and seconds (of the processor) for one spreadsheet; nearly all need a thousandth of it."""
_LOST = 86_400
"""Seconds after which even a process that waits is given up."""


class Unreadable(Exception):
    """Not a spreadsheet, damaged, or too large; ``case`` is a sentence under ``ref/attachment``."""

    def __init__(self, case: str, **values: object) -> None:
        super().__init__(case)
        self.case, self.values = case, values


def read_sheet(data: bytes, sheet: str | None, most: int) -> list[list[Any]]:
    """The rows of a sheet, by name or the first, at most ``most`` of them and one more."""
    command = [sys.executable, "-I", str(Path(__file__)), sheet or "", str(most)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_LOST, check=False)
        answer: dict[str, Any] = {"case": "bomb"}
        if done.returncode == 0:
            answer = json.loads(done.stdout)
    except (ValueError, subprocess.TimeoutExpired) as error:
        raise Unreadable("content") from error
    if "rows" not in answer:
        raise Unreadable(str(answer.pop("case")), **answer)
    rows: list[list[Any]] = answer["rows"]
    return rows


def _bound() -> None:
    """Give this process no more than its share, where the system can."""
    try:
        import resource
    except ImportError:
        return  # Windows
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, sheet: str, most: int) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        name = sheet or (names[0] if names else "")
        if name not in names:
            return {"case": "sheet", "found": name[:80], "known": [one[:80] for one in names[:20]]}
        rows = book.get_sheet_by_name(name).to_python(nrows=most + 1)
    except (CalamineError, OSError, ValueError):
        return {"case": "content"}
    return {"rows": [[_plain(value) for value in row] for row in rows]}


def _plain(value: Any) -> Any:
    """A value as JSON has it; a number stays one, a day becomes text."""
    return value if isinstance(value, (bool, int, float, str)) else str(value)


if __name__ == "__main__":
    _bound()
    given = _answer(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(json.dumps(given))
