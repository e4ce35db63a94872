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
    rows: list[list[Any]] = _asked(data, sheet, most)["rows"]
    return rows


def read_book(data: bytes, sheet: str | None, most: int) -> dict[str, Any]:
    """A sheet with everything that tells how it is meant: ``name``, ``known`` (all sheets),
    ``rows`` with days as ``{"day": …}``, ``merged`` cells, ``formulas`` without a value as places
    (row and column from 0), ``errors`` of
    formulas, and ``decimals`` that are shown, by place."""
    return _asked(data, sheet, most, "typed")


def _asked(data: bytes, sheet: str | None, most: int, *mode: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(Path(__file__)), sheet or "", str(most), *mode]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_LOST, check=False)
        answer: dict[str, Any] = {"case": "bomb"}
        if done.returncode == 0:
            answer = json.loads(done.stdout)
    except (ValueError, subprocess.TimeoutExpired) as error:
        raise Unreadable("content") from error
    if "rows" not in answer:
        raise Unreadable(str(answer.pop("case")), **answer)
    return answer


def bound(memory: int, seconds: int) -> None:
    """Give this process no more than its share of bytes and of seconds of the processor, where the
    system can."""
    try:
        import resource
    except ImportError:
        return  # Windows
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, sheet: str, most: int, *, typed: bool) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        name = sheet or (names[0] if names else "")
        if name not in names:
            return {"case": "sheet", "found": name[:80], "known": [one[:80] for one in names[:20]]}
        found = book.get_sheet_by_name(name)
        rows = found.to_python(skip_empty_area=not typed, nrows=most + 1)
        if not typed:
            return {"rows": [[_plain(value) for value in row] for row in rows]}
        merged = found.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError):
        return {"case": "content"}
    told = {"name": name, "known": names, "merged": merged, **_behind(data, name, rows)}
    return {"rows": [[_typed(value) for value in row] for row in rows], **told}


def _typed(value: Any) -> Any:
    """A value as JSON has it; a day is told from a text."""
    import datetime

    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date):
        return {"day": str(value)}
    return _plain(value)


def _behind(data: bytes, name: str, rows: list[list[Any]]) -> dict[str, Any]:
    """Of an .xlsx file: formulas that were never worked out, and with how many decimals numbers are
    shown. The other formats do not tell."""
    formulas: list[tuple[int, int]] = []
    decimals: list[tuple[int, int, int]] = []
    errors: list[tuple[int, int]] = []
    if data.startswith(b"PK") and b"xl/workbook.xml" in data:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        for row in book[name].iter_rows(max_row=len(rows)) if name in book.sheetnames else ():
            for cell in row:
                if cell.value is None:
                    continue
                at = (cell.row - 1, cell.column - 1)
                if cell.data_type == "e":
                    errors.append(at)
                if cell.data_type == "f" and _value(rows, *at) in ("", None):
                    formulas.append(at)
                shown = str(cell.number_format).partition(";")[0].partition(".")[2]
                if cell.data_type != "s" and shown.startswith("0"):
                    decimals.append((*at, len(shown) - len(shown.lstrip("0"))))
    return {"formulas": formulas, "decimals": decimals, "errors": errors}


def _value(rows: list[list[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _plain(value: Any) -> Any:
    """A value as JSON has it; a number stays one, a day becomes text."""
    return value if isinstance(value, (bool, int, float, str)) else str(value)


if __name__ == "__main__":
    bound(MEMORY, SECONDS)
    is_typed = sys.argv[3:] == ["typed"]
    given = _answer(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]), typed=is_typed)
    sys.stdout.write(json.dumps(given))
